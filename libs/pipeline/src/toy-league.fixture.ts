import { type CompletionEvent, type EventBus, type GameDate, type Row, type TableDefinition, type Topic, type Warehouse, columnList, columnNames, sql } from '@nba/kernel';
import { parseScope, type ScopeOptions } from '@nba/schedule';
import { FixedClock, MemoryLake, memoryWarehouse } from '@nba/testing';
import { Backfill, type BackfillOutcome, type BackfillRequest } from './running/backfill';
import type { PipelineParts } from './running/pipeline-parts';
import { type Progress, RUN_DEFAULTS } from './running/run-options';
import type { Processor } from './definition/processor';
import { createRegistry } from './definition/registry';
import { TEAMS, TOY_PROCESSORS, type ToyGame, type ToyLine } from './toy-processors.fixture';

/** Six game dates with one game each; 25 and 27 October are off-days. */
export const DATES = ['2024-10-22', '2024-10-23', '2024-10-24', '2024-10-26', '2024-10-28', '2024-10-29'] as GameDate[];
export const [D1, D2, D3, D4, D5, D6] = DATES as [GameDate, GameDate, GameDate, GameDate, GameDate, GameDate];

export const gameIdOn = (date: GameDate): string => `002240000${DATES.indexOf(date) + 1}`;

/** Players 11 and 12 of team 1, 21 and 22 of team 2: 10, 12, 12 and 14 points unless said otherwise. */
export function linesOn(date: GameDate, points: Readonly<Record<number, number>> = {}, assists = 5): ToyLine[] {
  return TEAMS.flatMap((team) => [1, 2].map((n): ToyLine => {
    const player = team * 10 + n;
    return [gameIdOn(date), team, player, points[player] ?? 6 + team * 2 + n * 2, assists];
  }));
}

export class RecordingBus implements EventBus {
  readonly consumers = 'here';
  readonly published: CompletionEvent[] = [];
  private readonly waiting: CompletionEvent[] = [];
  private readonly subscribers: [Topic, (event: CompletionEvent) => Promise<void>][] = [];

  async publish(event: CompletionEvent): Promise<void> {
    this.published.push(event);
    this.waiting.push(event);
  }

  subscribe(topic: Topic, consume: (event: CompletionEvent) => Promise<void>): () => void {
    const consumer = [topic, consume] as [Topic, typeof consume];
    this.subscribers.push(consumer);
    return () => this.subscribers.splice(this.subscribers.indexOf(consumer), 1);
  }

  async drain(): Promise<void> {
    for (let event = this.waiting.shift(); event; event = this.waiting.shift()) {
      for (const [topic, consume] of this.subscribers) if (topic === event.topic) await consume(event);
    }
  }
}

/** A lake of six games and everything that is made from it, in memory. Close it. */
export class ToyLeague {
  readonly lake = new MemoryLake();
  readonly bus = new RecordingBus();

  private constructor(
    readonly warehouse: Warehouse,
    readonly clock: FixedClock,
    readonly processors: readonly Processor[],
  ) {}

  /** Everything scraped, nothing loaded. */
  static async open(processors: readonly Processor[] = TOY_PROCESSORS): Promise<ToyLeague> {
    const clock = new FixedClock('2024-10-30T12:00:00Z');
    const league = new ToyLeague(await memoryWarehouse([], clock), clock, processors);
    await league.scrapeSchedule(DATES.map((date): ToyGame => [gameIdOn(date), date, 3]));
    for (const date of DATES) await league.scrape(date, linesOn(date));
    return league;
  }

  close(): Promise<void> {
    return this.warehouse.close();
  }

  /** Writes a document a second after the last. */
  async scrape(date: GameDate, lines: readonly ToyLine[] | string): Promise<string> {
    const path = `nba-com/player-boxscores/${date}/${this.stamp()}.json`;
    await this.lake.write(path, typeof lines === 'string' ? lines : JSON.stringify(lines));
    return path;
  }

  async scrapeSchedule(games: readonly ToyGame[], season = '2024-25'): Promise<void> {
    await this.lake.write(`nba-com/schedule/${season}/${this.stamp()}.json`, JSON.stringify(games));
  }

  /** What a use case of the pipeline works with here. */
  get parts(): PipelineParts {
    const { warehouse, lake, bus, clock } = this;
    return { registry: createRegistry(this.processors), warehouse, lake, bus, clock, settings: { gameTypes: ['regular-season'] } };
  }

  /** All phases over the season; a second later than the last run. Parts take the place of the league's own. */
  run(
    request: Partial<BackfillRequest> = {}, scope: ScopeOptions = { season: ['2024-25'] }, onProgress?: (progress: Progress) => void, parts: Partial<PipelineParts> = {},
  ): Promise<BackfillOutcome> {
    this.clock.advance(1000);
    return new Backfill({ ...this.parts, ...parts }).run({
      ...RUN_DEFAULTS, phases: [2, 3, 4], scope: parseScope(scope), workers: 2, maxGroup: Infinity, trigger: 'spec', holder: 'spec',
      // The gate of backfill mode verifies real raw tables, which a toy league has not.
      backfillMode: request.phases?.includes(2) ?? true, ...request,
    }, onProgress);
  }

  rows(table: TableDefinition, date?: GameDate): Promise<readonly Row[]> {
    const columns = columnList(columnNames(table));
    const where = date ? `WHERE ${table.partition} = CAST('${date}' AS DATE)` : '';
    return this.warehouse.query(`${sql`SELECT ${columns} FROM ${table}`.text} ${where} ORDER BY ${table.partition}, ${columnList(table.key).text}`);
  }

  private stamp(): string {
    this.clock.advance(1000);
    return this.clock.now().toISOString().slice(0, 19).replace('T', '_').replace(/[-:]/g, '');
  }
}

/** `2024-10-22 success` for every unit of a processor that ended in the run. */
export function endings(outcome: BackfillOutcome, processor: Processor): string[] {
  return outcome.phases.flatMap(({ outcomes }) => outcomes).filter((one) => one.processor === processor).map(({ date, status }) => `${date} ${status}`);
}
