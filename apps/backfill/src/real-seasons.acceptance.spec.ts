import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SHARED, REAL_LAKE, describeOnRealData, gameDateOf, gamesOf, realSchedule } from './lake-folder.fixture';
import { type Ended, Programs, Workplace, answer } from './programs.fixture';
import { COMPUTED, type Found, query } from './warehouse-file.fixture';

type Fact = Readonly<Record<string, string | number>>;
type Golden = Readonly<Record<string, readonly Fact[]>>;

const STATS: Readonly<Record<string, string>> = {
  pts: 'points', fgm: 'field_goals_made', fga: 'field_goals_attempted', fg3m: 'three_pointers_made', fg3a: 'three_pointers_attempted',
  ftm: 'free_throws_made', fta: 'free_throws_attempted', oreb: 'offensive_rebounds', dreb: 'defensive_rebounds', reb: 'rebounds', ast: 'assists',
  stl: 'steals', blk: 'blocks', tov: 'turnovers', pf: 'personal_fouls', min: 'seconds_played / 60',
};
const GAME_TYPES: Readonly<Record<string, string>> = {
  'Regular Season': 'regular-season', 'Pre Season': 'preseason', 'All Star': 'all-star', Playoffs: 'playoffs', PlayIn: 'play-in', 'NBA Cup Final': 'cup-final',
};
const SEASONS = ['--season', '2022-23,2024-25'];
const PLAYERS = 'nba_analytics.player_game_summary';
const TEAMS = 'nba_analytics.team_offense_game_summary';

