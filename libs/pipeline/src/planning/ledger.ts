import { type DateRange, type GameDate, type QueryPort, identifier, sql } from '@nba/kernel';
import type { Processor } from '../definition/processor';
import { RunHistory } from './run-history';
import type { RecordedChange } from './reaching-changes';
import type { RecordedRun } from './unit-state';

/** What is recorded and stored for one processor's units. */
export interface LedgerPage {
  readonly runs: ReadonlyMap<GameDate, RecordedRun>;
  /** Rows per partition; partitions without rows are left out. */
  readonly stored: ReadonlyMap<GameDate, number>;
}

/** Recorded and stored state of a span of dates, read once per processor until that processor has run again. */
export class Ledger {
  private readonly pages = new Map<string, Map<string, Promise<unknown>>>();
  private readonly history: RunHistory;

  constructor(
    /** Where it reads. */
    readonly port: QueryPort,
    private readonly span: DateRange,
  ) {
    this.history = new RunHistory(port);
  }

  page(processor: Processor): Promise<LedgerPage> {
    return this.remember(processor, 'page', () => this.read(processor));
  }

  /** What is read of a processor's table, once until the processor has run again. */
  remember<T>(processor: Processor, what: string, read: () => Promise<T>): Promise<T> {
    const known = this.pages.get(processor.name) ?? new Map<string, Promise<unknown>>();
    this.pages.set(processor.name, known);
    const answer = known.get(what) ?? read();
    known.set(what, answer);
    return answer as Promise<T>;
  }

  /** To be called when the processor has run. */
  turn(processor: Processor): void {
    this.pages.delete(processor.name);
  }

  changesFor(processor: Processor, runs: Iterable<RecordedRun>): Promise<readonly RecordedChange[]> {
    return this.history.changesSince(processor, runs);
  }

  private async read(processor: Processor): Promise<LedgerPage> {
    const { table } = processor;
    const runs = await this.history.latest(processor, this.span);
    const partition = identifier(table.partition);
    const rows = await this.port.query(
      sql`SELECT ${partition} AS stored_date, COUNT(*) AS rows_stored FROM ${table}
        WHERE ${partition} BETWEEN CAST(@from AS DATE) AND CAST(@to AS DATE) GROUP BY ${partition}`.text,
      { from: this.span.from, to: this.span.to },
    );
    return { runs, stored: new Map(rows.map((row) => [row['stored_date'] as GameDate, Number(row['rows_stored'])])) };
  }
}
