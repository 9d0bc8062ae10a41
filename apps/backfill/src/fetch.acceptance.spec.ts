import { existsSync, mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { REAL_LAKE, SHARED, describeOnRealData } from './lake-folder.fixture';
import { type NbaComServer, lakeContents, startNbaComServer } from './nba-com-server.fixture';
import { type Ended, Programs, Workplace, answer, until } from './programs.fixture';
import { type Found, query } from './warehouse-file.fixture';

type Fact = Readonly<Record<string, string | number>>;

const SEASON = '2022-23';
const PLAYERS = 'nba_analytics.player_game_summary';
const TEAMS = 'nba_analytics.team_offense_game_summary';
const STATS: Readonly<Record<string, string>> = {
  pts: 'points', fgm: 'field_goals_made', fga: 'field_goals_attempted', fg3m: 'three_pointers_made', fg3a: 'three_pointers_attempted',
  ftm: 'free_throws_made', fta: 'free_throws_attempted', oreb: 'offensive_rebounds', dreb: 'defensive_rebounds', reb: 'rebounds', ast: 'assists',
  stl: 'steals', blk: 'blocks', tov: 'turnovers', pf: 'personal_fouls', min: 'seconds_played / 60',
};

interface FetchAnswer {
  readonly exitCode: number;
  readonly requests: number;
  readonly documentsWritten: number;
  readonly next: string | null;
  readonly seasons: readonly { readonly documents: Readonly<Record<string, Readonly<Record<'new' | 'changed' | 'unchanged' | 'kept', number>>>> }[];
}

describeOnRealData('a season fetched from a server that answers as nba.com does', () => {
  let programs: Programs;
  let place: Workplace;
  let server: NbaComServer;
  let first: Ended;
  let all: Ended;
  const golden = JSON.parse(readFileSync(join(SHARED, 'golden/golden.json'), 'utf8')) as Readonly<Record<string, readonly Fact[]>>;
  const facts = (name: string): Fact[] => {
    const own = (golden[name] ?? []).filter(({ season }) => season === SEASON);
    if (own.length === 0) throw new Error(`golden.json has no ${name} of ${SEASON}`);
    return own;
  };
  const fetchArgs = (lake: string, ...rest: string[]) => ['fetch', '--season', SEASON, '--lake', place.path(lake), '--base-url', server.baseUrl, '--interval', '0', ...rest];
  const ask = (text: string): Promise<Found[]> => query(place.path('w.duckdb'), text);
  const numbers = (row: Found | undefined) => Object.fromEntries(Object.entries(row ?? {}).map(([name, value]) => [name, Number(value)]));

  beforeAll(async () => {
    programs = new Programs();
    place = new Workplace();
    server = await startNbaComServer(SEASON);
    server.faults.set('scheduleleaguev2', ['503']);
    server.faults.set('leaguegamelog P', ['429', 'cut-off']);
    server.faults.set('leaguegamelog T', ['cut-off', '503']);
    first = await programs.backfill(fetchArgs('lake'));
    all = await programs.backfill(['all', '--season', SEASON, ...place.at('w.duckdb')]);
  }, 180_000);
  afterAll(async () => {
    await server.close();
    programs.remove();
    place.remove();
  });

  it('is stored whole in an empty lake, past a 429, a 503 and bodies that are cut off', () => {
    expect(first).toMatchObject({ code: 0 });
    expect(first.out).toContain('player box scores  164 dates: 164 new');
    expect(first.out).toContain(`Next: nx run backfill:all --season=${SEASON}`);
    expect(first.err).toMatch(/429 .*again in/);
    expect(server.requests.slice(0, 8)).toEqual([
      'scheduleleaguev2', 'scheduleleaguev2', 'leaguegamelog P', 'leaguegamelog P', 'leaguegamelog P', 'leaguegamelog T', 'leaguegamelog T', 'leaguegamelog T',
    ]);
    const [fetched, real] = [lakeContents(place.path('lake'), SEASON), lakeContents(REAL_LAKE, SEASON)];
    expect([...fetched.keys()]).toHaveLength(2 * 164 + 1);
    expect(fetched).toEqual(real);
  });

  it('is loaded, computed and verified by the next command', async () => {
    expect(all).toMatchObject({ code: 0 });
    const [found] = await ask('SELECT COUNT(DISTINCT game_date) AS dates, COUNT(DISTINCT game_id) AS games, COUNT(*) AS "rows" FROM nba_raw.nbac_player_boxscore');
    expect(numbers(found)).toEqual({ dates: 164, games: 1230, rows: 25895 });
    const verified = await programs.verifier(['--season', SEASON, ...place.at('w.duckdb'), '--json']);
    expect([verified.code, answer<{ complete: boolean }>(verified).complete]).toEqual([0, true]);
  });

  it('has the totals of the season, its overtimes and its schedule', async () => {
    const sums = Object.entries(STATS).map(([name, column]) => `SUM(${column}) AS ${name}`).join(', ');
    const [found] = await ask(`SELECT COUNT(*) AS player_rows, COUNT(DISTINCT game_id) AS games, COUNT(DISTINCT game_date) AS game_dates, COUNT(DISTINCT player_id) AS players, ${sums},
      COUNT(*) FILTER (seconds_played = 0) AS zero_minute_rows FROM ${PLAYERS}`);
    const { season: _season, first_date: _first, last_date: _last, ...totals } = facts('season_totals')[0] as Fact;
    expect(numbers(found)).toEqual(totals);
    const overtimes = await ask(`SELECT overtime_periods AS ot, COUNT(DISTINCT game_id) AS games FROM ${TEAMS} GROUP BY ALL ORDER BY ot`);
    expect(overtimes.map(numbers)).toEqual(facts('overtime_games').map(({ ot, games }) => ({ ot, games })));
    const [scheduled] = await ask('SELECT COUNT(*) AS games FROM nba_raw.nbac_schedule');
    expect(Number(scheduled?.['games'])).toBe(facts('schedule_counts').reduce((sum, { games }) => sum + Number(games), 0));
  });

  it('has every team\'s wins, the leaders, the great games and the form before famous ones', async () => {
    const wins = await ask(`SELECT team_tricode AS team, COUNT(*) FILTER (is_win) AS w, COUNT(*) FILTER (NOT is_win) AS l, SUM(points) AS pts_for FROM ${TEAMS} GROUP BY ALL`);
    const line = (row: Found | Fact) => `${row['team']} ${row['w']}-${row['l']} ${row['pts_for']}`;
    expect(wins.map(line).sort()).toEqual(facts('team_wins').map(line).sort());
    for (const { stat, player_id, total, gp } of facts('total_leaders')) {
      const [found] = await ask(`SELECT SUM(${STATS[String(stat).toLowerCase()]}) AS total, COUNT(*) AS gp FROM ${PLAYERS} WHERE player_id = ${player_id}`);
      expect([stat, player_id, numbers(found)]).toEqual([stat, player_id, { total, gp }]);
    }
    const great = await ask(`SELECT game_id, CAST(player_id AS VARCHAR) AS player_id, player_name, points FROM ${PLAYERS} WHERE points >= 60 ORDER BY game_id`);
    expect(great.map(({ game_id, player_id, player_name, points }) => [game_id, player_id, player_name, Number(points)]))
      .toEqual(facts('games_of_60_or_more_points').map(({ game_id, player_id, player, pts }) => [game_id, player_id, player, pts]).sort());
    for (const { game_id, player_id, pts, prior_games, last5_pts, last10_pts } of facts('lookback_samples')) {
      const [found] = await ask(`SELECT points AS pts, prior_games, points_avg_last_5 AS last5_pts, points_avg_last_10 AS last10_pts FROM ${PLAYERS} WHERE game_id = '${game_id}' AND player_id = ${player_id}`);
      expect(numbers(found)).toEqual({ pts, prior_games, last5_pts, last10_pts });
    }
  });

  it('is not written again when it is fetched again', async () => {
    const before = lakeContents(place.path('lake'), SEASON);
    const again = await programs.backfill(fetchArgs('lake', '--json'));
    expect(answer<FetchAnswer>(again)).toMatchObject({
      exitCode: 0, requests: 3, documentsWritten: 0, next: null,
      seasons: [{ documents: { schedule: { unchanged: 1 }, 'player-boxscores': { new: 0, changed: 0, unchanged: 164, kept: 0 }, 'team-boxscores': { new: 0, changed: 0, unchanged: 164, kept: 0 } } }],
    });
    expect(lakeContents(place.path('lake'), SEASON)).toEqual(before);
    expect((await programs.backfill(fetchArgs('lake'))).out).toContain('Nothing has changed: the lake holds what nba.com says.');
  });

  it('is the same in the end when the fetch was killed in the middle', async () => {
    const folder = place.path('killed');
    const written = () => ['player-boxscores', 'team-boxscores'].flatMap((kind) => (existsSync(join(folder, 'nba-com', kind)) ? readdirSync(join(folder, 'nba-com', kind)) : [])).length;
    mkdirSync(folder);
    // A second between requests: it dies among the dates of the players, or before the teams were asked for.
    const running = programs.start('backfill', [...fetchArgs('killed').slice(0, -1), '1']);
    await until(() => written() > 0);
    running.process.kill('SIGKILL');
    await running.ended;
    expect(running.process.signalCode).toBe('SIGKILL');
    expect(written()).toBeLessThan(328);
    const ended = await programs.backfill(fetchArgs('killed'));
    expect(ended.code).toBe(0);
    expect(lakeContents(folder, SEASON)).toEqual(lakeContents(REAL_LAKE, SEASON));
  });

  it('ends with 130 when it is interrupted, and says that what was written stays', async () => {
    const asked = server.requests.length;
    const running = programs.start('backfill', [...fetchArgs('interrupted').slice(0, -1), '30']);
    await until(() => server.requests.length > asked && existsSync(join(place.path('interrupted'), 'nba-com/schedule', SEASON)));
    running.process.kill('SIGINT');
    const ended = await running.ended;
    expect(ended.code).toBe(130);
    expect(ended.out).toContain('interrupted; what was written stays');
    expect(ended.out).toContain(`Next: nx run backfill:fetch --season=${SEASON}`);
  });
});