describeOnRealData('two real seasons', () => {
  let programs: Programs;
  let place: Workplace;
  let first: Ended;
  const golden = JSON.parse(readFileSync(join(SHARED, 'golden/golden.json'), 'utf8')) as Golden;
  const facts = (name: string): readonly Fact[] => {
    const list = golden[name];
    if (!list || list.length === 0) throw new Error(`golden.json has no ${name}`);
    return list;
  };
  const at = () => place.at('w.duckdb', REAL_LAKE);
  const ask = (text: string): Promise<Found[]> => query(place.path('w.duckdb'), text);
  /** Numbers as numbers: DuckDB's long integers come as text. */
  const numbers = (row: Found | undefined) => Object.fromEntries(Object.entries(row ?? {}).map(([name, value]) => [name, Number(value)]));

  beforeAll(async () => {
    programs = new Programs();
    place = new Workplace();
    first = await programs.backfill(['all', ...SEASONS, ...at()]);
  }, 180_000);
  afterAll(() => {
    programs.remove();
    place.remove();
  });

  it('are loaded, computed and verified by one command', async () => {
    expect(first).toMatchObject({ code: 0 });
    expect(first.out).toContain('Complete');
    const [found] = await ask('SELECT COUNT(DISTINCT game_date) AS dates, COUNT(DISTINCT game_id) AS games, COUNT(*) AS "rows" FROM nba_raw.nbac_player_boxscore');
    expect(numbers(found)).toEqual({ dates: 327, games: 2460, rows: 52201 });
  });

  it.each(['2', '3', '4', undefined])('are complete to the verifier, phase %s', async (phase) => {
    const ended = await programs.verifier([...(phase ? ['--phase', phase] : []), ...SEASONS, ...at(), '--json']);
    expect(ended.code).toBe(0);
    const { complete, verifications } = answer<{ complete: boolean; verifications: { phase: number; reports: { hasGaps: boolean; dates: Fact; games: Fact }[] }[] }>(ended);
    expect(complete).toBe(true);
    expect([...new Set(verifications.map((one) => one.phase))]).toEqual(phase ? [Number(phase)] : [2, 3, 4]);
    const [season] = verifications.flatMap(({ reports }) => reports);
    expect(season).toMatchObject({ hasGaps: false, dates: { present: 164, expected: 164 }, games: { present: 1230, expected: 1230 } });
  });

  it('need nothing a second time', async () => {
    const again = await programs.backfill(['all', ...SEASONS, ...at(), '--json']);
    const { exitCode, phases } = answer<{ exitCode: number; phases: { unitsRun: number; rows: number; alreadyComplete: number }[] }>(again);
    expect([again.code, exitCode]).toEqual([0, 0]);
    // 2 seasons of the schedule and 327 dates of two raw tables; 327 dates of five and of four tables.
    expect(phases.map(({ unitsRun, rows, alreadyComplete }) => [unitsRun, rows, alreadyComplete])).toEqual([[0, 0, 656], [0, 0, 1635], [0, 0, 1308]]);
    expect((await programs.backfill(['status', ...SEASONS, ...at()])).code).toBe(0);
  });

  it('have the season totals', async () => {
    const sums = Object.entries(STATS).map(([name, column]) => `SUM(${column}) AS ${name}`).join(', ');
    for (const fact of facts('season_totals')) {
      for (const table of [PLAYERS, 'nba_raw.nbac_player_boxscore']) {
        const [found] = await ask(`SELECT season, COUNT(*) AS player_rows, COUNT(DISTINCT game_id) AS games, COUNT(DISTINCT game_date) AS game_dates,
          MIN(game_date) AS first_date, MAX(game_date) AS last_date, COUNT(DISTINCT player_id) AS players, ${sums},
          COUNT(*) FILTER (seconds_played = 0) AS zero_minute_rows FROM ${table} WHERE season = '${fact['season']}' GROUP BY season`);
        const { season, first_date, last_date, ...counted } = found ?? {};
        expect({ season, first_date, last_date, ...numbers(counted) }).toEqual(fact);
      }
    }
  });

  it('have the schedule with every type of game', async () => {
    for (const { season, season_type, games, dates } of facts('schedule_counts')) {
      const [found] = await ask(`SELECT COUNT(*) AS games, COUNT(DISTINCT game_date) AS dates FROM nba_raw.nbac_schedule
        WHERE season = '${season}' AND game_type = '${GAME_TYPES[String(season_type)]}'`);
      expect({ season, season_type, ...numbers(found) }).toEqual({ season, season_type, games, dates });
    }
    const [all] = await ask('SELECT COUNT(*) AS games FROM nba_raw.nbac_schedule');
    expect(Number(all?.['games'])).toBe(facts('schedule_counts').reduce((sum, { games }) => sum + Number(games), 0));
  });

  it('have the overtime games', async () => {
    const found = await ask(`SELECT season, overtime_periods AS ot, COUNT(DISTINCT game_id) AS games FROM ${TEAMS} GROUP BY ALL ORDER BY season, ot`);
    expect(found.map(({ season, ...rest }) => ({ season, ...numbers(rest) }))).toEqual(facts('overtime_games'));
  });

  it('have the games of each date, and no rows on the dates off', async () => {
    const found = await ask(`SELECT season, games, COUNT(*) AS dates FROM (SELECT season, game_date, COUNT(DISTINCT game_id) AS games FROM ${TEAMS} GROUP BY ALL)
      GROUP BY ALL ORDER BY season, games`);
    expect(found.map(({ season, ...rest }) => ({ season, ...numbers(rest) }))).toEqual(facts('games_per_date_histogram'));
    const off = facts('no_game_dates_within_season').flatMap(({ dates }) => String(dates).split(' '));
    expect(off).toHaveLength(21);
    for (const table of ['nba_raw.nbac_player_boxscore', 'nba_raw.nbac_team_boxscore', ...COMPUTED]) {
      const [stray] = await ask(`SELECT COUNT(*) AS "rows" FROM ${table} WHERE game_date IN (${off.map((date) => `'${date}'`).join(', ')})`);
      expect([table, Number(stray?.['rows'])]).toEqual([table, 0]);
    }
  });

  it('have the leaders', async () => {
    for (const { season, stat, player_id, player, total, gp } of facts('total_leaders')) {
      const better = await ask(`SELECT player_id, MAX(player_name) AS player, SUM(${STATS[String(stat).toLowerCase()]}) AS total, COUNT(*) AS gp FROM ${PLAYERS}
        WHERE season = '${season}' GROUP BY player_id HAVING total >= ${total}`);
      const own = better.find((row) => String(row['player_id']) === player_id);
      expect(own && { player: own['player'], total: Number(own['total']), gp: Number(own['gp']) }).toEqual({ player, total, gp });
      const rank = facts('total_leaders').filter((one) => one['season'] === season && one['stat'] === stat && Number(one['total']) > Number(total)).length;
      expect(better.filter((row) => Number(row['total']) > Number(total))).toHaveLength(rank);
    }
  });

  it('have the best scorers of those with 58 games', async () => {
    for (const season of ['2022-23', '2024-25']) {
      const found = await ask(`SELECT '${season}' AS season, MAX(player_name) AS player, CAST(player_id AS VARCHAR) AS player_id, COUNT(*) AS gp, SUM(points) AS pts,
        ROUND(SUM(points) / COUNT(*), 4) AS ppg FROM ${PLAYERS} WHERE season = '${season}' GROUP BY player_id HAVING gp >= 58 ORDER BY ppg DESC LIMIT 3`);
      expect(found.map(({ gp, pts, ppg, ...names }) => ({ ...names, ...numbers({ gp, pts, ppg } as Found) }))).toEqual(facts('ppg_leaders_qualified').filter((one) => one['season'] === season));
    }
  });

  it('have the games of 60 and more points', async () => {
    const found = await ask(`SELECT season, game_date AS "date", game_id, CAST(player_id AS VARCHAR) AS player_id, player_name AS player, points AS pts, field_goals_made AS fgm,
      field_goals_attempted AS fga, three_pointers_made AS fg3m, free_throws_made AS ftm, rebounds AS reb, assists AS ast, seconds_played / 60 AS "min" FROM ${PLAYERS} WHERE points >= 60 ORDER BY game_id`);
    const expected = facts('games_of_60_or_more_points').map(({ matchup: _matchup, ...fact }) => fact).sort((a, b) => (String(a['game_id']) < String(b['game_id']) ? -1 : 1));
    expect(found.map(({ season, date, game_id, player_id, player, ...line }) => ({ season, date, game_id, player_id, player, ...numbers(line) }))).toEqual(expected);
  });

  it('have the most, the fewest and the furthest apart', async () => {
    for (const fact of facts('team_extremes')) {
      const extreme = async (column: string, order: string) => (await ask(`SELECT ${column} AS "value", team_tricode, game_date FROM ${TEAMS} WHERE season = '${fact['season']}' ORDER BY "value" ${order}, game_id LIMIT 1`))[0];
      for (const [name, column, order] of [['max_pts', 'points', 'DESC'], ['min_pts', 'points', 'ASC'], ['max_margin', 'margin', 'DESC']] as const) {
        const found = await extreme(column, order);
        expect([name, Number(found?.['value'])]).toEqual([name, fact[name]]);
        // "SAC @ LAC 2023-02-24": the team, where it played, whom, when.
        const [team, , , date] = String(fact[`${name}_game`]).split(' ');
        expect([found?.['team_tricode'], found?.['game_date']]).toEqual([team, date]);
      }
    }
  });

  it('have every team\'s wins, losses and points', async () => {
    const found = await ask(`SELECT season, team_tricode AS team, COUNT(*) FILTER (is_win) AS w, COUNT(*) FILTER (NOT is_win) AS l, SUM(points) AS pts_for FROM ${TEAMS} GROUP BY ALL`);
    const key = (row: Found | Fact) => `${row['season']} ${row['team']} ${row['w']}-${row['l']} ${row['pts_for']}`;
    expect(found.map(key).sort()).toEqual(facts('team_wins').map(key).sort());
    // The table of the morning after the last game but one knows all but the last.
    const [denver] = await ask(`SELECT wins + losses AS played, game_number FROM nba_analytics.upcoming_team_game_context WHERE team_id = 1610612743 ORDER BY game_date DESC LIMIT 1`);
    expect(numbers(denver)).toEqual({ played: 81, game_number: 82 });
  });

  it('have the double and triple doubles', async () => {
    const tens = ['points', 'rebounds', 'assists', 'steals', 'blocks'].map((stat) => `CAST(${stat} >= 10 AS INTEGER)`).join(' + ');
    const found = await ask(`SELECT season, COUNT(*) FILTER (tens >= 2) AS double_doubles, COUNT(*) FILTER (tens >= 3) AS triple_doubles
      FROM (SELECT season, ${tens} AS tens FROM ${PLAYERS}) GROUP BY season ORDER BY season`);
    expect(found.map(({ season, ...rest }) => ({ season, ...numbers(rest) }))).toEqual(facts('double_and_triple_doubles'));
  });

  it('have the bootstrap rows, kept and counted', async () => {
    const found = await ask(`SELECT season, COUNT(*) FILTER (prior_games = 0) AS first_games, COUNT(*) FILTER (prior_games < 5) AS rows_with_under_5_prior,
      COUNT(*) FILTER (prior_games < 10) AS rows_with_under_10_prior FROM ${PLAYERS} GROUP BY season ORDER BY season`);
    expect(found.map(({ season, ...rest }) => ({ season, ...numbers(rest) }))).toEqual(facts('bootstrap'));
  });

  it('have the form before three famous games', async () => {
    for (const fact of facts('lookback_samples')) {
      const [found] = await ask(`SELECT points AS pts, prior_games, points_avg_last_5 AS last5_pts, points_avg_last_10 AS last10_pts, minutes_avg_last_10 AS last10_min,
        rebounds_avg_last_10 AS last10_reb, assists_avg_last_10 AS last10_ast, days_rest AS days_since_last FROM ${PLAYERS}
        WHERE game_id = '${fact['game_id']}' AND player_id = ${fact['player_id']} AND game_date = '${fact['date']}'`);
      const { season: _s, player_id: _p, player: _n, game_id: _g, date: _d, team: _t, last20_pts, season_to_date_pts, ...expected } = fact;
      expect(numbers(found)).toEqual(expected);
      const before = `SELECT points, ROW_NUMBER() OVER (ORDER BY game_date DESC, game_id DESC) AS ago FROM ${PLAYERS}
        WHERE player_id = ${fact['player_id']} AND season = '${fact['season']}' AND game_date < '${fact['date']}'`;
      const [longer] = await ask(`SELECT SUM(points) FILTER (ago <= 20) / 20 AS last20_pts, ROUND(SUM(points) / COUNT(*), 4) AS season_to_date_pts FROM (${before})`);
      expect(numbers(longer)).toEqual({ last20_pts, season_to_date_pts });
    }
  });

  it('have postponed and moved games on the date on which they were played, and nowhere else', async () => {
    const moved = [...facts('postponed_games'), ...facts('moved_games_2023_24_and_2024_25')].filter(({ season }) => season !== '2023-24');
    const expected = moved.map(({ game_id, played_date }) => `${game_id} ${played_date}`).sort();
    expect(expected).toHaveLength(19);
    const ids = moved.map(({ game_id }) => `'${game_id}'`).join(', ');
    for (const table of ['nba_raw.nbac_schedule', 'nba_raw.nbac_player_boxscore', 'nba_raw.nbac_team_boxscore', ...COMPUTED]) {
      const found = await ask(`SELECT DISTINCT game_id, game_date FROM ${table} WHERE game_id IN (${ids})`);
      expect([table, found.map(({ game_id, game_date }) => `${game_id} ${game_date}`).sort()]).toEqual([table, expected]);
    }
  });

  it('take home and away of neutral-site games from the schedule, not from the text of the match-up', async () => {
    const schedule = gamesOf(realSchedule());
    for (const { game_id, date } of facts('neutral_site_matchup_quirk')) {
      const game = schedule.find(({ gameId }) => gameId === game_id);
      if (!game) throw new Error(`The schedule document has no ${game_id}`);
      expect(gameDateOf(game)).toBe(date);
      for (const table of [TEAMS, 'nba_analytics.upcoming_team_game_context', PLAYERS]) {
        const found = await ask(`SELECT DISTINCT team_id, opponent_team_id, is_home FROM ${table} WHERE game_id = '${game_id}' ORDER BY is_home DESC`);
        const [home, away] = [String(game.homeTeam.teamId), String(game.awayTeam.teamId)];
        expect([table, ...found.map((row) => [row['team_id'], row['opponent_team_id'], row['is_home']])]).toEqual([table, [home, away, true], [away, home, false]]);
      }
    }
  });
});
