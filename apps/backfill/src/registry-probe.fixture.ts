import { existsSync } from 'node:fs';
import { FixedClock } from '@nba/testing';
import { join } from 'node:path';
import { DEFAULT_GAME_TYPES, type Column, type Lookback, type Reach, type Row, columnList, columnNames, identifier, keyColumns, literal, sql, tableId } from '@nba/kernel';
import { Backfill, RUN_DEFAULTS, type Processor, type Upstream, renderQuery } from '@nba/pipeline';
import { parseScope } from '@nba/schedule';
import { LocalEventBus } from '@nba/events-local';
import { openFolderLake } from '@nba/raw-lake';
import { type DuckDbWarehouse, openDuckDbWarehouse } from '@nba/warehouse-duckdb';
import { registry } from '@nba/wiring';

/** The two real seasons; absent outside the workplace. */
export const REAL_LAKE = join(__dirname, '../../../../shared/lake');
export const hasRealLake = existsSync(REAL_LAKE);

const SETTINGS = { gameTypes: DEFAULT_GAME_TYPES };
/** The season that is probed, whole: a leak to an earlier date or beyond the reach shows wherever it is. */
export const SEASON = { from: '2024-10-01', to: '2025-09-30', season_start: '2024-10-01' };

/** A warehouse in memory that holds all phases of the probed season. */
export async function probedWarehouse(): Promise<DuckDbWarehouse> {
  const clock = new FixedClock('2025-09-01T12:00:00Z');
  const warehouse = await openDuckDbWarehouse({ file: ':memory:', clock, command: 'registry probe' });
  const backfill = new Backfill({ registry, warehouse, lake: openFolderLake(REAL_LAKE), bus: new LocalEventBus(), clock, settings: SETTINGS });
  await backfill.run({
    ...RUN_DEFAULTS, phases: [2, 3, 4], scope: parseScope({ season: ['2024-25'] }), failurePolicy: 'stop', skipDownstreamTrigger: true,
    trigger: 'registry probe', holder: 'registry probe',
  });
  return warehouse;
}

/** An output row that a change made differ, as far as it says whose it is. */
export interface Affected {
  readonly date: string;
  readonly gameId: string;
  readonly teams: readonly number[];
  readonly playerId: number | undefined;
}

/** One upstream row, and what is done to it. */
export interface Change {
  readonly upstream: Upstream;
  readonly row: Row;
  /** An edited column; `deleted` and `inserted` are about the whole row. */
  readonly what: { readonly edited: string; readonly by: number } | 'deleted' | 'inserted';
}

/** Makes the change, computes the processor's season from it, takes the change back; the rows that differ from what is stored. */
export async function affectedBy(warehouse: DuckDbWarehouse, processor: Processor, change: Change): Promise<Affected[]> {
  await warehouse.query('BEGIN TRANSACTION');
  try {
    await warehouse.query(statement(change));
    const columns = columnList(columnNames(processor.table));
    const stored = sql`SELECT ${columns} FROM ${processor.table} WHERE game_date BETWEEN CAST(@from AS DATE) AND CAST(@to AS DATE)`;
    const computed = sql`SELECT ${columns} FROM (${renderQuery(processor, SETTINGS)}) AS computed`;
    const owner = columnList(['game_date', 'game_id', 'team_id', 'opponent_team_id', 'player_id'].filter((column) => column in processor.table.columns));
    const rows = await warehouse.query(
      sql`SELECT DISTINCT ${owner} FROM ((${computed} EXCEPT DISTINCT ${stored}) UNION ALL (${stored} EXCEPT DISTINCT ${computed})) AS differing`.text,
      SEASON,
    );
    return rows.map((row) => ({
      date: String(row['game_date']),
      gameId: String(row['game_id']),
      teams: [row['team_id'], row['opponent_team_id']].filter((team): team is number => typeof team === 'number'),
      playerId: row['player_id'] as number | undefined,
    }));
  } finally {
    await warehouse.query('ROLLBACK');
  }
}

function statement({ upstream, row, what }: Change): string {
  const { table } = upstream.processor;
  const key = keyColumns(table);
  const found = key.map((column) => `${column} = ${written(row[column])}`).join(' AND ');
  if (what === 'deleted') return `DELETE FROM ${tableId(table)} WHERE ${found}`;
  if (what === 'inserted') {
    const own: Record<string, string> = 'player_id' in table.columns && table.key.includes('player_id') ? { player_id: '999999' } : { game_id: "'0022499999'" };
    const values = columnNames(table).map((column) => own[column] ?? column);
    return `INSERT INTO ${tableId(table)} (${columnNames(table).join(', ')}) SELECT ${values.join(', ')} FROM ${tableId(table)} WHERE ${found}`;
  }
  return `UPDATE ${tableId(table)} SET ${what.edited} = ${edited(what.edited, table.columns[what.edited] as Column, what.by)} WHERE ${found}`;
}

