import type { CompletionEvent, Row, TableDefinition } from '@nba/kernel';
import { type Clock, type EventBus, DEFAULT_GAME_TYPES, columnList, columnNames, sql } from '@nba/kernel';
import { LocalEventBus } from '@nba/events-local';
import { Backfill, Daily, type Phase, type PipelineParts, RUN_DEFAULTS, Reaction, Recovery } from '@nba/pipeline';
import { parseScope } from '@nba/schedule';
import { systemClock } from '@nba/command-line';
import { MemoryLake, memoryWarehouse } from '@nba/testing';
import { registry } from '@nba/wiring';
import { SEASON } from './small-lake.fixture';

/** Real processors over a small lake, with everything in memory. Close it. */
export class Place {
  private constructor(readonly parts: PipelineParts) {}

  /** With the machine's clock: of two runs at the same instant nobody could say which was the later. */
  static async open(documents: Readonly<Record<string, string>>, bus: EventBus = new LocalEventBus(), clock: Clock = systemClock()): Promise<Place> {
    return new Place({ registry, warehouse: await memoryWarehouse([], clock), lake: new MemoryLake(documents), bus, clock, settings: { gameTypes: DEFAULT_GAME_TYPES } });
  }

  get app() {
    const { warehouse } = this.parts;
    return { warehouse, reaction: new Reaction(this.parts), daily: new Daily(this.parts), recovery: new Recovery(this.parts) };
  }

  /** Makes the units of some phases complete; what they trigger is not waited for. */
  async run(phases: readonly Phase[], dates?: readonly string[]): Promise<void> {
    const scope = parseScope(dates ? { dates: dates.join(',') } : { season: [SEASON] });
    await new Backfill(this.parts).run({ ...RUN_DEFAULTS, phases, scope, backfillMode: false, cascadeMs: this.parts.bus.consumers === 'here' ? 60_000 : 0, trigger: 'spec', holder: 'spec' });
  }

  rows({ table }: { readonly table: TableDefinition }): Promise<readonly Row[]> {
    return this.parts.warehouse.query(`${sql`SELECT ${columnList(columnNames(table))} FROM ${table}`.text} ORDER BY ${columnList(table.key).text}`);
  }

  /** `dataset.table`, and its rows. */
  async tables(): Promise<ReadonlyMap<string, readonly Row[]>> {
    const tables = new Map<string, readonly Row[]>();
    for (const processor of registry.processors) tables.set(processor.table.name, await this.rows(processor));
    return tables;
  }

  close(): Promise<void> {
    return this.parts.warehouse.close();
  }
}

/** The events of a bus by their topic. */
export const byTopic = (events: readonly CompletionEvent[], topic: string): CompletionEvent[] => events.filter((event) => event.topic === topic);
