import { type Attributes, type Context, type Link, type Span, SpanKind, SpanStatusCode, context, trace } from '@opentelemetry/api';
import { NbaError } from '@nba/kernel';
import { ATTRIBUTE, SCOPE } from './names';

/** What a span is started with. */
export interface SpanStart {
  readonly name: string;
  /** By default work within this process. */
  readonly kind?: SpanKind;
  readonly attributes?: Attributes;
  /** By default the span that is open. */
  readonly parent?: Context;
  readonly links?: Link[];
}

/**
 * Does the work within a span, which ends with it; a fault is recorded on it and thrown on. Without an SDK in the process
 * nothing is recorded, and it costs a call.
 */
export function inSpan<T>({ name, kind = SpanKind.INTERNAL, attributes, parent = context.active(), links }: SpanStart, work: (span: Span) => Promise<T>): Promise<T> {
  return trace.getTracer(SCOPE).startActiveSpan(name, { kind, attributes, links }, parent, async (span) => {
    try {
      return await work(span);
    } catch (fault) {
      span.recordException(fault instanceof Error ? fault : String(fault));
      markFailed(span, errorType(fault), fault instanceof Error ? fault.message : String(fault));
      throw fault;
    } finally {
      span.end();
    }
  });
}

/** Says that what a span stands for went wrong. */
export function markFailed(span: Span, type: string, message: string): void {
  span.setAttribute(ATTRIBUTE.errorType, type);
  span.setStatus({ code: SpanStatusCode.ERROR, message });
}

/** What kind of fault it is: the stable code where there is one, else its class. */
export function errorType(fault: unknown): string {
  if (fault instanceof NbaError) return fault.code;
  return fault instanceof Error ? fault.name : '_OTHER';
}
