import { join } from 'node:path';
import { Consumer, installAlone, type ModuleKind, packLibraries, removeTarballs } from './consumer';
import { type Game, SampleLake } from './sample-lake.fixture';

interface Told {
  readonly verified: readonly (readonly [phase: number, complete: boolean])[];
  readonly units: readonly { readonly table: string; readonly date: string; readonly status: string; readonly rows: number }[];
}
interface FormRow {
  readonly team_id: number;
  readonly game_id: string;
  readonly game_date: string;
  readonly assists: number;
  readonly games_in_last_5: number;
  readonly assists_last_5: number | null;
  readonly assists_avg_last_5: number | null;
}
interface Check {
  readonly hasGaps: boolean;
  readonly coverage: { readonly expected: number; readonly present: number; readonly fraction: number };
  readonly meetsThreshold: boolean;
  readonly incompleteDates: readonly string[];
  readonly games: readonly [present: number, expected: number];
  readonly gaps: readonly object[];
}
interface Otherwise {
  readonly everyDay: readonly string[];
  readonly workingDays: boolean;
  readonly byKeys: readonly object[];
  readonly months: readonly (readonly [from: string, to: string, present: number, expected: number])[];
  readonly teams: { readonly meetsThreshold: boolean; readonly lacking: readonly unknown[]; readonly expected: readonly number[] };
  readonly aborted: string;
}
interface Facts {
  readonly first: Told;
  readonly again: Told;
  readonly correction: { readonly gameId: string; readonly teamId: number; readonly assists: number };
  readonly before: readonly FormRow[];
  readonly repair: Told;
  readonly after: readonly FormRow[];
  readonly verified: Told['verified'];
  readonly lost: { readonly game_id: string; readonly team_id: number };
  readonly schedule: { readonly played: Readonly<Record<string, readonly string[]>>; readonly next: readonly (readonly [string, string])[]; readonly window: readonly string[] };
  readonly check: Check;
  readonly otherwise: Otherwise;
  readonly verdicts: Readonly<Record<string, readonly string[]>>;
  readonly contained: Told;
  readonly healed: Check;
  readonly healedVerdicts: Readonly<Record<string, readonly string[]>>;
}

const [CORRECTED, HOLE, LAST] = ['2021-11-12', '2021-12-10', '2021-12-26'];
const [BEFORE_CORRECTION, AFTER_CORRECTION] = ['20211227_105959', '20211227_110000'];
const ALL_TRUE = [[2, true], [3, true]];

let tarballs: string;
let consumer: Consumer;

beforeAll(() => {
  tarballs = packLibraries();
  consumer = Consumer.install(tarballs);
});
afterAll(() => {
  consumer?.remove();
  if (tarballs) removeTarballs(tarballs);
});

