import { addDays, tableId, type GameDate, type Row } from '@nba/kernel';
import { asOf, describeShared, goldenFacts, sharedLeague, type League } from './league.fixture';
import { compute, computedFrom, differences, storedRows, type Dates, type Stored } from './computed.fixture';
import { analyticsProcessors, playerGameSummary, teamOffenseGameSummary, upcomingPlayerGameContext, upcomingTeamGameContext } from './index';
import { inOracle, oracle, type Oracle } from './oracle.fixture';

interface Golden {
  readonly lookback_samples: readonly (Record<'season' | 'player_id' | 'game_id' | 'team', string> & Record<string, number>)[];
  readonly team_wins: readonly { season: string; team: string; w: number; l: number; pts_for: number }[];
  readonly overtime_games: readonly { season: string; ot: number; games: number }[];
  readonly bootstrap: readonly { season: string; first_games: number; rows_with_under_5_prior: number; rows_with_under_10_prior: number }[];
}

const BOTH: Dates = ['2022-10-01', '2025-06-30'];
const FORM = Object.keys(playerGameSummary.table.columns).filter((name) => /_last_|^days_rest$|^is_back_to_back$|^prior_games$/.test(name));

describeShared('two real seasons', () => {
  let league: League;
  let whole: Stored;
  let golden: Golden;
  beforeAll(async () => {
    golden = goldenFacts();
    league = sharedLeague(['2022-23', '2024-25']);
    whole = await computedFrom(league, [BOTH]);
  });
  afterAll(() => whole.close());

  it.each(analyticsProcessors.filter(inOracle).map((processor) => [processor.table.name, processor] as const))('%s is, bit for bit, what loops over the raw rows give', async (name, { table }) => {
    const expected = oracleOf(league)[name as keyof Oracle];
    expect(expected.length).toBeGreaterThanOrEqual(4920);
    expect(differences(table, expected, await storedRows(whole, table))).toEqual([]);
  });

  it.each(analyticsProcessors.map((processor) => [processor.table.name, processor] as const))('%s has exactly the keys of its spine', async (_, processor) => {
    const receipt = await compute(whole, processor, BOTH);
    expect(receipt).toMatchObject({ status: 'success', missing: 0, unexpected: 0, duplicates: 0, changes: 0 });
  });

  it('knows the form before the games of the golden samples', async () => {
    for (const sample of golden.lookback_samples) {
      const [row] = await whole.query(`SELECT * FROM ${tableId(playerGameSummary.table)} WHERE game_id = @game_id AND player_id = @player_id`,
        { game_id: sample.game_id, player_id: Number(sample.player_id) });
      expect(row).toMatchObject({
        points: sample['pts'], prior_games: sample['prior_games'], days_rest: sample['days_since_last'], points_avg_last_5: sample['last5_pts'],
        points_avg_last_10: sample['last10_pts'], rebounds_avg_last_10: sample['last10_reb'], assists_avg_last_10: sample['last10_ast'],
        minutes_avg_last_10: sample['last10_min'],
      });
    }
  });

  it('has every team\'s wins, losses and points', async () => {
    const rows = await whole.query(`SELECT season, team_tricode AS team, COUNTIF(is_win) AS w, COUNTIF(NOT is_win) AS l, SUM(points) AS pts_for
      FROM ${tableId(teamOffenseGameSummary.table)} GROUP BY season, team_tricode`);
    const named = (all: readonly object[]) => new Set(all.map((row) => JSON.stringify(Object.entries(row).sort())));
    expect(named(rows)).toEqual(named(golden.team_wins));
  });

  it('has the overtimes and the early rows that are known', async () => {
    const overtimes = await whole.query(`SELECT season, overtime_periods AS ot, COUNT(DISTINCT game_id) AS games
      FROM ${tableId(teamOffenseGameSummary.table)} GROUP BY season, overtime_periods ORDER BY season, ot`);
    expect(overtimes).toEqual(golden.overtime_games);
    const early = await whole.query(`SELECT season, COUNTIF(prior_games = 0) AS first_games, COUNTIF(prior_games < 5) AS rows_with_under_5_prior,
      COUNTIF(prior_games < 10) AS rows_with_under_10_prior FROM ${tableId(playerGameSummary.table)} GROUP BY season ORDER BY season`);
    expect(early).toEqual(golden.bootstrap);
  });

  it('gives the same rows whether dates are computed one by one, by sevens, by thirties or at once', async () => {
    const groups = [...inGroups('2024-10-01', '2025-01-31', 30), ...inGroups('2025-02-01', '2025-02-28', 1), ...inGroups('2025-03-01', '2025-06-30', 7)];
    const grouped = await computedFrom(league, [['2022-10-01', '2023-06-30'], ...groups]);
    for (const { table } of analyticsProcessors) {
      expect(differences(table, await storedRows(whole, table), await storedRows(grouped, table))).toEqual([]);
    }
    await grouped.close();
  });

  it.each(['2024-10-22', '2025-01-15', '2025-02-20', '2025-04-13'])('knows nothing of scores from %s on until then', async (date) => {
    const morning = await computedFrom(asOf(season(league, '2024-25'), date), [['2024-10-01', '2025-06-30']]);
    for (const { table } of [upcomingTeamGameContext, upcomingPlayerGameContext]) {
      const upTo = async (warehouse: Stored) => (await storedRows(warehouse, table)).filter((row) => row['season'] === '2024-25' && String(row['game_date']) <= date);
      const expected = await upTo(whole);
      if (date > '2024-10-22') expect(expected.filter((row) => row['game_date'] === date).length).toBeGreaterThan(0);
      expect(differences(table, expected, await upTo(morning))).toEqual([]);
    }
    await morning.close();
  });

  it('gives every future game of a team a row, in the state after its latest played game', async () => {
    const date = '2025-02-20';
    const morning = await computedFrom(asOf(season(league, '2024-25'), date), [['2024-10-01', '2025-06-30']]);
    const byLoops = oracle(asOf(season(league, '2024-25'), date));
    for (const { table } of [upcomingTeamGameContext, upcomingPlayerGameContext]) {
      const expected = byLoops[table.name as keyof Oracle];
      expect(expected.filter((row) => String(row['game_date']) > date).length).toBeGreaterThan(800);
      expect(differences(table, expected, await storedRows(morning, table))).toEqual([]);
    }
    await morning.close();
  });

  it('has no form column that depends on the game itself', async () => {
    const date = '2025-01-15';
    const changed = (row: Row): Row => (row['game_date'] === date ? { ...row, points: 1, rebounds: 2, assists: 3, seconds_played: 60, minutes: 1 } : row);
    const until = season(league, '2024-25');
    const altered = await computedFrom({ ...until, players: until.players.map(changed) }, [['2024-10-01', date]]);
    const of = async (warehouse: Stored) => (await storedRows(warehouse, playerGameSummary.table)).filter((row) => row['game_date'] === date);
    expect((await of(altered)).every((row) => row['points'] === 1)).toBe(true);
    expect(FORM).toHaveLength(21);
    expect(differences(playerGameSummary.table, await of(whole), await of(altered), FORM)).toEqual([]);
    await altered.close();
  });
});

let known: Oracle | undefined;
function oracleOf(league: League): Oracle {
  return (known ??= oracle(league));
}

function season(league: League, name: string): League {
  const of = (rows: readonly Row[]) => rows.filter((row) => row['season'] === name);
  return { schedule: of(league.schedule), teams: of(league.teams), players: of(league.players) };
}

function inGroups(from: string, to: string, days: number): Dates[] {
  const groups: Dates[] = [];
  for (let start = from as GameDate; start <= to; start = addDays(start, days)) {
    const end = addDays(start, days - 1);
    groups.push([start, end < to ? end : to]);
  }
  return groups;
}
