import { copyFileSync, existsSync } from 'node:fs';
import { type RanUnit, changedRows, differingUnits, historyLength, unitsRunSince } from './changed-rows.fixture';
import { registryWithQuery, repairWith } from './changed-query.fixture';
import { registry } from '@nba/wiring';
import { type FeedGame, KINDS, LakeFolder, type Line, describeOnRealData, gameDateOf, gamesOf, scheduleOn } from './lake-folder.fixture';
import { type Ended, Programs, Workplace } from './programs.fixture';
import { SeasonReach } from './season-reach.fixture';
import { query, rowCounts } from './warehouse-file.fixture';

/** All is loaded; a day later something has changed. */
const [LOADED, CHANGED] = ['2025-09-01T12:00:00Z', '2025-09-02T12:00:00Z'] as const;
const STAMP = '20250902_060000';
const [PLAYERS, TEAMS, SCHEDULE] = ['NbacPlayerBoxscoreProcessor', 'NbacTeamBoxscoreProcessor', 'NbacScheduleProcessor'] as const;
const DERIVED = registry.processors.filter(({ phase }) => phase > 2);
const CONTEXTS = 'UpcomingTeamGameContextProcessor';
const LAL = 1610612747;

/** A repair that has been held against a rebuild. */
interface Repaired {
  /** Dates that were run, by processor. */
  readonly ran: ReadonlyMap<string, readonly string[]>;
  /** Units whose content is another now: the least that could be run. */
  readonly differing: readonly RanUnit[];
  /** Units that were run although nothing that they read has changed, by an independent reading of their lookbacks. */
  readonly strays: readonly RanUnit[];
  /** Units whose content must become another and that were not run. */
  readonly left: readonly RanUnit[];
}

