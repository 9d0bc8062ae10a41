import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type GameDate, type Season, addDays, daysBetween, games, gameTypeOf } from '@nba/kernel';
import { GameCalendar } from './game-calendar';
import { type ScheduledGame, sidesOf } from './scheduled-game';
import { SEASONS } from './seasons';
import { resolveWindow } from './window';

const SHARED = join(__dirname, '../../../../shared');
const REAL = ['2022-23', '2024-25'];

interface FeedTeam { teamId: number; teamTricode: string; score: number }
interface FeedGame { gameId: string; gameDateEst: string; homeTeam: FeedTeam; awayTeam: FeedTeam }
interface Golden {
  no_game_dates_within_season: { season: string; dates: string }[];
  postponed_games: { season: string; game_id: string; original_date: string; played_date: string }[];
}

function readSchedule(season: string): ScheduledGame[] {
  const folder = join(SHARED, 'lake/nba-com/schedule', season);
  const { leagueSchedule } = JSON.parse(readFileSync(join(folder, readdirSync(folder).sort().at(-1) as string), 'utf8')) as {
    leagueSchedule: { gameDates: { games: FeedGame[] }[] };
  };
  const side = ({ teamId, teamTricode, score }: FeedTeam) => ({ teamId, tricode: teamTricode, score });
  return leagueSchedule.gameDates
    .flatMap(({ games: ofDate }) => ofDate)
    .filter(({ gameId }) => gameTypeOf(gameId) === 'regular-season')
    .map(({ gameId, gameDateEst, homeTeam, awayTeam }) => ({
      gameId, season: season as Season, date: gameDateEst.slice(0, 10) as GameDate, type: 'regular-season', status: 'final', home: side(homeTeam), away: side(awayTeam),
    }));
}

if (!existsSync(SHARED)) console.warn(`skipped: no real seasons at ${SHARED}`);
(existsSync(SHARED) ? describe : describe.skip)('the two real seasons', () => {
  let all: ScheduledGame[];
  let calendar: GameCalendar;
  let golden: Golden;

  beforeAll(() => {
    all = REAL.flatMap(readSchedule);
    calendar = new GameCalendar(all);
    golden = JSON.parse(readFileSync(join(SHARED, 'golden/golden.json'), 'utf8')) as Golden;
  });

  it('have games on every day but the off-days', () => {
    for (const { season, regularSeason, games: count, gameDates } of SEASONS.filter((known) => REAL.includes(known.season))) {
      const offDays = golden.no_game_dates_within_season.find((one) => one.season === season)?.dates.split(' ');
      const everyDay = Array.from({ length: daysBetween(regularSeason.from, regularSeason.to) + 1 }, (_, i) => addDays(regularSeason.from, i));
      const dates = calendar.dates(regularSeason, 'final');
      expect(everyDay.filter((date) => !dates.includes(date))).toEqual(offDays);
      expect(dates).toHaveLength(gameDates);
      expect(dates.reduce((sum, date) => sum + calendar.on(date).length, 0)).toBe(count);
    }
  });

  it('have postponed games on the date they were played, and only there', () => {
    expect(golden.postponed_games).toHaveLength(6);
    for (const { game_id: gameId, original_date: planned, played_date: played } of golden.postponed_games) {
      expect(calendar.on(planned as GameDate).map((one) => one.gameId)).not.toContain(gameId);
      expect(calendar.on(played as GameDate).map((one) => one.gameId)).toContain(gameId);
    }
  });

  it('have 82 games a team, 81 of them before the last', () => {
    for (const season of REAL as Season[]) {
      const teams = new Set(all.filter((one) => one.season === season).flatMap((one) => sidesOf(one).map(({ teamId }) => teamId)));
      expect(teams.size).toBe(30);
      for (const team of teams) {
        const own = calendar.ofTeam(team, season);
        expect(own).toHaveLength(82);
        expect(calendar.playedBefore(team, own.at(-1)?.date as GameDate)).toHaveLength(81);
      }
    }
  });

  // 15 games are not 15 days. From the oldest game of a full window to the day itself; 10 games: 16–30 in 2024-25, 17–31 in 2022-23.
  it.each([
    [10, 16, 31],
    [15, 26, 43],
  ])('need %i games of a team to go back %i to %i days', (count, shortest, longest) => {
    const spans: number[] = [];
    for (const date of new Set(all.map((one) => one.date))) {
      const inWindow = new Set(resolveWindow(games(count, 'team'), date, calendar));
      const oldest: number[] = [];
      for (const { teamId } of calendar.on(date).flatMap(sidesOf)) {
        const last = calendar.playedBefore(teamId, date).slice(-count);
        expect(last.every((one) => inWindow.has(one))).toBe(true);
        oldest.push(last[0] ? daysBetween(last[0].date, date) : 0);
        if (last.length === count) spans.push(daysBetween((last[0] as ScheduledGame).date, date));
      }
      // The window is the teams' games and reaches no further than the team that reaches furthest.
      const [first] = inWindow;
      expect(first ? daysBetween(first.date, date) : 0).toBe(Math.max(...oldest));
    }
    expect([Math.min(...spans), Math.max(...spans)]).toEqual([shortest, longest]);
  });
});
