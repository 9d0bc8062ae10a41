import { type DateRange, type GameDate, type Lease, type Row, type Season, type Warehouse, identifier, joinSql, literal, seasonOf, sql, tableId } from '@nba/kernel';
import type { Processor } from '../definition/processor';
import { RunHistory } from './run-history';
import type { RecordedChange } from './reaching-changes';
import { type RecordedRun, recordedAfter, versionReader } from './recorded-run';

/** What is recorded and stored for one processor's units. */
export interface LedgerPage {
  readonly runs: ReadonlyMap<GameDate, RecordedRun>;
  /** Rows per partition; partitions without rows are left out. */
  readonly stored: ReadonlyMap<GameDate, number>;
  /** The version of the table's last lease before it was read: with a later one others may have written since. */
  readonly leaseVersion: number;
}

const PAGE = 'page';

/**
 * Recorded and stored state of a span of dates: read when it is asked for, and kept up by what is noted since. Several
 * pages take little longer to read than one, so those that will be asked for next are read along.
 */
export class Ledger {
  private readonly pages = new Map<string, Map<string, Promise<unknown>>>();
  private readonly history: RunHistory;

  constructor(
    /** Where it reads. */
    readonly port: Pick<Warehouse, 'query' | 'leases'>,
    private readonly span: DateRange,
    /** All whose pages may be asked for. */
    private readonly processors: readonly Processor[],
  ) {
    this.history = new RunHistory(port);
  }

  page(processor: Processor): Promise<LedgerPage> {
    if (!this.pageOf(processor)) this.readUnread(this.processors.filter(({ phase }) => phase === processor.phase));
    return this.pageOf(processor) as Promise<LedgerPage>;
  }

  /** Reads all pages at once, whatever was known: for those who will ask for all, or wait for what others do. */
  async readAll(): Promise<void> {
    for (const processor of this.processors) this.turn(processor);
    this.readUnread(this.processors);
    await Promise.all(this.processors.map((processor) => this.pageOf(processor)));
  }

  /** What is read of a processor's table, once until the processor has run again. */
  remember<T>(processor: Processor, what: string, read: () => Promise<T>): Promise<T> {
    const known = this.pages.get(processor.name) ?? new Map<string, Promise<unknown>>();
    this.pages.set(processor.name, known);
    const answer = known.get(what) ?? read();
    known.set(what, answer);
    return answer as Promise<T>;
  }

  /** Forgets what is known of a processor: others may have been at work. */
  turn(processor: Processor): void {
    this.pages.delete(processor.name);
  }

  /**
   * Takes into a processor's page what has just been recorded of its units, each of which owns its date: the lines of the run
   * history as they were read back, so that they need not be read again. What else was read of its table is forgotten.
   * @param lease under which rows were written; by default none were
   */
  note(processor: Processor, lines: readonly Row[], lease?: Lease): void {
    const known = this.pageOf(processor);
    if (known) this.put(processor, known.then((page) => withLines(page, lines, lease)));
  }

  /** Recorded changes of what a processor reads that some of its runs may not have seen. */
  async changesFor(processor: Processor, runs: Iterable<RecordedRun>): Promise<readonly RecordedChange[]> {
    const newest = new Map<string, ReadonlyMap<Season, number> | undefined>();
    for (const { processor: upstream } of Object.values(processor.upstreams)) newest.set(tableId(upstream.table), await this.newestVersions(upstream));
    return this.history.changesSince(processor, runs, (table, season) => {
      const versions = newest.get(table);
      return versions ? (versions.get(season) ?? 0) : Infinity;
    });
  }

  /**
   * By season the newest version that rows of a table have: every change is some recorded run's. Undefined where that cannot be
   * told: others may have written the table since its page was read, or it cannot be looked at, which is the guard's to tell.
   */
  private async newestVersions(processor: Processor): Promise<ReadonlyMap<Season, number> | undefined> {
    const page = await this.page(processor).catch(() => undefined);
    if (!page || (await this.port.leases.lastVersion(tableId(processor.table))) > page.leaseVersion) return undefined;
    return this.remember(processor, 'newest versions', async () => {
      const newest = new Map<Season, number>();
      for (const { date, left } of page.runs.values()) newest.set(seasonOf(date), Math.max(newest.get(seasonOf(date)) ?? 0, left?.version ?? 0));
      return newest;
    });
  }