describeOnRealData('repair', () => {
  let programs: Programs;
  let place: Workplace;
  let clean: LakeFolder;
  /** Who played when, before anything is changed. */
  let season: SeasonReach;
  const table: string[][] = [['', 'units run', 'least possible', 'first gap to today']];

  const backfill = (command: string, warehouse: string, lake: LakeFolder, now: string = CHANGED): Promise<Ended> =>
    programs.backfill([...command.split(' '), '--now', now, ...place.at(warehouse, lake.folder)]);
  const load = (warehouse: string, lake: LakeFolder, now?: string): Promise<Ended> => backfill('all --season 2024-25 --alerts none', warehouse, lake, now);

  /**
   * Repairs a copy of a warehouse, holds it against a rebuild from scratch, and repairs it again, which must find nothing.
   * @param own units that have a reason of their own: new documents, another query, never run
   * @param first the first date concerned
   */
  async function repaired(name: string, { title, lake, own, first, before = 'clean.duckdb', rebuilt, repair }: {
    title: string; lake: LakeFolder; own: readonly RanUnit[]; first: string; before?: string; rebuilt?: string;
    repair?: (file: string) => Promise<void>;
  }): Promise<Repaired> {
    const file = place.path(`${name}.duckdb`);
    copyFileSync(place.path(before), file);
    const length = await historyLength(file);
    const repairOnce = repair ?? (async () => expect(await backfill('repair --alerts none', `${name}.duckdb`, lake)).toMatchObject({ code: 0 }));
    await repairOnce(file);
    const units = await unitsRunSince(file, length);
    const after = await historyLength(file);
    await repairOnce(file);
    expect(await historyLength(file)).toBe(after);

    if (!rebuilt) expect(await load(`${name}-rebuilt.duckdb`, lake)).toMatchObject({ code: 0 });
    const scratch = place.path(rebuilt ?? `${name}-rebuilt.duckdb`);
    const counts = await rowCounts(scratch);
    expect(Math.min(...Object.values(counts))).toBeGreaterThan(1000);
    expect([await rowCounts(file), differingUnits(await changedRows(scratch, file))]).toEqual([counts, []]);

    const reach = lake === clean ? season : new SeasonReach(lake);
    const changes = await changedRows(place.path(before), file);
    const differing = differingUnits(changes);
    const reached = new Map(registry.processors.map((processor) => [processor.name, reach.datesLookingAt(changes, processor)]));
    const strays = units.filter((unit) => !reached.get(unit.processor)?.has(unit.date) && !holds(own, unit));
    // Each unit once: a wave that comes back over the same unit is not the least.
    expect(new Set(units.map(keyOf)).size).toBe(units.length);
    const fromFirst = reach.dates.filter((date) => date >= first).length * DERIVED.length;
    table.push([title, ...[units.length, differing.length, fromFirst].map((n) => n.toLocaleString('en-US'))]);
    const ran = new Map(registry.processors.map((processor) => [processor.name, units.filter((unit) => unit.processor === processor.name).map(({ date }) => date).sort()]));
    return { ran, differing, strays, left: differing.filter((unit) => !holds(units, unit)) };
  }

  /** The processors that ran, each with how often. */
  const tablesRun = ({ ran }: Repaired): string[] => [...ran].filter(([, dates]) => dates.length > 0).map(([name]) => name);

  /** Writes a newer document of both kinds in which chosen players have more of a stat, and their teams with them. */
  function correct(lake: LakeFolder, date: string, stats: readonly string[], isMeant: (line: Line) => boolean): void {
    const more = (line: Line, by: number): Line => ({ ...line, ...Object.fromEntries(stats.map((stat) => [stat, Number(line[stat]) + by])) });
    const players = lake.lines('player-boxscores', date);
    const meant = players.filter(isMeant);
    const ofTeam = (team: Line): number => meant.filter((line) => line['GAME_ID'] === team['GAME_ID'] && line['TEAM_ID'] === team['TEAM_ID']).length;
    lake.writeLines('player-boxscores', date, players.map((line) => (meant.includes(line) ? more(line, 1) : line)), STAMP);
    lake.writeLines('team-boxscores', date, lake.lines('team-boxscores', date).map((team) => more(team, ofTeam(team))), STAMP);
  }

  const boxScoresOf = (...dates: readonly string[]): RanUnit[] => dates.flatMap((date) => [{ processor: PLAYERS, date }, { processor: TEAMS, date }]);

  beforeAll(async () => {
    programs = new Programs();
    place = new Workplace();
    clean = LakeFolder.upTo('2025-04-13', '2025-09-01', place.path('lake'));
    season = new SeasonReach(clean);
    expect(await load('clean.duckdb', clean, LOADED)).toMatchObject({ code: 0 });
  }, 120_000);
  afterAll(() => {
    const widths = table[0]?.map((_, i) => Math.max(...table.map((row) => row[i]?.length ?? 0))) ?? [];
    process.stdout.write(`\n${table.map((row) => row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join('  ')).join('\n')}\n`);
    programs.remove();
    place.remove();
  });

  it('an assist of a player who is then hurt and traded: up to his fifteenth next game three months later, and no table that reads no assists', async () => {
    const [doncic, date] = [1629029, '2024-12-10'];
    const lake = clean.copy(place.path('assist'));
    correct(lake, date, ['AST'], (line) => line['PLAYER_ID'] === doncic);
    const outcome = await repaired('assist', { title: 'one assist', lake, own: boxScoresOf(date), first: date });
    expect([outcome.strays, outcome.left]).toEqual([[], []]);
    expect(tablesRun(outcome)).toEqual([PLAYERS, TEAMS, 'TeamOffenseGameSummaryProcessor', 'PlayerGameSummaryProcessor', 'UpcomingPlayerGameContextProcessor']);

    const fifteenth = season.gamesOfPlayer(doncic).filter((one) => one > date)[14] ?? '';
    expect(fifteenth > '2025-03-01').toBe(true);
    const until = season.gamesOfTeamsOf(doncic).filter((one) => one > date && one <= fifteenth);
    expect([date, ...until]).toEqual(expect.arrayContaining([...(outcome.ran.get('PlayerGameSummaryProcessor') ?? [])]));
    expect(until).toEqual(expect.arrayContaining([...(outcome.ran.get('UpcomingPlayerGameContextProcessor') ?? [])]));
    expect(['PlayerGameSummaryProcessor', 'UpcomingPlayerGameContextProcessor'].map((name) => outcome.ran.get(name)?.at(-1))).toEqual([fifteenth, fifteenth]);
    for (const raw of [PLAYERS, TEAMS, 'TeamOffenseGameSummaryProcessor']) expect(outcome.ran.get(raw)).toEqual([date]);
  });

  it('a turnover: the ratings of both teams over ten games, the opponent\'s defense over fifteen, the league\'s over thirty days, usage to the end', async () => {
    const [bridges, date] = [1628969, '2025-01-27'];
    const lake = clean.copy(place.path('turnover'));
    const line = lake.lines('player-boxscores', date).find((one) => one['PLAYER_ID'] === bridges) as Line;
    correct(lake, date, ['TOV'], (one) => one['PLAYER_ID'] === bridges);
    const outcome = await repaired('turnover', { title: 'one turnover', lake, own: boxScoresOf(date), first: date });
    expect([outcome.strays, outcome.left]).toEqual([[], []]);

    const [own, opponent] = lake.lines('team-boxscores', date).filter((team) => team['GAME_ID'] === line['GAME_ID'])
      .sort((a) => (a['TEAM_ID'] === line['TEAM_ID'] ? -1 : 1)).map((team) => Number(team['TEAM_ID'])) as [number, number];
    const next = (team: number, count: number): string[] => season.gamesOfTeam(team).filter((one) => one > date).slice(0, count);
    const dates = (...some: readonly (readonly string[])[]): string[] => [...new Set(some.flat())].sort();
    const thirtyDays = season.dates.filter((one) => one > date && one <= '2025-02-26');
    const team = lake.lines('player-boxscores', date).filter((one) => one['TEAM_ID'] === own).map((one) => Number(one['PLAYER_ID']));
    for (const name of ['TeamOffenseGameSummaryProcessor', 'TeamDefenseGameSummaryProcessor', 'PlayerGameSummaryProcessor']) expect(outcome.ran.get(name)).toEqual([date]);
    expect(outcome.ran.get(CONTEXTS)).toEqual(dates(next(own, 10), next(opponent, 10)));
    expect(outcome.ran.get('TeamDefenseShotProfileProcessor')).toEqual(dates(next(opponent, 15), thirtyDays));
    expect(dates(...team.map((player) => season.gamesOfTeamsOf(player)), next(opponent, 10))).toEqual(expect.arrayContaining([...(outcome.ran.get('PlayerDailyCacheProcessor') ?? [])]));
  });

  it('assists and turnovers of everybody on a date: nothing before it, and no later date from which nobody looks back at it', async () => {
    const date = '2024-12-23';
    const lake = clean.copy(place.path('whole'));
    correct(lake, date, ['AST', 'TOV'], () => true);
    const outcome = await repaired('whole', { title: 'one whole date', lake, own: boxScoresOf(date), first: date });
    expect([outcome.strays, outcome.left]).toEqual([[], []]);
    expect(outcome.ran.get('TeamOffenseGameSummaryProcessor')).toEqual([date]);
  });

  it('a date that comes late: until then those wait that look back at it, all others run, and the repair does the rest', async () => {
    const date = '2025-01-26';
    const lake = clean.copy(place.path('late'));
    for (const kind of KINDS) lake.remove(kind, date);
    expect(await load('without.duckdb', lake, LOADED)).toMatchObject({ code: 1 });

    const waiting = season.datesWaitingFor(date);
    const inAll = season.dates.length;
    const text = (await backfill('status --season 2024-25', 'without.duckdb', lake)).out;
    for (const { name, table } of DERIVED) {
      const blocked = waiting.get(name)?.size ?? 0;
      // Nothing stands between: all that does not wait has run.
      expect(text).toContain(`${table.name.padEnd(30)} ${inAll - blocked} of ${inAll} complete, blocked: ${blocked} of ${inAll}, frees when ${date} is loaded`);
    }
    const besides = await query(place.path('without.duckdb'), `SELECT DISTINCT CAST(data_date AS VARCHAR) AS date FROM nba_reference.processor_run_history
      WHERE processor_name = '${CONTEXTS}' AND coverage_gaps LIKE '%${date}%' ORDER BY ALL`);

    const missing = [...waiting].flatMap(([processor, dates]) => [...dates].map((one) => ({ processor, date: one })));
    const title = `one late date, for which ${missing.length} waited`;
    const outcome = await repaired('late', { title, lake: clean, own: [...boxScoresOf(date), ...missing], first: date, before: 'without.duckdb', rebuilt: 'clean.duckdb' });
    expect([outcome.strays, outcome.left]).toEqual([[], []]);
    // Wins and losses count the season's games: what ran beside the hole runs again, as does what waited, until the two teams' season ends.
    const teams = [...new Set(clean.lines('team-boxscores', date).map((line) => Number(line['TEAM_ID'])))];
    const later = [...new Set(teams.flatMap((team) => season.gamesOfTeam(team)))].filter((one) => one > date).sort();
    expect([besides.length > 0, outcome.ran.get(CONTEXTS)]).toEqual([true, later]);
    expect(besides.map((one) => String(one['date']))).toEqual(later.filter((one) => !waiting.get(CONTEXTS)?.has(one)));
  });

  it('a played game that the newest schedule has on a later date: both dates, and what looks back at either', async () => {
    const lake = clean.copy(place.path('postponed'));
    const { schedule, game, from, to } = postpone(lake, '2025-01-10');
    for (const kind of KINDS) {
      const [moved, stay] = [lake.lines(kind, from).filter((line) => line['GAME_ID'] === game), lake.lines(kind, from).filter((line) => line['GAME_ID'] !== game)];
      lake.writeLines(kind, from, stay, STAMP);
      lake.writeLines(kind, to, [...lake.lines(kind, to), ...moved.map((line) => ({ ...line, GAME_DATE: to }))], STAMP);
    }
    lake.writeSchedule(schedule, STAMP);
    const outcome = await repaired('postponed', { title: 'one postponed game', lake, own: [...boxScoresOf(from, to), { processor: SCHEDULE, date: '2024-10-01' }], first: from });
    expect([outcome.strays, outcome.left]).toEqual([[], []]);
    const stored = await query(place.path('postponed.duckdb'), `SELECT DISTINCT CAST(game_date AS VARCHAR) AS date FROM nba_analytics.player_game_summary WHERE game_id = '${game}'`);
    expect(stored).toEqual([{ date: to }]);
  });

  it('a query that gives other values for one team: its own units, and of what reads that column those on the team\'s dates', async () => {
    const changed = registryWithQuery('upcoming_team_game_context', 'own.defensive_rating_last_10, own.pace_last_10,',
      `own.defensive_rating_last_10, IF(target.team_id = ${LAL}, ROUND(own.pace_last_10, 1), own.pace_last_10) AS pace_last_10,`);
    const repair = async (file: string): Promise<void> => void (await repairWith(changed, file, clean.folder, CHANGED));
    await repair(place.path('query-rebuilt.duckdb'));
    const own = season.dates.map((date) => ({ processor: CONTEXTS, date }));
    const outcome = await repaired('query', { title: 'one query, other values for one team', lake: clean, own, first: season.dates[0] ?? '', rebuilt: 'query-rebuilt.duckdb', repair });
    expect([outcome.strays, outcome.left]).toEqual([[], []]);
    // A pace that has one digit is what it was.
    const rounded = await query(place.path('clean.duckdb'), `SELECT CAST(game_date AS VARCHAR) AS date FROM nba_analytics.upcoming_team_game_context
      WHERE team_id = ${LAL} AND pace_last_10 <> ROUND(pace_last_10, 1) ORDER BY game_date`);
    const later = rounded.map(({ date }) => String(date));
    expect(later.length).toBeGreaterThan(75);
    expect(Object.fromEntries([...outcome.ran].filter(([, dates]) => dates.length > 0))).toEqual({
      [CONTEXTS]: season.dates, PlayerDailyCacheProcessor: later, PlayerCompositeFactorsProcessor: later,
    });
  });

  it('a query in other words: its own units, which come out as they were, and nothing after them', async () => {
    const changed = registryWithQuery('upcoming_team_game_context', 'LEFT JOIN state AS own ON own.season = target.season', 'LEFT JOIN state AS own ON TRUE AND own.season = target.season');
    const repair = async (file: string): Promise<void> => void (await repairWith(changed, file, clean.folder, CHANGED));
    const own = season.dates.map((date) => ({ processor: CONTEXTS, date }));
    const outcome = await repaired('words', { title: 'one query, in other words', lake: clean, own, first: season.dates[0] ?? '', rebuilt: 'clean.duckdb', repair });
    expect(outcome.differing).toEqual([]);
    expect(Object.fromEntries([...outcome.ran].filter(([, dates]) => dates.length > 0))).toEqual({ [CONTEXTS]: season.dates });
  });
});

