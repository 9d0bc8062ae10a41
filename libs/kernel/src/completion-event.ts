import { type GameDate, parseGameDate } from './game-date';
import { NbaError } from './nba-error';

/** The topic on which each phase's completion is published; 5 is a request, not a completion. */
export const TOPICS = {
  2: 'nba-phase2-raw-complete',
  3: 'nba-phase3-analytics-complete',
  4: 'nba-phase4-precompute-complete',
  5: 'nba-phase5-prediction-request',
} as const;

export type Topic = (typeof TOPICS)[keyof typeof TOPICS];

/** "Something finished: plan again". Made from a recorded run, never from an intention. */
export interface CompletionEvent {
  readonly schemaVersion: 1;
  readonly topic: Topic;
  readonly processor: string;
  readonly phase: keyof typeof TOPICS;
  readonly runId: string;
  /** The same for everything that follows from one request. */
  readonly correlationId: string;
  /** The dates that changed, in order; at least one. */
  readonly gameDates: readonly GameDate[];
  /** `dataset.table`. */
  readonly outputTable: string;
  readonly status: 'success' | 'partial' | 'empty_ok';
  readonly rowCount: number;
  readonly skipDownstreamTrigger: boolean;
}

type Fields = Readonly<Record<string, unknown>>;

/**
 * A message from outside, as what it claims to be. Fields that are not known are left out.
 * @throws NbaError EVENT_INVALID naming the first field that is wrong
 */
export function parseCompletionEvent(message: unknown): CompletionEvent {
  if (typeof message !== 'object' || message === null || Array.isArray(message)) throw invalid('message', 'must be an object', message);
  const fields = message as Fields;
  if (fields['schemaVersion'] !== 1) throw invalid('schemaVersion', 'must be 1: this program knows no other', fields['schemaVersion']);
  const phase = fields['phase'];
  if (phase !== 2 && phase !== 3 && phase !== 4 && phase !== 5) throw invalid('phase', 'must be 2, 3, 4 or 5', phase);
  return {
    schemaVersion: 1,
    topic: oneOf(fields, 'topic', [TOPICS[phase]]),
    processor: text(fields, 'processor'),
    phase,
    runId: text(fields, 'runId'),
    correlationId: text(fields, 'correlationId'),
    gameDates: dates(fields),
    outputTable: text(fields, 'outputTable'),
    status: oneOf(fields, 'status', ['success', 'partial', 'empty_ok']),
    rowCount: rowCount(fields),
    skipDownstreamTrigger: oneOf(fields, 'skipDownstreamTrigger', [true, false]),
  };
}

function text(fields: Fields, name: string): string {
  const value = fields[name];
  if (typeof value !== 'string' || value === '') throw invalid(name, 'must be a text that is not empty', value);
  return value;
}

function oneOf<const T>(fields: Fields, name: string, allowed: readonly T[]): T {
  const found = allowed.find((one) => one === fields[name]);
  if (found === undefined) throw invalid(name, `must be ${allowed.join(' or ')}`, fields[name]);
  return found;
}

function dates(fields: Fields): GameDate[] {
  const value = fields['gameDates'];
  if (!Array.isArray(value) || value.length === 0) throw invalid('gameDates', 'must be a list of at least one date', value);
  return value.map((one: unknown) => {
    try {
      if (typeof one !== 'string') throw new TypeError('not a text');
      return parseGameDate(one);
    } catch (cause) {
      throw invalid('gameDates', 'must hold dates as 2025-01-26', one, cause);
    }
  });
}

function rowCount(fields: Fields): number {
  const value = fields['rowCount'];
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) throw invalid('rowCount', 'must be a whole number from 0', value);
  return value;
}

function invalid(field: string, problem: string, value: unknown, cause?: unknown): NbaError {
  const shown = JSON.stringify(value) ?? 'nothing';
  return new NbaError('EVENT_INVALID', `The message's ${field} ${problem}, and is ${shown.length > 80 ? `${shown.slice(0, 80)}…` : shown}.`, { field }, cause);
}
