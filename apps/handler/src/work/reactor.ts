import type { CompletionEvent, DateRange, MessageAttributes } from '@nba/kernel';
import type { Reaction, ReactionOutcome } from '@nba/pipeline';
import type { JobLauncher } from '../jobs/job-launcher';
import type { StructuredLog } from '../structured-log';
import { type Answer, answerOf } from './answer';

/** A message, as its route has checked it. */
export interface Delivered {
  readonly event: CompletionEvent;
  readonly messageId: string;
  /** What came along with it: the trace that it was sent in. */
  readonly attributes?: MessageAttributes;
}

export interface ReactorOptions {
  readonly reaction: Pick<Reaction, 'react'>;
  /** Where work goes that is too long; without one everything is run here. */
  readonly launcher: JobLauncher | undefined;
  readonly maxUnits: number;
  readonly log: StructuredLog;
  /** Called when something waits or has failed: an operator is to be told. */
  readonly onTrouble: () => Promise<void>;
}

/** How long to wait for a table: a run of another instance is often done with it in a moment. */
const WAIT_MS = 5_000;
/** How long a job waits for the tables that others are writing, in seconds. */
const JOB_WAIT_S = 3_600;

/** Answers messages, several at once. */
export class Reactor {
  constructor(private readonly options: ReactorOptions) {}

  async answer(delivered: readonly Delivered[], signal: AbortSignal): Promise<Answer[]> {
    const { reaction, launcher, maxUnits, onTrouble } = this.options;
    const [first] = delivered;
    const trigger = `message ${first?.messageId}${delivered.length > 1 ? ` and ${delivered.length - 1} more` : ''}`;
    const outcomes = await reaction.react(delivered.map(({ event }) => event), {
      trigger, holder: `handler, ${trigger}`, waitMs: WAIT_MS, signal, maxUnits: launcher ? maxUnits : undefined, attributes: delivered.map(({ attributes }) => attributes),
    });
    const handedOver = launcher && (await this.handOver(delivered, outcomes, launcher));
    if (outcomes.some(({ kind }) => kind === 'blocked' || kind === 'failed')) await onTrouble();
    return outcomes.map((outcome) => (outcome.kind === 'too-large' ? (handedOver as Answer) : answerOf(outcome)));
  }

  /** One job for all that is too large together: they would want the same tables. */
  private async handOver(delivered: readonly Delivered[], outcomes: readonly ReactionOutcome[], launcher: JobLauncher): Promise<Answer | undefined> {
    const large = delivered.flatMap(({ event }, i) => {
      const outcome = outcomes[i];
      return outcome?.kind === 'too-large' ? [{ event, ranges: outcome.ranges }] : [];
    });
    const [first] = large;
    if (!first) return undefined;
    const details: string[] = [];
    for (const { from, to } of merged(large.flatMap(({ ranges }) => ranges))) {
      const args = ['repair', `--start-date=${from}`, `--end-date=${to}`, `--wait=${JOB_WAIT_S}`];
      const { kind, execution } = await launcher.launch({ args, runIds: [...new Set(large.map(({ event }) => event.runId))], correlationId: first.event.correlationId });
      this.options.log.log('INFO', `${kind === 'launched' ? 'Handed over to' : 'Already at work in'} ${execution}: ${args.join(' ')}`, { correlationId: first.event.correlationId });
      details.push(execution);
    }
    return { status: 202, outcome: 'handed-over', details };
  }
}

/** Ranges that overlap, as one. */
function merged(ranges: readonly DateRange[]): DateRange[] {
  const sorted = [...ranges].sort((a, b) => (a.from < b.from ? -1 : 1));
  return sorted.reduce<DateRange[]>((whole, range) => {
    const last = whole.at(-1);
    if (!last || range.from > last.to) return [...whole, range];
    return [...whole.slice(0, -1), { from: last.from, to: last.to > range.to ? last.to : range.to }];
  }, []);
}
