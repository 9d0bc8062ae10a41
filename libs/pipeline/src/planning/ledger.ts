import { type DateRange, type GameDate, type Warehouse, identifier, joinSql, literal, sql, tableId } from '@nba/kernel';
import type { Processor } from '../definition/processor';
import { RunHistory } from './run-history';
import type { RecordedChange } from './reaching-changes';
import type { RecordedRun } from './unit-state';

/** What is recorded and stored for one processor's units. */
export interface LedgerPage {
  readonly runs: ReadonlyMap<GameDate, RecordedRun>;
  /** Rows per partition; partitions without rows are left out. */
  readonly stored: ReadonlyMap<GameDate, number>;
  /** The version of the table's last lease before it was read: with a later one others may have written since. */
  readonly leaseVersion: number;
}

const PAGE = 'page';

/** Recorded and stored state of a span of dates, read once per processor until that processor has run again. */
export class Ledger {
  private readonly pages = new Map<string, Map<string, Promise<unknown>>>();
  private readonly history: RunHistory;

  constructor(
    /** Where it reads. */
    readonly port: Pick<Warehouse, 'query' | 'leases'>,
    private readonly span: DateRange,
  ) {
    this.history = new RunHistory(port);
  }

  page(processor: Processor): Promise<LedgerPage> {
    return this.remember(processor, PAGE, async () => (await this.read([processor])).get(processor.name) as LedgerPage);
  }

  /** Reads the pages of several processors at once: who looks ahead over all of them, and runs nothing, saves most of the time for it. */
  async readPages(processors: readonly Processor[]): Promise<void> {
    for (const [name, page] of await this.read(processors)) this.pages.set(name, new Map([[PAGE, Promise.resolve(page)]]));
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

  private async read(processors: readonly Processor[]): Promise<ReadonlyMap<string, LedgerPage>> {
    const versions = new Map<string, number>();
    for (const { name, table } of processors) versions.set(name, await this.port.leases.lastVersion(tableId(table)));
    const runs = await this.history.latest(processors, this.span);
    const counts = processors.map(({ name, table }) => {
      const partition = identifier(table.partition);
      return sql`SELECT ${literal(name)} AS processor_name, ${partition} AS stored_date, COUNT(*) AS rows_stored FROM ${table}
        WHERE ${partition} BETWEEN CAST(@from AS DATE) AND CAST(@to AS DATE) GROUP BY ${partition}`;
    });
    const stored = new Map(processors.map(({ name }) => [name, new Map<GameDate, number>()]));
    for (const row of await this.port.query(joinSql(counts, ' UNION ALL ').text, { from: this.span.from, to: this.span.to })) {
      stored.get(String(row['processor_name']))?.set(row['stored_date'] as GameDate, Number(row['rows_stored']));
    }
    return new Map(processors.map(({ name }) => [name, { runs: runs.get(name) ?? new Map(), stored: stored.get(name) ?? new Map(), leaseVersion: versions.get(name) ?? 0 }]));
  }
}