  private pageOf(processor: Processor): Promise<LedgerPage> | undefined {
    return this.pages.get(processor.name)?.get(PAGE) as Promise<LedgerPage> | undefined;
  }

  private readUnread(processors: readonly Processor[]): void {
    const unread = processors.filter((processor) => !this.pageOf(processor));
    for (const [processor, page] of this.readTogether(unread)) this.put(processor, page);
  }

  /** A page and nothing else: what was read of the table beside it may be older. */
  private put(processor: Processor, page: Promise<LedgerPage>): void {
    // A fault is told to who asks for the page; read along, it may be nobody's.
    page.catch(() => undefined);
    this.pages.set(processor.name, new Map([[PAGE, page]]));
  }

  private readTogether(processors: readonly Processor[]): ReadonlyMap<Processor, Promise<LedgerPage>> {
    if (processors.length === 0) return new Map();
    const together = this.read(processors);
    const own = (processor: Processor) => (pages: ReadonlyMap<string, LedgerPage>) => pages.get(processor.name) as LedgerPage;
    // What cannot be read together is asked for one by one: the fault may be one table's, and is to be told of that one.
    return new Map(processors.map((processor) => [processor, together.then(own(processor), async () => own(processor)(await this.read([processor])))]));
  }

  private async read(processors: readonly Processor[]): Promise<ReadonlyMap<string, LedgerPage>> {
    const versions = new Map<string, number>();
    for (const { name, table } of processors) versions.set(name, await this.port.leases.lastVersion(tableId(table)));
    const [runs, stored] = await Promise.all([this.history.latest(processors, this.span), this.readStored(processors, this.span)]);
    return new Map(processors.map(({ name }) => [name, { runs: runs.get(name) ?? new Map(), stored: stored.get(name) ?? new Map(), leaseVersion: versions.get(name) ?? 0 }]));
  }

  /** Rows of each partition, by the processor's name. A text for each table: it is read in a fraction of the time of its dates one by one. */
  private async readStored(processors: readonly Processor[], { from, to }: DateRange): Promise<ReadonlyMap<string, ReadonlyMap<GameDate, number>>> {
    const counts = processors.map(({ name, table }) => {
      const partition = identifier(table.partition);
      return sql`SELECT ${literal(name)} AS processor_name, STRING_AGG(CONCAT(CAST(stored_date AS STRING), ' ', CAST(rows_stored AS STRING)), ',') AS partitions
        FROM (SELECT ${partition} AS stored_date, COUNT(*) AS rows_stored FROM ${table} WHERE ${partition} BETWEEN CAST(@from AS DATE) AND CAST(@to AS DATE) GROUP BY ${partition})`;
    });
    const rows = await this.port.query(joinSql(counts, ' UNION ALL ').text, { from, to });
    return new Map(rows.map(({ processor_name: name, partitions }) => [String(name), new Map(((partitions as string | null)?.split(',') ?? []).map((entry) => {
      const [date, count] = entry.split(' ') as [GameDate, string];
      return [date, Number(count)] as const;
    }))]));
  }
}

/** A page as it would be read after the lines were recorded. */
function withLines({ runs, stored, leaseVersion }: LedgerPage, lines: readonly Row[], lease: Lease | undefined): LedgerPage {
  const [newRuns, newStored, versionsOf] = [new Map(runs), new Map(stored), versionReader()];
  for (const line of lines) {
    const before = newRuns.get(line['data_date'] as GameDate);
    const run = recordedAfter(line, before, versionsOf);
    newRuns.set(run.date, run);
    if (run.left === (before?.left ?? null)) continue;
    if (run.rows > 0) newStored.set(run.date, run.rows);
    else newStored.delete(run.date);
  }
  return { runs: newRuns, stored: newStored, leaseVersion: lease?.version ?? leaseVersion };
}
