import { type Cell, type GameDate, type QueryPort, type Row, type Sql, identifier, joinSql, sql } from '@nba/kernel';
import type { DateCount, Gap } from './completeness-report';
import type { TableUnderCheck } from './table-under-check';

/** The keys that a table must hold. */
export interface KeyExpectation {
  /** Yields check_date (as text) and the key's columns; `game_id`, `team_id` and `player_id` are understood by name. */
  readonly spine: Sql;
  /** What each column of the key is called in the table. */
  readonly key: Readonly<Record<string, Sql>>;
}

export interface Comparison {
  readonly counts: readonly DateCount[];
  readonly gaps: readonly Gap[];
}

/** Compares the keys a table holds with those of its spine, both read now: what a run once reported does not count. */
export async function compareKeys(port: QueryPort, table: TableUnderCheck, expectation: KeyExpectation): Promise<Comparison> {
  const compared = comparison(table, expectation);
  const games = 'game_id' in expectation.key ? sql`COUNT(DISTINCT IF(expected = 1, game_id, NULL))` : sql`0`;
  const counts = await port.query(
    sql`SELECT check_date, SUM(expected) AS keys_expected, SUM(expected * present) AS keys_present, ${games} AS games,
      SUM(1 - expected * present) AS differences FROM (${compared}) AS compared GROUP BY check_date ORDER BY check_date`.text,
    table.parameters,
  );
  const differ = counts.some((row) => Number(row['differences']) > 0);
  const differences = differ ? await port.query(sql`SELECT * FROM (${compared}) AS compared WHERE expected * present = 0`.text, table.parameters) : [];
  return { counts: counts.map(dateCount), gaps: differences.map((row) => gapOf(row, Number(row['expected']) === 1 ? 'missing' : 'unexpected', Object.keys(expectation.key))) };
}

function comparison(table: TableUnderCheck, { spine, key }: KeyExpectation): Sql {
  const columns = joinSql([sql`check_date`, ...Object.keys(key).map(identifier)]);
  const stored = joinSql([sql`${table.date} AS check_date`, ...Object.entries(key).map(([name, column]) => (column.text === name ? column : sql`${column} AS ${identifier(name)}`))]);
  return sql`SELECT ${columns}, MAX(expected) AS expected, MAX(present) AS present
    FROM (SELECT ${columns}, 1 AS expected, 0 AS present FROM (${spine}\n) AS spine
      UNION ALL SELECT ${stored}, 0 AS expected, 1 AS present FROM ${table.rows}) AS both_sides
    GROUP BY ${columns}`;
}

function dateCount(row: Row): DateCount {
  return {
    date: row['check_date'] as GameDate,
    games: Number(row['games']),
    keys: { present: Number(row['keys_present']), expected: Number(row['keys_expected']) },
  };
}

const UNDERSTOOD = ['game_id', 'team_id', 'player_id'];

/** Reads a row with `check_date` and the key's columns. */
export function gapOf(row: Row, kind: Gap['kind'], key: readonly string[]): Gap {
  const others = key.filter((name) => !UNDERSTOOD.includes(name));
  return {
    kind,
    date: row['check_date'] as GameDate,
    ...(isKnown(row['game_id']) && { gameId: String(row['game_id']) }),
    ...(isKnown(row['team_id']) && { teamId: Number(row['team_id']) }),
    ...(isKnown(row['player_id']) && { playerId: Number(row['player_id']) }),
    ...(others.length > 0 && { key: Object.fromEntries(others.map((name) => [name, row[name] ?? null])) }),
  };
}

const isKnown = (cell: Cell | undefined): cell is Cell => cell !== undefined && cell !== null;