const keyOf = ({ processor, date }: RanUnit): string => `${processor} ${date}`;
const holds = (units: readonly RanUnit[], { processor, date }: RanUnit): boolean => units.some((one) => one.processor === processor && one.date === date);

/** The newest schedule with the first game of a date on a later one: the first with other games on which neither team plays, three weeks on. */
function postpone(lake: LakeFolder, from: string) {
  const schedule = scheduleOn('2025-09-01');
  const isRegular = ({ gameId }: FeedGame): boolean => gameId.startsWith('002');
  const games = gamesOf(schedule).filter(isRegular);
  const game = games.find((one) => gameDateOf(one) === from) as FeedGame & { gameDateTimeUTC: string };
  const teams = [game.homeTeam.teamId, game.awayTeam.teamId];
  const to = [...new Set(games.map(gameDateOf))].sort().find((date) => date >= '2025-01-31'
    && !games.some((one) => gameDateOf(one) === date && [one.homeTeam, one.awayTeam].some(({ teamId }) => teams.includes(teamId)))) ?? '';
  const days = schedule.leagueSchedule.gameDates;
  for (const day of days) day.games = day.games.filter(({ gameId }) => gameId !== game.gameId);
  days.find((day) => day.games.some((one) => isRegular(one) && gameDateOf(one) === to))?.games.push({ ...game, gameDateEst: `${to}T00:00:00Z`, gameDateTimeUTC: `${to}T23:30:00Z` } as FeedGame);
  if (!existsSync(lake.folder) || to === '') throw new Error(`No date to postpone ${game.gameId} to`);
  return { schedule, game: game.gameId, from, to };
}
