import { type DateRange, type GameDate, NbaError, type QueryPort, type Season, type Sql, joinSql, parseGameDate, rangeParameters, seasonOf, seasonSpan, sql } from '@nba/kernel';
import { type GameCalendar, type ScheduledGame, sidesOf } from '@nba/schedule';
import { compareKeys } from './compare-keys';
import { type EntityReport, type KnownEntity, type UnknownGame, entityCoverage, entityReport } from './entity-report';
import { type EntityWindow, assertWindow, windowSpan } from './entity-window';
import { type NameSources, playerNames } from './names';
import { expectedTeams, findSeasonsWithoutSchedule, loadGames } from './schedule';
import { columnName, tableName } from './table-name';
import { type TableRows, type TableUnderCheck, tableUnderCheck } from './table-under-check';
import { parseThreshold } from './threshold';

export interface EntityCheck extends TableRows {
  readonly entity: 'player' | 'team';
  /** NBA team or person ids. Default: every team of the season's schedule; every player who has appeared this season before the date. */
  readonly ids?: readonly number[];
  /** `games(10)`, `days(7)` or `seasonSoFar()`. */
  readonly window: EntityWindow;
  /** `YYYY-MM-DD`; the window holds games strictly before it. */
  readonly asOf: string;
  /** Holds NBA game ids; default `game_id`. */
  readonly gameColumn?: string;
  /** Holds the ids; default `player_id` or `team_id`. */
  readonly idColumn?: string;
  /** The least coverage that will do, of each, as a fraction; default 1. */
  readonly threshold?: number;
  /** Aborted: no further query is asked, and the signal's reason is thrown. */
  readonly signal?: AbortSignal;
}

/** Everything about the check that is known before the first query. */
interface Stated {
  readonly check: EntityCheck;
  readonly asOf: GameDate;
  readonly season: Season;
  /** The dates that the window may reach; undefined on a season's first day. */
  readonly span: DateRange | undefined;
  readonly ids: readonly number[] | undefined;
  readonly threshold: number;
}

/** The columns of an entity check's table, as they are called. */
export const entityColumns = ({ dateColumn = 'game_date', gameColumn = 'game_id', idColumn, entity }: EntityCheck): string[] => [dateColumn, gameColumn, idColumn ?? `${entity}_id`];

/** Which rows of a window a table lacks, team by team or player by player. @throws NbaError INVALID_ARGUMENT */
export async function checkEntities(port: QueryPort, check: EntityCheck, sources: NameSources): Promise<EntityReport> {
  const stated = parseCheck(check, sources);
  const { asOf, season, span, ids, threshold } = stated;
  const calendar = await loadGames(port, sources.schedule, { from: asOf, to: asOf });
  const seasonsWithoutSchedule = await findSeasonsWithoutSchedule(port, sources.schedule, seasonSpan(season), calendar.games.map(({ date }) => date));
  const { known, unknownGames } = check.entity === 'team' ? knownTeams(stated, calendar) : await knownPlayers(port, stated, calendar, sources);
  const stored = span ? await loadStored(port, stated, span) : new Set<string>();
  const isStored = (game: { date: GameDate; gameId: string }, id: number): boolean => stored.has(`${game.date} ${game.gameId} ${id}`);
  const entities = known.map((one) => entityCoverage(one, check.window, isStored, unknownGames, threshold));
  const unknownTeams = check.entity === 'team' && calendar.games.length > 0 ? known.filter(({ id }) => calendar.ofTeam(id, season).length === 0).map(({ id }) => id) : [];
  const scope = { table: check.table, entity: check.entity, window: check.window, asOf, season, threshold, unknownTeams, seasonsWithoutSchedule };
  return entityReport(scope, entities, unknownGames, ids !== undefined || unknownGames.length === 0);
}

function parseCheck(check: EntityCheck, { appearances }: NameSources): Stated {
  const { entity, ids, window, table } = check;
  if (entity !== 'player' && entity !== 'team') throw new NbaError('INVALID_ARGUMENT', `entity: "${String(entity)}" is neither player nor team.`, { field: 'entity' });
  if (entity === 'player' && table === appearances) {
    throw new NbaError('INVALID_ARGUMENT', `${table} says itself who has appeared, so it lacks nothing by its own word. Check it against the schedule: checkDateRange.`, { table });
  }
  if (ids && (ids.length === 0 || !ids.every((id) => Number.isSafeInteger(id) && id >= 0))) {
    throw new NbaError('INVALID_ARGUMENT', `ids: ${ids.length === 0 ? 'nobody is named' : `${ids.join(', ')} are not all NBA ids`}. Leave them out to check every ${entity}.`, { field: 'ids' });
  }
  assertWindow(window);
  const asOf = parseGameDate(check.asOf, 'asOf');
  const threshold = parseThreshold(check.threshold).overall;
  return { check, asOf, season: seasonOf(asOf), span: windowSpan(window, asOf), ids: ids && [...new Set(ids)], threshold };
}

