import { NbaError } from '@nba/kernel';

/** What the service answers when it is busy, or has a fault of its own. */
const PASSING_STATUS = [408, 429, 500, 502, 503, 504];
/** What the network says when nobody was reached, or the connection broke; and a download whose checksum is wrong. */
const PASSING_CODES = [
  'ECONNREFUSED', 'ECONNRESET', 'ECONNABORTED', 'EAI_AGAIN', 'ENOTFOUND', 'EHOSTUNREACH', 'ENETUNREACH', 'EPIPE', 'ETIMEDOUT',
  'ERR_STREAM_PREMATURE_CLOSE', 'CONTENT_DOWNLOAD_MISMATCH',
];

/** The HTTP status in a fault of the client library; undefined when the service has not answered. */
export function statusOf(fault: unknown): number | undefined {
  const status = Number(codeOf(fault));
  return Number.isInteger(status) ? status : undefined;
}

/** A fault of the client library, as the lake's: whether another try may succeed, and what to look at otherwise. */
export function lakeFault(fault: unknown, path: string, location: string): NbaError {
  if (fault instanceof NbaError) return fault;
  const place = `${path} (raw lake at ${location})`;
  if (isPassing(fault)) return new NbaError('LAKE_UNAVAILABLE', `${place} is out of reach at the moment: ${reasonOf(fault)}.`, { file: path, next: 'run the same command again' }, fault);
  const status = statusOf(fault);
  const [problem, next] =
    status === 404 ? ['does not exist', `gcloud storage ls ${location}`]
    : status === 401 || status === 403 ? ['is refused to these credentials', `give the account roles/storage.objectUser on the bucket, or sign in: gcloud auth application-default login`]
    : [`cannot be used: ${reasonOf(fault)}`, `gcloud storage ls ${location}`];
  return new NbaError('LAKE_UNREADABLE', `${place} ${problem}.`, { file: path, next }, fault);
}

function isPassing(fault: unknown): boolean {
  const status = statusOf(fault);
  return status === undefined ? PASSING_CODES.includes(String(codeOf(fault))) : PASSING_STATUS.includes(status);
}

function codeOf(fault: unknown): unknown {
  return typeof fault === 'object' && fault !== null && 'code' in fault ? fault.code : undefined;
}

function reasonOf(fault: unknown): string {
  const [reason = ''] = (fault instanceof Error ? fault.message : String(fault)).trim().split('\n');
  return reason.replace(/\.$/, '') || String(codeOf(fault));
}
