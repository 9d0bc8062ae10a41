/** What can go wrong, as stable codes: tests, alerts and exit codes depend on the code, never on the message. */
export type ErrorCode =
  | 'INVALID_ARGUMENT'
  | 'INVALID_DEFINITION'
  | 'LAKE_UNREADABLE'
  | 'LAKE_UNAVAILABLE'
  | 'EVENTS_UNAVAILABLE'
  | 'SOURCE_UNAVAILABLE'
  | 'SOURCE_ANSWER_INVALID'
  | 'LAKE_DOCUMENT_INVALID'
  | 'WAREHOUSE_LOCKED'
  | 'WAREHOUSE_UNAVAILABLE'
  | 'WAREHOUSE_SCHEMA_DRIFT'
  | 'WAREHOUSE_STATEMENT_FAILED'
  | 'LEASE_LOST'
  | 'EVENT_INVALID'
  | 'ALERT_UNDELIVERED'
  /** An optional package that something asked for needs is not installed. */
  | 'PACKAGE_MISSING';

/** Where a fault happened: whatever of this is known. */
export interface ErrorFields {
  readonly file?: string;
  readonly date?: string;
  readonly field?: string;
  readonly table?: string;
  /** The command that most likely gets the reader further. */
  readonly next?: string;
}

/**
 * A fault. Expected outcomes (gaps, blocked units) are values; this is for what should not happen.
 * The message says what happened and where, then what to do next.
 */
export class NbaError extends Error {
  readonly code: ErrorCode;
  readonly fields: ErrorFields;

  constructor(code: ErrorCode, message: string, fields: ErrorFields = {}, cause?: unknown) {
    super(fields.next ? `${message}\n  Next: ${fields.next}` : message, { cause });
    this.name = 'NbaError';
    this.code = code;
    this.fields = fields;
  }
}

/** A place that is out of reach, or busy: the same may go well in a moment. */
export const TRANSIENT_CODES: readonly ErrorCode[] = ['WAREHOUSE_UNAVAILABLE', 'LAKE_UNAVAILABLE', 'EVENTS_UNAVAILABLE', 'SOURCE_UNAVAILABLE'];

/** Whether the same thing may go well when it is tried again in a moment: the place was busy or out of reach. */
export const isTransient = (fault: unknown): boolean =>
  fault instanceof NbaError && TRANSIENT_CODES.includes(fault.code);
