import { parseGameDate, type Alert, type AlertChannel, type Clock, type RootCause, type Row, type Warehouse } from '@nba/kernel';

/** The document's own example. */
export const SAMPLE_ALERT: Alert = {
  kind: 'opened',
  incident: 'NbacPlayerBoxscoreProcessor DOCUMENT_MISSING',
  title: 'Analytics BLOCKED: Upstream Failure — NbacPlayerBoxscoreProcessor failed for 2025-01-26',
  lines: ['Wrong on 1 date: 2025-01-26', 'Holds up 1 unit: PlayerGameSummaryProcessor 1'],
  resolution: 'backfill phase2 --date 2025-01-26',
  at: '2025-01-27T11:00:00.000Z',
};

export const datesOf = (...days: readonly number[]) => days.map((day) => parseGameDate(`2025-01-${String(day).padStart(2, '0')}`));

/** A root cause that is wrong on these days of January 2025 and holds up as many units of one processor. */
export function causeOf(key: string, days: readonly number[], heldUp = 0): RootCause {
  return {
    key,
    title: `${key} is wrong`,
    dates: datesOf(...days),
    heldUp: heldUp === 0 ? [] : [{ processor: 'PlayerGameSummaryProcessor', dates: datesOf(...Array.from({ length: heldUp }, (_, i) => i + 1)) }],
    errors: [`${key}: no document`],
    resolution: `backfill repair ${key}`,
  };
}

/** Takes messages down, until it is told to fail. */
export class RecordingChannel implements AlertChannel {
  readonly sent: Alert[] = [];
  /** Attempts that failed. */
  failed = 0;
  fault: Error | null = null;

  constructor(readonly name: string) {}

  async send(alert: Alert): Promise<void> {
    if (this.fault) {
      this.failed++;
      throw this.fault;
    }
    this.sent.push(alert);
  }

  /** What has been sent since the last call, as `kind incident`. */
  take(): string[] {
    return this.sent.splice(0).map(({ kind, incident }) => `${kind} ${incident}`);
  }
}

/** A clock that notes how long it was slept by. */
export class NotingClock implements Clock {
  readonly slept: number[] = [];

  now(): Date {
    return new Date('2025-01-27T11:00:00Z');
  }

  async sleep(milliseconds: number): Promise<void> {
    this.slept.push(milliseconds);
  }
}

/** The incidents' table as a list of rows, read as its description says: for the many rounds of a property. */
export class RowsInMemory implements Pick<Warehouse, 'query' | 'append' | 'ensureTable'> {
  readonly rows: Row[] = [];
  queries = 0;
  appends = 0;

  async ensureTable(): Promise<void> {
    return undefined;
  }

  async append(_table: unknown, rows: readonly Row[]): Promise<void> {
    this.appends++;
    this.rows.push(...rows);
  }

  async query(): Promise<readonly Row[]> {
    this.queries++;
    const highest = Math.max(0, ...this.rows.map((row) => Number(row['sequence'])));
    return this.newest().filter((row) => row['status'] === 'open' || row['undelivered'] !== null || row['sequence'] === highest);
  }

  newest(): Row[] {
    const newest = new Map<unknown, Row>();
    for (const row of this.rows) {
      const other = newest.get(row['incident']);
      if (!other || Number(row['sequence']) > Number(other['sequence'])) newest.set(row['incident'], row);
    }
    return [...newest.values()];
  }
}