const written = (value: unknown): string => (typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : String(value));

/** Another value of the column's type that a reader will notice. */
function edited(column: string, { type }: Column, by: number): string {
  if (type === 'BOOL') return `NOT ${column}`;
  if (type === 'STRING') return column.endsWith('_type') ? `IF(${column} = 'free_throw', 'two_pointer', 'free_throw')` : `CONCAT(${column}, 'x')`;
  if (column === 'game_status') return '1';
  if (column.endsWith('team_id')) return `IF(${column} = 1610612738, 1610612739, 1610612738)`;
  return `IFNULL(${column}, 0) + ${by}`;
}

/** Rows to change: spread over the season's middle, each with a long history behind and enough games ahead. */
export async function rowsToChange(warehouse: DuckDbWarehouse, processor: Processor, { processor: upstream }: Upstream, { reach }: Lookback): Promise<readonly Row[]> {
  const { table } = upstream;
  const ahead = reach.kind === 'days' ? reach.count : 0;
  const whose = table.name === 'nbac_schedule' || reach.per === 'league' || reach.kind === 'same-date' ? sql`TRUE`
    : reach.per === 'player' ? sql`r.player_id = u.player_id` : sql`(r.team_id = u.team_id OR r.opponent_team_id = u.team_id)`;
  const mayMatter = table.name === 'nbac_schedule' ? sql`u.game_type = ${literal('regular-season')}`
    : 'seconds_played' in table.columns && table.key.includes('player_id') ? sql`u.seconds_played > 900` : sql`TRUE`;
  return warehouse.query(
    sql`SELECT u.* FROM ${table} u WHERE u.game_date BETWEEN DATE '2024-12-10' AND DATE '2025-01-10' AND ${mayMatter}
        AND EXISTS (SELECT 1 FROM ${processor.table} r WHERE r.game_date = DATE_ADD(u.game_date, INTERVAL ${ahead} DAY) AND ${whose})
        AND (SELECT COUNT(*) FROM ${processor.table} r WHERE r.game_date > u.game_date AND ${whose}) >= 35
      ORDER BY MOD(UNIX_DATE(u.game_date) * 7919, 31), ${columnList(table.key, 'u')} LIMIT 60`.text,
  );
}

/** When a subject has rows in the upstream table: what "games in between" is counted by. */
export async function datesOf(warehouse: DuckDbWarehouse, { processor: { table } }: Upstream, row: Row, per: 'player' | 'team'): Promise<readonly string[]> {
  const rows = await warehouse.query(
    sql`SELECT DISTINCT game_date FROM ${table} WHERE ${identifier(`${per}_id`)} = ${Number(row[`${per}_id`])}
      AND game_date BETWEEN DATE '2024-10-01' AND DATE '2025-09-30' ORDER BY game_date`.text,
  );
  return rows.map((one) => String(one['game_date']));
}

/** How far a row lies from a change, in the reach's own measure: 0 is the date itself, 1 the first after it; null when it is not reached at all. */
export async function distance(warehouse: DuckDbWarehouse, upstream: Upstream, row: Row, reach: Reach, to: Affected): Promise<number | null> {
  const changed = String(row['game_date']);
  if (reach.kind === 'same-date') return to.date === changed && concerns(reach, row, to) ? 0 : null;
  if (to.date <= changed || !concerns(reach, row, to)) return null;
  if (reach.kind === 'games') return 1 + (await datesOf(warehouse, upstream, row, reach.per)).filter((date) => date > changed && date < to.date).length;
  return Math.round((Date.parse(to.date) - Date.parse(changed)) / 86_400_000);
}

function concerns({ per }: Reach, row: Row, to: Affected): boolean {
  if (per === 'league') return true;
  if (per === 'game') return to.gameId === row['game_id'] || to.gameId === '0022499999';
  if (per === 'team') return to.teams.includes(Number(row['team_id']));
  return to.playerId === row['player_id'] || to.playerId === 999999;
}

/** The furthest distance that the reach allows. */
export const furthest = (reach: Reach): number => (reach.kind === 'same-date' ? 0 : reach.kind === 'season-so-far' ? Infinity : reach.count);