interface Known {
  readonly known: readonly KnownEntity[];
  readonly unknownGames: readonly UnknownGame[];
}

function knownTeams({ asOf, season, span, ids }: Stated, calendar: GameCalendar): Known {
  const names = new Map(calendar.games.filter((game) => game.season === season).flatMap((game) => sidesOf(game).map(({ teamId, tricode }) => [teamId, tricode] as const)));
  const known = (ids ?? [...names.keys()]).map((id): KnownEntity => ({
    id, name: names.get(id), played: calendar.playedBefore(id, asOf).filter(({ date }) => span !== undefined && date >= span.from), teams: new Set([id]),
  }));
  return { known, unknownGames: [] };
}

/** A box-score row is an appearance: whose games are whose is told by the table of appearances, and nothing is known of what that lacks. */
async function knownPlayers(port: QueryPort, { season, span, ids }: Stated, calendar: GameCalendar, sources: NameSources): Promise<Known> {
  if (!span) return { known: (ids ?? []).map((id) => ({ id, name: undefined, played: [], teams: undefined })), unknownGames: [] };
  const { schedule, appearances } = sources;
  const soFar = { from: seasonSpan(season).from, to: span.to };
  const asked = idFilter(sql`player_id`, ids);
  const rows = await port.query(
    sql`SELECT DISTINCT CAST(game_date AS STRING) AS check_date, game_id, team_id, player_id FROM ${tableName(appearances, 'appearances')}
      WHERE game_date BETWEEN CAST(@from AS DATE) AND CAST(@to AS DATE)${asked.condition}`.text,
    { ...rangeParameters(soFar), ...asked.parameters },
  );
  const { gaps } = await compareKeys(port, tableUnderCheck({ table: appearances }, span), { spine: expectedTeams(schedule, 'final'), key: { game_id: sql`game_id`, team_id: sql`team_id` } });
  const names = await playerNames(port, soFar, sources);

  const final = new Map(calendar.games.filter(({ status }) => status === 'final').map((game) => [`${game.date} ${game.gameId}`, game]));
  const seen = new Map((ids ?? []).map((id) => [id, { teams: new Set<number>(), games: new Set<ScheduledGame>() }]));
  for (const row of rows) {
    const id = Number(row['player_id']);
    const game = final.get(`${row['check_date']} ${row['game_id']}`);
    if (!game) continue; // of a type that does not count, or under way
    const own = seen.get(id) ?? { teams: new Set<number>(), games: new Set<ScheduledGame>() };
    seen.set(id, own);
    own.teams.add(Number(row['team_id']));
    if (game.date >= span.from) own.games.add(game);
  }
  const known = [...seen].map(([id, { teams, games }]): KnownEntity => ({ id, name: names.get(id), played: inOrder(games), teams: teams.size > 0 ? teams : undefined }));
  const unknownGames = gaps.filter(({ kind }) => kind === 'missing').map(({ date, gameId = '', teamId }) => ({ date, gameId, teamId }));
  return { known, unknownGames };
}

const inOrder = (games: Iterable<ScheduledGame>): ScheduledGame[] => [...games].sort((a, b) => (a.date + a.gameId < b.date + b.gameId ? -1 : 1));

/** What the table holds in the span: date, game and id of each. */
async function loadStored(port: QueryPort, { check, ids }: Stated, span: DateRange): Promise<ReadonlySet<string>> {
  const table: TableUnderCheck = tableUnderCheck(check, span);
  const [, game = '', id = ''] = entityColumns(check);
  const asked = idFilter(columnName(id, 'idColumn'), ids);
  const rows = await port.query(
    sql`SELECT DISTINCT ${table.date} AS check_date, ${columnName(game, 'gameColumn')} AS game_id, ${columnName(id, 'idColumn')} AS entity_id FROM ${table.rows}${asked.condition}`.text,
    { ...table.parameters, ...asked.parameters },
  );
  return new Set(rows.map((row) => `${row['check_date']} ${row['game_id']} ${Number(row['entity_id'])}`));
}

function idFilter(column: Sql, ids: readonly number[] | undefined): { readonly condition: Sql; readonly parameters: Readonly<Record<string, number>> } {
  if (!ids) return { condition: sql``, parameters: {} };
  const names = ids.map((_, i) => `id_${i}`);
  return { condition: sql` AND ${column} IN (${joinSql(names.map((name) => ({ text: `@${name}` })))})`, parameters: Object.fromEntries(names.map((name, i) => [name, ids[i] as number])) };
}
