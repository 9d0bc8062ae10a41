import { type Context, type Link, ROOT_CONTEXT, context, propagation, trace } from '@opentelemetry/api';
import type { MessageAttributes } from '@nba/kernel';

/** What a message carries along so that who consumes it goes on in the same trace: `traceparent` and the like; empty without an SDK. */
export function attributesOfTrace(): MessageAttributes {
  const attributes: Record<string, string> = {};
  propagation.inject(context.active(), attributes);
  return attributes;
}

/** The span that a message was sent in; undefined when it carries none, or nobody in this process traces. */
export function contextOfMessage(attributes: MessageAttributes | undefined): Context | undefined {
  if (!attributes) return undefined;
  const sent = propagation.extract(ROOT_CONTEXT, attributes);
  return trace.getSpanContext(sent) ? sent : undefined;
}

/** Several messages answered at once go on in the trace of the first, whose request they are recorded under; the others are linked. */
export function continuing(messages: readonly (MessageAttributes | undefined)[] = []): { readonly parent?: Context; readonly links?: Link[] } {
  const [parent, ...others] = messages.flatMap((attributes) => contextOfMessage(attributes) ?? []);
  const links = others.flatMap((one) => {
    const spanContext = trace.getSpanContext(one);
    return spanContext ? [{ context: spanContext }] : [];
  });
  return { ...(parent && { parent }), ...(links.length > 0 && { links }) };
}
