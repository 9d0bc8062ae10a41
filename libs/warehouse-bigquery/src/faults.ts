import { NbaError } from '@nba/kernel';

/** What a client library's error tells, whatever its class. */
interface ApiFault {
  readonly code?: number | string;
  readonly message?: string;
  readonly errors?: readonly { readonly reason?: string; readonly message?: string }[];
}

/** The reasons by which BigQuery says that it was busy or had an accident of its own. A daily quota (`quotaExceeded`) is not among them: it is still used up in a minute. */
const TRANSIENT_REASONS = new Set(['rateLimitExceeded', 'jobRateLimitExceeded', 'backendError', 'jobBackendError', 'internalError', 'jobInternalError']);
const NETWORK_CODES = new Set(['ECONNRESET', 'ECONNREFUSED', 'ECONNABORTED', 'ETIMEDOUT', 'EPIPE', 'EAI_AGAIN', 'ENOTFOUND', 'ENETUNREACH', 'EHOSTUNREACH', 'ERR_STREAM_PREMATURE_CLOSE']);
/** Two transactions met at one table; the one that lost has been undone wholly. */
const CONFLICT = /aborted due to concurrent update|could not serialize access/i;

/** BigQuery could not be asked what has become of a job, or whether it has begun: it may still be at work. As transient as what kept us from asking. */
export class JobAtLarge extends Error {
  readonly code?: number | string;
  readonly errors?: ApiFault['errors'];

  constructor(fault: unknown) {
    super((fault as ApiFault).message ?? String(fault), { cause: fault });
    ({ code: this.code, errors: this.errors } = fault as ApiFault);
  }
}

const reasonsOf = ({ errors }: ApiFault): string[] => (errors ?? []).flatMap(({ reason }) => (reason ? [reason] : []));

/** Whether the same call may go well in a moment: the place was busy or out of reach, or another transaction won. */
export function isTransientFault(fault: unknown): boolean {
  const { code, message = '' } = fault as ApiFault;
  if (CONFLICT.test(message)) return true;
  const reasons = reasonsOf(fault as ApiFault);
  if (reasons.length > 0) return reasons.some((reason) => TRANSIENT_REASONS.has(reason));
  if (typeof code === 'number') return code >= 500 || code === 429;
  return NETWORK_CODES.has(String(code)) || /socket hang up|network (timeout|socket)/i.test(message);
}

/** Whether a job or table of that name is there already. */
export const isDuplicate = (fault: unknown): boolean => (fault as ApiFault).code === 409 || reasonsOf(fault as ApiFault).includes('duplicate');

/** Whether there is no such thing. */
export const isNotFound = (fault: unknown): boolean => (fault as ApiFault).code === 404;

/**
 * The fault as the port promises it: WAREHOUSE_UNAVAILABLE when another try may succeed, else WAREHOUSE_STATEMENT_FAILED, with the head of the statement.
 */
export function warehouseFault(fault: unknown, text: string): NbaError {
  if (fault instanceof NbaError) return fault;
  const message = fault instanceof Error ? fault.message : String(fault);
  const head = text.trim().replace(/\s+/g, ' ').slice(0, 200);
  const told = `${message}\n  Statement: ${head}`;
  if (isTransientFault(fault)) return new NbaError('WAREHOUSE_UNAVAILABLE', told, { next: 'run the same command again' }, fault);
  return new NbaError('WAREHOUSE_STATEMENT_FAILED', told, adviceOn(fault as ApiFault), fault);
}

function adviceOn(fault: ApiFault): { readonly next?: string } {
  const reasons = reasonsOf(fault);
  if (reasons.includes('bytesBilledLimitExceeded')) return { next: 'look at backfill plan for the bytes, then raise the limit on bytes billed or ask for a shorter range' };
  if (reasons.includes('quotaExceeded')) return { next: 'wait until the quota is renewed, or have it raised in the project' };
  if (reasons.includes('accessDenied') || fault.code === 403) return { next: 'grant the service account BigQuery Data Editor on the datasets and BigQuery Job User on the project' };
  return {};
}
