import { NbaError } from '@nba/kernel';

/** gRPC's numbers for what may be different in a moment. */
const PASSING = { CANCELLED: 1, UNKNOWN: 2, DEADLINE_EXCEEDED: 4, RESOURCE_EXHAUSTED: 8, ABORTED: 10, INTERNAL: 13, UNAVAILABLE: 14 };
const [NOT_FOUND, ALREADY_EXISTS, PERMISSION_DENIED, UNAUTHENTICATED] = [5, 6, 7, 16];

/** A fault of the client library, as the bus's: EVENTS_UNAVAILABLE when another try may succeed, otherwise what to look at. */
export function busFault(fault: unknown, what: string, project: string): NbaError {
  const code = codeOf(fault);
  const place = `${what} (Pub/Sub of project ${project})`;
  if (code === undefined || Object.values(PASSING).includes(code)) {
    return new NbaError('EVENTS_UNAVAILABLE', `${place} is out of reach at the moment: ${reasonOf(fault)}.`, { next: 'run the same command again' }, fault);
  }
  const [problem, next] =
    code === NOT_FOUND ? ['does not exist', 'terraform apply makes the topics and subscriptions (docs/deploy.md)']
    : code === PERMISSION_DENIED || code === UNAUTHENTICATED ? ['is refused to these credentials', 'give the account roles/pubsub.publisher, and roles/pubsub.subscriber where it consumes']
    : [`is refused: ${reasonOf(fault)}`, 'look at docs/deploy.md'];
  return new NbaError('INVALID_ARGUMENT', `${place} ${problem}.`, { next }, fault);
}

export const existsAlready = (fault: unknown): boolean => codeOf(fault) === ALREADY_EXISTS;

function codeOf(fault: unknown): number | undefined {
  return typeof fault === 'object' && fault !== null && 'code' in fault && typeof fault.code === 'number' ? fault.code : undefined;
}

function reasonOf(fault: unknown): string {
  const [reason = ''] = (fault instanceof Error ? fault.message : String(fault)).trim().split('\n');
  return reason.replace(/\.$/, '');
}
