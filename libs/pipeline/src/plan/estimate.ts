/** How much one statement of a processor is to do, or did. */
export interface StatementSize {
  readonly processor: string;
  readonly units: number;
}

/** A statement that ran: units of one processor, written together. */
export interface PastStatement extends StatementSize {
  readonly ms: number;
  /** The request that it was part of. */
  readonly request: string;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly finishedAt: number;
}

/** How long a plan may take, in milliseconds. */
export interface Estimate {
  readonly ms: number;
  /** Eight of ten past requests would have ended between these; half and double while too few are known. */
  readonly fromMs: number;
  readonly toMs: number;
  /** Requests of the past whose statements were estimated from what was known before them, and by what factor half of them were off at most. */
  readonly pastRequests: number;
  readonly pastFactor: number | null;
}

/** Statements of one processor that are learned from, and requests that estimates are tried on: the newest. */
const [STATEMENTS, REQUESTS] = [60, 20];
/** Fewer tell nothing of how far estimates are off. */
const ENOUGH = 3;

/**
 * Estimates a plan from what was recorded. The time of a statement is a straight line over its units, by the method of Theil
 * and Sen (the median of the slopes between any two, which one slow moment does not move); what a request takes beside, and
 * how far to trust that, is found by estimating past requests from what was known before them.
 * @returns what estimates the statements of a plan: null when some processor of it has never run
 */
export function estimator(past: readonly PastStatement[]): (statements: readonly StatementSize[]) => Estimate | null {
  const factors = pastFactors(past);
  return (statements) => {
    const ms = predict(statements, past);
    if (ms === null || statements.length === 0) return null;
    if (factors.length < ENOUGH) return { ms, fromMs: ms * 0.5, toMs: ms * 2, pastRequests: factors.length, pastFactor: null };
    // What a request does beside its statements, and saves by running them side by side, is the same for the next.
    const usual = quantile(factors, 0.5);
    return {
      ms: ms * usual, fromMs: ms * quantile(factors, 0.1), toMs: ms * quantile(factors, 0.9), pastRequests: factors.length,
      pastFactor: Math.exp(quantile(factors.map((factor) => Math.abs(Math.log(factor / usual))), 0.5)),
    };
  };
}

function predict(statements: readonly StatementSize[], past: readonly PastStatement[]): number | null {
  const lines = new Map<string, ReturnType<typeof lineThrough>>();
  let sum = 0;
  for (const { processor, units } of statements) {
    const line = lines.get(processor) ?? lineThrough(past.filter((one) => one.processor === processor).slice(-STATEMENTS));
    lines.set(processor, line);
    if (!line) return null;
    sum += Math.max(0, line.start + line.slope * units);
  }
  return sum;
}

function lineThrough(statements: readonly PastStatement[]): { readonly start: number; readonly slope: number } | null {
  if (statements.length === 0) return null;
  const slopes = statements.flatMap((a, i) => statements.slice(i + 1).filter((b) => b.units !== a.units).map((b) => (b.ms - a.ms) / (b.units - a.units)));
  const slope = slopes.length > 0 ? Math.max(0, quantile(slopes, 0.5)) : 0;
  return { slope, start: quantile(statements.map(({ units, ms }) => ms - slope * units), 0.5) };
}

/** For past requests: the time they took, over the time that would have been estimated from what was known when they began. */
function pastFactors(past: readonly PastStatement[]): number[] {
  const requests = new Map<string, PastStatement[]>();
  for (const statement of past) requests.set(statement.request, [...(requests.get(statement.request) ?? []), statement]);
  return [...requests.values()].slice(-REQUESTS).flatMap((own) => {
    const [began, ended] = [Math.min(...own.map(({ startedAt }) => startedAt)), Math.max(...own.map(({ finishedAt }) => finishedAt))];
    const predicted = predict(own, past.filter(({ finishedAt }) => finishedAt <= began));
    return predicted === null || predicted <= 0 || ended <= began ? [] : [(ended - began) / predicted];
  });
}

/** By linear interpolation between the two nearest. */
function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const place = (sorted.length - 1) * share;
  const [low, high] = [sorted[Math.floor(place)] as number, sorted[Math.ceil(place)] as number];
  return low + (high - low) * (place - Math.floor(place));
}
