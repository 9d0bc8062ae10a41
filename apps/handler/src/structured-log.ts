import type { IncomingHttpHeaders } from 'node:http';
import type { MessageAttributes } from '@nba/kernel';
import { tracePlace } from '@nba/pipeline';

/** As Cloud Logging ranks lines. */
export type Severity = 'INFO' | 'WARNING' | 'ERROR';

/** What a line says beside its message; what is undefined is left out. */
export type LogFields = Readonly<Record<string, unknown>>;

/** One JSON object a line, in the fields that Cloud Logging knows. */
export class StructuredLog {
  constructor(
    private readonly write: (line: string) => void,
    private readonly fields: LogFields = {},
  ) {}

  /** The same log, with fields that every line has. */
  with(fields: LogFields): StructuredLog {
    return new StructuredLog(this.write, { ...this.fields, ...fields });
  }

  log(severity: Severity, message: string, fields: LogFields = {}): void {
    this.write(JSON.stringify({ severity, message, ...this.fields, ...fields }));
  }
}

/** The headers that name a trace as W3C has it. */
export function traceHeaders(headers: IncomingHttpHeaders): MessageAttributes {
  return Object.fromEntries(['traceparent', 'tracestate'].flatMap((name) => (typeof headers[name] === 'string' ? [[name, headers[name]]] : [])));
}

/** The fields by which Cloud Logging puts a line to its request: the span that is open in this process, else the trace that the headers name. */
export function traceFields(headers: IncomingHttpHeaders, project: string): LogFields {
  const open = tracePlace();
  if (open) return fieldsOf(project, open.traceId, open.spanId, open.isSampled);
  const parent = /^[\da-f]{2}-([\da-f]{32})-([\da-f]{16})-([\da-f]{2})/.exec(String(headers['traceparent'] ?? ''));
  if (parent) return fieldsOf(project, parent[1], parent[2], (parseInt(parent[3] ?? '0', 16) & 1) === 1);
  const context = /^([\da-f]{32})(?:\/(\d{1,20}))?(?:;o=(\d))?/i.exec(String(headers['x-cloud-trace-context'] ?? ''));
  if (!context) return {};
  const span = context[2] === undefined ? undefined : BigInt(context[2]).toString(16).padStart(16, '0');
  return fieldsOf(project, context[1], span, context[3] === '1');
}

function fieldsOf(project: string, trace: string | undefined, span: string | undefined, isSampled: boolean): LogFields {
  return {
    'logging.googleapis.com/trace': project ? `projects/${project}/traces/${trace}` : trace,
    'logging.googleapis.com/spanId': span,
    'logging.googleapis.com/trace_sampled': isSampled,
  };
}
