import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { GameDate, Row, Season } from '@nba/kernel';
import type { LakeDocument, RawOutput } from '@nba/pipeline';
import { nbacPlayerBoxscore, nbacSchedule, nbacTeamBoxscore } from './index';

const SHARED = join(__dirname, '../../../../shared');
const LAKE = join(SHARED, 'lake');
const settings = { gameTypes: ['regular-season'] as const };

type Kind = 'schedule' | 'player-boxscores' | 'team-boxscores';

function documentsOf(kind: Kind, partition: string): LakeDocument[] {
  const folder = `nba-com/${kind}/${partition}`;
  return readdirSync(join(LAKE, folder)).sort().map((name) => ({
    ref: { path: `${folder}/${name}`, kind, partition: partition as GameDate, stamp: name.slice(0, 15) },
    text: readFileSync(join(LAKE, folder, name), 'utf8'),
  }));
}

const sum = (rows: readonly Row[], column: string): number => rows.reduce((total, row) => total + (row[column] as number), 0);

if (!existsSync(LAKE)) console.warn(`skipped: no shared lake at ${LAKE}`);
const describeShared = existsSync(LAKE) ? describe : describe.skip;

describeShared('the two shared seasons', () => {
  const golden = JSON.parse(readFileSync(join(SHARED, 'golden/golden.json'), 'utf8')) as {
    season_totals: Record<string, number | string>[];
    schedule_counts: { season: string; season_type: string; games: number; dates: number }[];
  };
  const seasons = ['2022-23', '2024-25'] as Season[];
  let schedules: Map<Season, RawOutput>;
  const interpreted = { player: [] as RawOutput[], team: [] as RawOutput[] };

  beforeAll(() => {
    const texts = seasons.map((season) => ({ season, documents: documentsOf('schedule', season) }));
    const dates = readdirSync(join(LAKE, 'nba-com/player-boxscores')) as GameDate[];
    const units = dates.map((date) => ({ date, players: documentsOf('player-boxscores', date), teams: documentsOf('team-boxscores', date) }));
    schedules = new Map(texts.map(({ season, documents }) => [season, nbacSchedule.interpret({ partition: season, documents, schedule: [], settings })]));
    const byDate = new Map<string, Row[]>();
    for (const row of [...schedules.values()].flatMap(({ rows }) => rows)) {
      byDate.set(String(row['game_date']), [...(byDate.get(String(row['game_date'])) ?? []), row]);
    }
    for (const { date, players, teams } of units) {
      const schedule = byDate.get(date) ?? [];
      interpreted.player.push(nbacPlayerBoxscore.interpret({ partition: date, documents: players, schedule, settings }));
      interpreted.team.push(nbacTeamBoxscore.interpret({ partition: date, documents: teams, schedule, settings }));
    }
  });

  it('have nothing wrong', () => {
    expect([...schedules.values(), ...interpreted.player, ...interpreted.team].flatMap(({ findings }) => findings)).toEqual([]);
  });

  it('have all their games, players and teams', () => {
    expect(seasons.map((season) => schedules.get(season)?.rows.length)).toEqual([1324, 1400]);
    expect(interpreted.player.flatMap(({ rows }) => rows)).toHaveLength(52_201);
    expect(interpreted.team.flatMap(({ rows }) => rows)).toHaveLength(4_920);
  });

  it('have the golden number of games and dates of each type', () => {
    const types: Record<string, string> = {
      'All Star': 'all-star', PlayIn: 'play-in', Playoffs: 'playoffs', 'Regular Season': 'regular-season', 'NBA Cup Final': 'cup-final', 'Pre Season': 'preseason',
    };
    for (const { season, season_type, games, dates } of golden.schedule_counts) {
      const rows = schedules.get(season as Season)?.rows.filter((row) => row['game_type'] === types[season_type]) ?? [];
      expect([season, season_type, rows.length, new Set(rows.map((row) => row['game_date'])).size]).toEqual([season, season_type, games, dates]);
    }
  });

  it.each(seasons)('%s has the golden totals', (season) => {
    const rows = interpreted.player.flatMap((output) => output.rows).filter((row) => row['season'] === season);
    const total = golden.season_totals.find((entry) => entry['season'] === season) as Record<string, number>;
    const columns = {
      pts: 'points', fgm: 'field_goals_made', fga: 'field_goals_attempted', fg3m: 'three_pointers_made', fg3a: 'three_pointers_attempted',
      ftm: 'free_throws_made', fta: 'free_throws_attempted', oreb: 'offensive_rebounds', dreb: 'defensive_rebounds', reb: 'rebounds',
      ast: 'assists', stl: 'steals', blk: 'blocks', tov: 'turnovers', pf: 'personal_fouls',
    };
    const found = Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, sum(rows, column)]));
    expect(found).toEqual(Object.fromEntries(Object.keys(columns).map((name) => [name, total[name]])));
    expect(rows).toHaveLength(total['player_rows'] as number);
    expect(new Set(rows.map((row) => row['player_id'])).size).toBe(total['players']);
    expect(sum(rows, 'seconds_played')).toBe((total['min'] as number) * 60);
    expect(rows.filter((row) => row['seconds_played'] === 0)).toHaveLength(total['zero_minute_rows'] as number);
  });

  it.each([
    ['the schedule', nbacSchedule, () => schedules.get('2024-25' as Season)],
    ['player box scores', nbacPlayerBoxscore, () => interpreted.player[0]],
    ['team box scores', nbacTeamBoxscore, () => interpreted.team[0]],
  ] as const)('rows of %s have exactly the columns of their table', (_, processor, output) => {
    expect(Object.keys(output()?.rows[0] ?? {})).toEqual(Object.keys(processor.table.columns));
  });
});