describe.each<ModuleKind>(['module', 'commonjs'])('a project of another team, as %s', (type) => {
  let facts: Facts;
  let lake: SampleLake;

  beforeAll(() => {
    const compiled = consumer.compile(type);
    if (compiled.status !== 0) throw new Error(`The project does not compile:\n${compiled.stdout}`);
    facts = consumer.run<Facts>(type, 'main');
    lake = new SampleLake(join(consumer.placeOf(type), 'lake'));
  });

  it('makes every unit of its own table and of what that reads, and nothing the second time', () => {
    expect(facts.first.verified).toEqual(ALL_TRUE);
    expect(facts.first.units.every(({ status }) => status === 'success')).toBe(true);
    const datesOf = (table: string) => facts.first.units.filter((unit) => unit.table === table).map(({ date }) => date).sort();
    for (const table of ['nbac_player_boxscore', 'nbac_team_boxscore', 'team_assist_form']) expect([table, datesOf(table)]).toEqual([table, lake.playedDates]);
    expect(lake.playedDates.length).toBeGreaterThan(60);
    expect(facts.again).toMatchObject({ units: [], verified: ALL_TRUE });
  });

  it('has in it what the documents say, before and after a correction', () => {
    expect(facts.before).toEqual(formOf(lake, BEFORE_CORRECTION));
    expect(facts.after).toEqual(formOf(lake, AFTER_CORRECTION));
    const { gameId, teamId, assists } = facts.correction;
    const line = (rows: readonly FormRow[]) => rows.find((row) => row.game_id === gameId && row.team_id === teamId)?.assists;
    expect([line(facts.before), line(facts.after)]).toEqual([assists - 1, assists]);
  });

  it('repairs exactly what looks back at the correction: that game and the five after it', () => {
    const units = facts.repair.units.map(({ table, date, status }) => `${table} ${date} ${status}`);
    expect(units.sort()).toEqual([
      `nbac_player_boxscore ${CORRECTED} success`,
      `nbac_team_boxscore ${CORRECTED} success`,
      ...lake.reach(facts.correction.teamId, CORRECTED).map((date) => `team_assist_form ${date} success`),
    ].sort());
    expect(facts.verified).toEqual(ALL_TRUE);
  });

  it('knows from the schedule what is expected', () => {
    const december = lake.played.filter(({ date }) => date >= HOLE);
    expect(facts.schedule.played).toEqual(groupedByDate(december));
    expect(facts.schedule.next).toEqual(lake.games.filter(({ date }) => date === '2021-12-27').map(({ id }) => [id, 'scheduled']));
    expect(facts.schedule.window).toEqual(windowOf(lake, LAST).map(({ id }) => id));
  });

  it('is told of the one lost row by game and team, through a client of its own', () => {
    const lost = lake.games.find(({ id }) => id === facts.lost.game_id);
    const games = lake.played.filter(({ date }) => date >= HOLE).length;
    expect(facts.check).toMatchObject({
      hasGaps: true, incompleteDates: [HOLE], games: [games - 1, games], gaps: [{ kind: 'missing', date: HOLE, gameId: lost?.id, teamId: facts.lost.team_id }],
      coverage: { expected: 2 * games, present: 2 * games - 1, fraction: (2 * games - 1) / (2 * games) }, meetsThreshold: true,
    });
  });

  it('is told of it by a calendar, by a query of its own, team by team, and month by month', () => {
    const days = Array.from({ length: 17 }, (_, i) => `2021-12-${10 + i}`);
    const [gameId, team] = [facts.lost.game_id, facts.lost.team_id];
    // A day with rows is complete for a calendar, which knows no games.
    expect(facts.otherwise).toMatchObject({ everyDay: days.filter((day) => !lake.playedDates.includes(day)), workingDays: false });
    expect(facts.otherwise.byKeys).toEqual([expect.objectContaining({ kind: 'missing', date: HOLE, gameId, teamId: team })]);
    const before = (id: number) => lake.gamesOf(id).filter(({ date }) => date < '2021-12-12').slice(-5);
    expect(before(team).map(({ id }) => id)).toContain(gameId);
    expect(facts.otherwise.teams).toEqual({
      meetsThreshold: false, lacking: [[team, [{ date: HOLE, gameId }]]], expected: lake.teams.map((id) => before(id).length),
    });
    const rows = (month: string, from: string) => 2 * lake.played.filter(({ date }) => date.startsWith(month) && date >= from).length;
    expect(facts.otherwise.months).toEqual([
      ['2021-10-31', '2021-10-31', rows('2021-10', '2021-10-31'), rows('2021-10', '2021-10-31')],
      ['2021-11-01', '2021-11-30', rows('2021-11', ''), rows('2021-11', '')],
      ['2021-12-01', LAST, rows('2021-12', '') - 1, rows('2021-12', '')],
    ]);
    expect(facts.otherwise.aborted).toBe('we left');
  });

  it('is cleared by the guard, or blocked where a window of five games touches the date of the lost row', () => {
    const lost = lake.games.find(({ id }) => id === facts.lost.game_id) as Game;
    const blocked = Object.keys(facts.verdicts).filter((date) => windowOf(lake, date).some((game) => game.date === HOLE));
    expect(Object.entries(facts.verdicts).filter(([, lines]) => lines.length > 0).map(([date]) => date)).toEqual(blocked);
    expect(blocked.length).toBeGreaterThan(3);
    expect(blocked.length).toBeLessThan(Object.keys(facts.verdicts).length);
    const lines = facts.verdicts[blocked[0] as string] as readonly string[];
    expect(lines[0]).toMatch(new RegExp(`^Scouting BLOCKED: Data Gaps — 1 missing date in nba_raw.nbac_team_boxscore: ${HOLE}.*${lost.label}`));
    expect(lines.at(-1)).toBe(`Resolution: make box-scores DATES=${HOLE}`);
  });

  it('heals by a container as well, without going further than the date\'s teams can reach', () => {
    expect(facts.contained.verified).toEqual(ALL_TRUE);
    const rerun = (table: string) => facts.contained.units.filter((unit) => unit.table === table).map(({ date }) => date);
    expect(rerun('nbac_team_boxscore')).toEqual([HOLE]);
    expect(rerun('nbac_player_boxscore')).toEqual([]);
    // Which row was lost nobody knows any more: it may have been any team's of the date.
    const reachable = lake.played.filter(({ date }) => date === HOLE).flatMap(({ teams }) => teams).flatMap((team) => lake.reach(team, HOLE));
    expect(rerun('team_assist_form')).toEqual(expect.arrayContaining([...lake.reach(facts.lost.team_id, HOLE)]));
    expect(rerun('team_assist_form').filter((date) => !reachable.includes(date))).toEqual([]);
    expect(facts.healed).toMatchObject({ hasGaps: false, gaps: [] });
    expect(Object.values(facts.healedVerdicts).flat()).toEqual([]);
  });

  it('finds no door but those that the packages offer', () => {
    const text = "import { sql } from '@nba/kernel/dist/sql.js';\nimport { scheduledGame } from '@nba/schedule/dist/scheduled-game.js';\nconsole.log(sql, scheduledGame);\n";
    const { status, stdout } = consumer.compileAlone(type, 'deep.ts', text);
    expect(status).not.toBe(0);
    expect(stdout.match(/error TS2307: Cannot find module '@nba\/(kernel|schedule)\//g)).toHaveLength(2);
    // Compiled all the same, it does not run either.
    expect(consumer.node(type, 'dist/deep.js').stderr).toContain('ERR_PACKAGE_PATH_NOT_EXPORTED');
  });
});

describe('an installation of one library alone', () => {
  it.each([
    ['@nba/completeness', ['@nba/completeness', '@nba/kernel', '@nba/schedule']],
    ['@nba/dependency-guard', ['@nba/completeness', '@nba/dependency-guard', '@nba/kernel', '@nba/schedule']],
  ])('of %s brings its own kind and nothing else', (library, expected) => {
    expect(installAlone(library, tarballs)).toEqual(expected);
  });
});

function groupedByDate(games: readonly Game[]): Record<string, string[]> {
  const grouped: Record<string, string[]> = {};
  for (const { date, id } of games) (grouped[date] ??= []).push(id);
  return grouped;
}

/** The last five games before a date of every team that plays on it. */
function windowOf(lake: SampleLake, date: string): Game[] {
  const teams = lake.games.filter((game) => game.date === date).flatMap((game) => game.teams);
  const seen = new Set(teams.flatMap((team) => lake.gamesOf(team).filter((game) => game.date < date).slice(-5)));
  return lake.played.filter((game) => seen.has(game));
}

/** The table, game by game in this process. */
function formOf(lake: SampleLake, asOf: string): FormRow[] {
  const assists = new Map(lake.playedDates.map((date) => [date, lake.assists(date, asOf)]));
  return lake.teams.flatMap((team) => {
    const games = lake.gamesOf(team);
    const made = games.map(({ date, id }) => assists.get(date)?.get(`${id} ${team}`) as number);
    return games.map(({ id, date }, i): FormRow => {
      const last = made.slice(Math.max(0, i - 5), i);
      const sum = last.reduce((total, one) => total + one, 0);
      return {
        team_id: team, game_id: id, game_date: date, assists: made[i] as number, games_in_last_5: last.length,
        assists_last_5: last.length === 0 ? null : sum, assists_avg_last_5: last.length === 0 ? null : sum / last.length,
      };
    });
  });
}
