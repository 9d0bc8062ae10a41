import { createHash } from 'node:crypto';
import { type Clock, type GameDate, type Warehouse, NEWEST_RUN_FIRST, processorRunHistory, sql, tableId } from '@nba/kernel';
import type { GameCalendar } from '@nba/schedule';
import type { Processor } from '../definition/processor';
import type { Registry } from '../definition/registry';
import type { BlockedUnit, PlannedUnit, UnitPlan } from '../planning/planned-unit';
import { clockAfter } from '../running/clock-after';

/** As which the request stands in the run history. */
export const PREDICTION_REQUEST = 'PredictionRequest';

/** What became of the request for a day's predictions. */
export type PredictionOutcome =
  | { readonly kind: 'requested'; readonly runId: string; readonly rows: number }
  /** It has been requested from the same inputs already. */
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'no-games' }
  /** Predictions are for games that have not been played. */
  | { readonly kind: 'past'; readonly today: GameDate }
  /** An input is not complete. */
  | { readonly kind: 'waiting'; readonly incomplete: readonly IncompleteInput[] };

export interface IncompleteInput {
  readonly processor: Processor;
  /** The unit as it is planned, or why it waits. */
  readonly unit: PlannedUnit | BlockedUnit;
}

export interface PredictionContext {
  readonly registry: Registry;
  readonly warehouse: Warehouse;
  readonly calendar: GameCalendar;
  readonly today: GameDate;
  readonly clock: Clock;
  readonly trigger: string;
  readonly correlationId: string;
  readonly planOf: (processor: Processor, date: GameDate) => Promise<UnitPlan>;
}

/**
 * Records the request for the predictions of a day, from where the outbox publishes it: when every table about the games
 * to come is complete for that day, and once for each content of them. Phase 5 is never asked to look back.
 */
export async function requestPrediction(date: GameDate, context: PredictionContext): Promise<PredictionOutcome> {
  const { today, calendar } = context;
  if (date < today) return { kind: 'past', today };
  if (calendar.on(date).length === 0) return { kind: 'no-games' };
  const inputs = context.registry.processors.filter(({ phase, games }) => phase >= 3 && games === 'scheduled');
  const incomplete: IncompleteInput[] = [];
  for (const processor of inputs) {
    const plan = await context.planOf(processor, date);
    incomplete.push(...[...plan.groups.flat(), ...plan.blocked].map((unit) => ({ processor, unit })));
  }
  return incomplete.length > 0 ? { kind: 'waiting', incomplete } : record(date, inputs, context);
}

async function record(date: GameDate, inputs: readonly Processor[], { warehouse, clock, trigger, correlationId }: PredictionContext): Promise<PredictionOutcome> {
  const rows = await warehouse.query(
    sql`SELECT processor_name, status, started_at, rows_stored, output_hash FROM ${processorRunHistory} WHERE data_date = CAST(@date AS DATE) AND status IN ('success', 'empty_ok')
      QUALIFY ROW_NUMBER() OVER (PARTITION BY processor_name ORDER BY ${NEWEST_RUN_FIRST}) = 1`.text,
    { date },
  );
  const of = (name: string) => rows.find((row) => row['processor_name'] === name);
  const content = createHash('sha256').update(inputs.map(({ name }) => `${name} ${of(name)?.['output_hash'] ?? ''}`).join('\n')).digest('hex').slice(0, 16);
  const before = of(PREDICTION_REQUEST);
  if (before?.['output_hash'] === content) return { kind: 'unchanged' };

  const players = inputs.find(({ table }) => table.name === 'upcoming_player_game_context') ?? inputs[0];
  const stored = Number(of(players?.name ?? '')?.['rows_stored'] ?? 0);
  const at = clockAfter(clock, before ? [{ startedAt: String(before['started_at']) }] : []).now().toISOString();
  const runId = `${at.replace(/[-:]|\.\d+/g, '')}-${content.slice(0, 8)}`;
  await warehouse.append(processorRunHistory, [{
    processor_name: PREDICTION_REQUEST, data_date: date, run_id: runId, phase: 5, attempt: 1, status: 'success', started_at: at, finished_at: at, rows_stored: stored,
    rows_changed: 1, output_table: players ? tableId(players.table) : null, output_hash: content, trigger, correlation_id: correlationId, skip_downstream_trigger: false,
  }]);
  return { kind: 'requested', runId, rows: stored };
}
