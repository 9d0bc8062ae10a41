import { type DateRange, type QueryOptions, type QueryPort, type Row, type Sql, rangeParameters, sql } from '@nba/kernel';
import { cancellable } from './asking-port';

/** A statement about stored rows that can be false: its query yields the rows for which it is. */
export interface Invariant {
  /** Stable, for example `player-points-are-team-points`. */
  readonly name: string;
  /** `fails`: a violation is an error. `reports`: real data has a few; they are shown and change nothing. */
  readonly severity: 'fails' | 'reports';
  /** The tables that it reads, `dataset.table`: where one of them is not kept there is nothing that it could be true of. */
  readonly reads: readonly string[];
  /** GoogleSQL with `@from`, `@to`, `@season_start` and `@season_end`; yields game_date, game_id, who (team or player, for people) and detail. */
  readonly query: Sql;
}

export interface Violation {
  readonly invariant: string;
  readonly severity: Invariant['severity'];
  readonly date: string;
  readonly gameId: string | null;
  /** The team or player, for people. */
  readonly who: string | null;
  /** What differs, with both values. */
  readonly detail: string;
}

/** Every violation of the invariants in the range, in date order. @throws the signal's reason once it is aborted */
export async function checkInvariants(port: QueryPort, invariants: readonly Invariant[], range: DateRange, { signal }: QueryOptions = {}): Promise<Violation[]> {
  const asking = cancellable(port, signal);
  const parameters = rangeParameters(range);
  const found: Violation[] = [];
  for (const { name, severity, query } of invariants) {
    // The date as text: clients differ in what they make of a DATE.
    const rows = await asking.query(sql`SELECT CAST(found.game_date AS STRING) AS game_date, game_id, who, detail FROM (${query}) AS found`.text, parameters);
    found.push(...rows.map((row) => violation(row, name, severity)));
  }
  return found.sort((a, b) => (`${a.date} ${a.gameId} ${a.invariant}` < `${b.date} ${b.gameId} ${b.invariant}` ? -1 : 1));
}

function violation(row: Row, invariant: string, severity: Invariant['severity']): Violation {
  return { invariant, severity, date: String(row['game_date']), gameId: row['game_id'] as string | null, who: row['who'] as string | null, detail: String(row['detail']) };
}
