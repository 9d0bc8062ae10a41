import { type CompletionEvent, type MessageAttributes, type NbaError, TRANSIENT_CODES, joinSql, literal, processorRunHistory, sql } from '@nba/kernel';
import type { Scope } from '@nba/schedule';
import { type Triggered, agendaOf } from '../cascade/agenda';
import { DeadLetters } from '../cascade/dead-letters';
import { ensureTables } from '../running/ensure-tables';
import type { PhaseOutcome } from '../running/phase-outcome';
import type { PipelineParts } from '../running/pipeline-parts';
import { RUN_DEFAULTS, type RunOptions } from '../running/run-options';
import { Session } from '../running/session';
import type { UnitOutcome } from '../running/unit-outcome';
import { asRequest } from '../telemetry/requests';
import { tracedParts } from '../telemetry/traced-parts';
import { judge } from './judge';
import type { ReactionOutcome } from './reaction-outcome';

export interface ReactionOptions extends Pick<RunOptions, 'trigger' | 'holder' | 'signal'> {
  /** How long to wait for a table that another runner is writing; by default not at all. */
  readonly waitMs?: number;
  /** Most units that are run for these events; with more nothing is run. By default no limit. */
  readonly maxUnits?: number;
  /** What came along with the events, in their order: the trace of the first is gone on with. */
  readonly attributes?: readonly (MessageAttributes | undefined)[];
}

/**
 * Does what events from elsewhere ask for: plans the phases again that read what has changed, runs what is ready, and
 * publishes what came of it. So an event that comes twice, late or out of order finds done what others have done.
 * Always in strict mode, as on every single date.
 */
export class Reaction {
  private readonly parts: PipelineParts;

  constructor(parts: PipelineParts) {
    this.parts = tracedParts(parts);
  }

  /**
   * Answers several events at once: each phase is planned once, whatever number of them ask for it.
   * @returns what came of each, in their order
   * @throws NbaError when the place itself fails: WAREHOUSE_UNAVAILABLE, WAREHOUSE_LOCKED, LEASE_LOST. What has been
   * finished by then is recorded, and published by whoever comes next
   */
  react(events: readonly CompletionEvent[], { attributes = [], ...options }: ReactionOptions): Promise<ReactionOutcome[]> {
    return asRequest({ kind: 'reaction', trigger: options.trigger, messages: attributes }, () => this.answer(events, options));
  }

  private async answer(events: readonly CompletionEvent[], { maxUnits = Infinity, ...options }: Omit<ReactionOptions, 'attributes'>): Promise<ReactionOutcome[]> {
    const agenda = agendaOf(events);
    const [first] = events;
    if (agenda.length === 0 || !first) return events.map(() => ({ kind: 'nothing-to-do' }));
    const request = { ...RUN_DEFAULTS, ...options, strictMode: true, backfillMode: false, phases: [], scope: scopeOf(agenda), correlationId: first.correlationId };
    const session = await Session.open(this.parts, request, () => undefined);
    try {
      const ready = await countReady(session, agenda, maxUnits);
      if (ready > maxUnits) return events.map((event) => judgeTooLarge(event, ready));
      const phases: PhaseOutcome[] = [];
      for (const triggered of agenda) phases.push(await session.runTriggered(triggered));
      await session.handOver((phase) => phases.push(phase));
      const outcomes = phases.flatMap((phase) => phase.outcomes);
      const transient = await this.transientRuns(outcomes);
      const ran = { outcomes, isInterrupted: session.interrupted, isTransient: ({ runId }: UnitOutcome) => transient.has(runId) };
      return events.map((event) => judge(event, ran));
    } finally {
      session.close();
    }
  }

  /** Keeps a message that nobody can make sense of, to be looked at and replayed; one that is kept already is not kept again. */
  async refuse(topic: string, message: unknown, fault: NbaError): Promise<void> {
    await ensureTables(this.parts.warehouse, this.parts.registry);
    await new DeadLetters(this.parts.warehouse, this.parts.clock).record(topic, message, fault);
  }

  /** Of the runs that failed, those that met with a place that was out of reach. */
  private async transientRuns(outcomes: readonly UnitOutcome[]): Promise<ReadonlySet<string>> {
    const failed = [...new Set(outcomes.filter(({ status }) => status === 'failed').map(({ runId }) => runId))];
    if (failed.length === 0) return new Set();
    const rows = await this.parts.warehouse.query(
      sql`SELECT DISTINCT run_id FROM ${processorRunHistory}
        WHERE run_id IN (${joinSql(failed.map(literal))}) AND status = 'failed' AND error_code IN (${joinSql(TRANSIENT_CODES.map(literal))})`.text,
    );
    return new Set(rows.map((row) => String(row['run_id'])));
  }
}

/** Stops counting at the limit. */
async function countReady(session: Session, agenda: readonly Triggered[], limit: number): Promise<number> {
  if (limit === Infinity) return 0;
  let ready = 0;
  for (const triggered of agenda) {
    ready += await session.countReady(triggered);
    if (ready > limit) break;
  }
  return ready;
}

function judgeTooLarge(event: CompletionEvent, units: number): ReactionOutcome {
  const own = agendaOf([event]);
  return own.length === 0 ? { kind: 'nothing-to-do' } : { kind: 'too-large', units, ranges: scopeOf(own).ranges };
}

/** Everything that is looked at: of a season from the first date concerned. */
function scopeOf(agenda: readonly Triggered[]): Scope {
  const [first, ...others] = agenda as [Triggered, ...Triggered[]];
  return others.reduce<Scope>((whole, { scope }) => {
    const seasons = [...new Set([...whole.seasons, ...scope.seasons])].sort();
    const ranges = seasons.map((season) => {
      const own = [whole, scope].flatMap((one) => one.ranges[one.seasons.indexOf(season)] ?? []);
      return own.reduce((a, b) => ({ from: a.from < b.from ? a.from : b.from, to: a.to > b.to ? a.to : b.to }));
    });
    return { ...whole, seasons, ranges, label: `from ${ranges[0]?.from}` };
  }, first.scope);
}
