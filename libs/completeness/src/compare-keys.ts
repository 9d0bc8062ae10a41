import { type Cell, type DateRange, type GameDate, type QueryPort, type Row, rangeParameters, sql, columnList, identifier, joinSql, type Sql } from '@nba/kernel';
import type { DateCount, Gap } from './completeness-report';

/** What a table must hold, as a query over other tables. */
export interface KeyExpectation {
  /** `dataset.table`. */
  readonly table: string;
  readonly dateColumn: string;
  /** The columns that the spine yields beside the date; `game_id`, `team_id` and `player_id` are understood by name. */
  readonly key: readonly string[];
  /** GoogleSQL with `@from`, `@to` and, where it looks back, `@season_start`. */
  readonly spine: string;
}

export interface KeyComparison {
  readonly counts: readonly DateCount[];
  readonly gaps: readonly Gap[];
}

/** Compares the keys a table holds with those of its spine, both read now: what a run once reported does not count. */
export async function compareKeys(port: QueryPort, expectation: KeyExpectation, range: DateRange): Promise<KeyComparison> {
  const compared = comparison(expectation);
  const parameters = rangeParameters(range);
  const games = expectation.key.includes('game_id') ? sql`COUNT(DISTINCT IF(expected = 1, game_id, NULL))` : sql`0`;
  const counts = await port.query(
    sql`SELECT check_date, SUM(expected) AS keys_expected, SUM(expected * present) AS keys_present, ${games} AS games,
      SUM(1 - expected * present) AS differences FROM (${compared}) GROUP BY check_date ORDER BY check_date`.text,
    parameters,
  );
  const differ = counts.some((row) => Number(row['differences']) > 0);
  const differences = differ ? await port.query(sql`SELECT * FROM (${compared}) WHERE expected * present = 0`.text, parameters) : [];
  return { counts: counts.map(dateCount), gaps: differences.map((row) => gapOf(row, Number(row['expected']) === 1 ? 'missing' : 'unexpected')) };
}

function comparison({ table, dateColumn, key, spine }: KeyExpectation): Sql {
  const columns = columnList(key);
  // The date as text: clients differ in what they make of a DATE.
  const keyed = sql`CAST(${identifier(dateColumn)} AS STRING) AS check_date, ${columns}`;
  const source = joinSql(table.split('.').map(identifier), '.');
  return sql`SELECT check_date, ${columns}, MAX(expected) AS expected, MAX(present) AS present
    FROM (SELECT ${keyed}, 1 AS expected, 0 AS present FROM (${{ text: spine }}) AS spine
      UNION ALL SELECT ${keyed}, 0, 1 FROM ${source} WHERE ${identifier(dateColumn)} BETWEEN CAST(@from AS DATE) AND CAST(@to AS DATE)) AS both_sides
    GROUP BY check_date, ${columns}`;
}

function dateCount(row: Row): DateCount {
  return {
    date: row['check_date'] as GameDate,
    games: Number(row['games']),
    keys: { present: Number(row['keys_present']), expected: Number(row['keys_expected']) },
  };
}

/** Reads a row with `check_date` and key columns. */
export function gapOf(row: Row, kind: Gap['kind']): Gap {
  return {
    kind,
    date: row['check_date'] as GameDate,
    ...(isKnown(row['game_id']) && { gameId: String(row['game_id']) }),
    ...(isKnown(row['team_id']) && { teamId: Number(row['team_id']) }),
    ...(isKnown(row['player_id']) && { playerId: Number(row['player_id']) }),
  };
}

const isKnown = (cell: Cell | undefined): cell is Cell => cell !== undefined && cell !== null;
