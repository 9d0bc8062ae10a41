import { type Attributes, SpanKind, trace } from '@opentelemetry/api';
import type { DateRange, MessageAttributes } from '@nba/kernel';
import { continuing } from './message-context';
import { ATTRIBUTE } from './names';
import { inSpan } from './span';

/** What is asked for, as far as it is known before the work begins. */
export interface TracedRequest {
  /** `backfill`, `daily`, `reaction`, …: few different ones. */
  readonly kind: string;
  readonly trigger?: string;
  readonly range?: DateRange;
  /** What the messages carry that ask for it: its trace is that of the first. */
  readonly messages?: readonly (MessageAttributes | undefined)[];
}

/** Answers a request within a span of its own, under which everything else is found. */
export function asRequest<T>({ kind, trigger, range, messages }: TracedRequest, work: () => Promise<T>): Promise<T> {
  const attributes: Attributes = { [ATTRIBUTE.request]: kind, [ATTRIBUTE.trigger]: trigger, [ATTRIBUTE.from]: range?.from, [ATTRIBUTE.to]: range?.to };
  return inSpan({ name: `request ${kind}`, kind: messages ? SpanKind.CONSUMER : SpanKind.INTERNAL, attributes, ...continuing(messages) }, work);
}

/** Where the work in hand is found in a trace, for a line in a log. */
export interface TracePlace {
  /** 32 hexadecimal digits. */
  readonly traceId: string;
  /** 16 hexadecimal digits. */
  readonly spanId: string;
  readonly isSampled: boolean;
}

/** The open span; undefined when nobody traces. */
export function tracePlace(): TracePlace | undefined {
  const found = trace.getActiveSpan()?.spanContext();
  return found && /[1-9a-f]/.test(found.traceId) ? { traceId: found.traceId, spanId: found.spanId, isSampled: (found.traceFlags & 1) === 1 } : undefined;
}
