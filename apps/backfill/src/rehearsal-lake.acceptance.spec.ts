import { existsSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type GameDate, type Season } from '@nba/kernel';
import type { RawOutput } from '@nba/pipeline';
import { registry } from '@nba/wiring';
import { type FeedGame, KINDS, REAL_LAKE, SHARED, type ScheduleDocument, describeOnRealData, gameDateOf, gamesOf, realSchedule } from './lake-folder.fixture';
import { Workplace } from './programs.fixture';
import { RehearsalLake, morningStamp, writeRehearsalLake } from './rehearsal-lake.fixture';

interface MoveFact {
  readonly season: string;
  readonly game_id: string;
  readonly original_date: string;
  readonly played_date: string;
}

type TimedGame = FeedGame & { readonly gameDateTimeUTC: string };

const isRegular = ({ gameId }: FeedGame): boolean => gameId.startsWith('002');
const teamsOf = ({ homeTeam, awayTeam }: FeedGame) => [homeTeam, awayTeam];
/** What a played game must have in the last version as in the shared lake. */
const essence = (game: FeedGame): string =>
  [game.gameId, gameDateOf(game), game.gameStatus, game.gameStatusText, ...teamsOf(game).flatMap(({ teamId, score }) => [teamId, score])].join(' ');
const dayAfter = (day: string, days = 1): string => new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);

const EASTERN = new Intl.DateTimeFormat('sv-SE', { timeZone: 'America/New_York', dateStyle: 'short', timeStyle: 'medium' });
/** `2025-01-11 19:30:00` at an instant of the feed, and at a stamp. */
const easternTimeOf = (instant: string): string => EASTERN.format(new Date(instant));
const easternTime = (stamp: string): string => easternTimeOf(stamp.replace(/^(....)(..)(..)_(..)(..)(..)$/, '$1-$2-$3T$4:$5:$6Z'));

/** The schedule versions of a lake on disk by their mornings. */
function versionsIn(folder: string, season: string): Map<string, ScheduleDocument> {
  const place = join(folder, 'nba-com/schedule', season);
  return new Map(readdirSync(place).sort().map((name) => [easternTime(name.slice(0, 15)).slice(0, 10), JSON.parse(readFileSync(join(place, name), 'utf8')) as ScheduleDocument]));
}

const filesIn = (folder: string): string[] => readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1)).sort();

function interpret(season: string, file: string, text: string): RawOutput {
  const processor = registry.processors.find(({ table }) => table.name === 'nbac_schedule');
  if (!processor || !('interpret' in processor)) throw new Error('No processor reads the schedule');
  const partition = season as Season;
  const ref = { path: file, kind: 'schedule' as const, partition, stamp: file.slice(-20, -5) };
  return processor.interpret({ partition, documents: [{ ref, text }], schedule: [], settings: { gameTypes: ['regular-season'] } });
}

const golden = (name: string, season: string): MoveFact[] =>
  (JSON.parse(readFileSync(join(SHARED, 'golden/golden.json'), 'utf8')) as Record<string, MoveFact[]>)[name]?.filter((fact) => fact.season === season) ?? [];

describeOnRealData('a rehearsal lake', () => {
  let place: Workplace;
  beforeAll(() => void (place = new Workplace()));
  afterAll(() => place.remove());

  // First and last mornings by the calendar of DOMAIN.md; games, postponed and moved ones by the golden facts.
  describe.each([
    { season: '2022-23', first: '2022-10-13', last: '2023-04-12', mornings: 182, dates: 164, games: 1324, postponed: 1, moved: 0 },
    { season: '2024-25', first: '2024-10-17', last: '2025-04-16', mornings: 182, dates: 163, games: 1400, postponed: 5, moved: 13 },
  ])('of $season', ({ season, first, last, mornings, dates, games, postponed, moved }) => {
    let folder: string;
    let versions: Map<string, ScheduleDocument>;
    /** The dates of a game, morning by morning. */
    const datesOf = (gameId: string): string[] => [...versions.values()].map((version) => {
      for (const { games: listed } of version.leagueSchedule.gameDates) for (const game of listed) if (game.gameId === gameId) return gameDateOf(game);
      return 'not listed';
    });

    beforeAll(() => {
      folder = place.path(season);
      writeRehearsalLake(folder, season);
      versions = versionsIn(folder, season);
    });
    afterAll(() => {
      versions.clear();
      rmSync(folder, { recursive: true });
    });

    it('has a version of every morning, at 05:30 Eastern in winter and in summer', () => {
      const stamps = readdirSync(join(folder, 'nba-com/schedule', season)).sort().map((name) => easternTime(name.slice(0, 15)));
      expect(stamps).toEqual(Array.from({ length: mornings }, (_, n) => `${dayAfter(first, n)} 05:30:00`));
      expect([...versions.keys()].at(-1)).toBe(last);
    });

    it('has the box scores of every game date as they are, and no others', () => {
      const files = filesIn(folder).filter((file) => !file.includes('/schedule/'));
      expect(files).toHaveLength(2 * dates);
      expect(files.filter((file) => readFileSync(join(folder, file), 'utf8') !== readFileSync(join(REAL_LAKE, file), 'utf8'))).toEqual([]);
    });

    it('is small enough to be written to disk', () => {
      const bytes = filesIn(folder).reduce((sum, file) => sum + statSync(join(folder, file)).size, 0);
      expect(bytes).toBeLessThan(110_000_000);
    });

    it('lists the 1,230 games of the season every morning, each once, and no team twice on a day', () => {
      const wrong: string[] = [];
      for (const [morning, version] of versions) {
        const regular = gamesOf(version).filter(isRegular);
        const teamDays = regular.flatMap((game) => teamsOf(game).map(({ teamTricode }) => `${teamTricode} on ${gameDateOf(game)}`));
        const twice = teamDays.sort().filter((one, n) => one === teamDays[n - 1]);
        if (regular.length !== 1230 || new Set(regular.map(({ gameId }) => gameId)).size !== 1230 || twice.length > 0) wrong.push(`${morning}: ${regular.length}, ${twice}`);
      }
      expect(wrong).toEqual([]);
    });

    it('says of a game the same date three times: by its group, its Eastern date and its instant', () => {
      const wrong: string[] = [];
      // Few instants, many listings.
      const easternDates = new Map<string, string>();
      const easternDateOf = (instant: string): string => {
        const known = easternDates.get(instant) ?? easternTimeOf(instant).slice(0, 10);
        easternDates.set(instant, known);
        return known;
      };
      for (const [morning, version] of versions) {
        for (const { gameDate, games: listed } of version.leagueSchedule.gameDates) {
          const group = gameDate.replace(/^(..)\/(..)\/(....) 00:00:00$/, '$3-$1-$2');
          for (const game of listed.filter(isRegular) as TimedGame[]) {
            if (gameDateOf(game) !== group || easternDateOf(game.gameDateTimeUTC) !== group) wrong.push(`${morning}: ${game.gameId}`);
          }
        }
        const groups = version.leagueSchedule.gameDates.map(({ gameDate }) => `${gameDate.slice(6, 10)}-${gameDate.slice(0, 5)}`);
        expect(groups).toEqual([...new Set(groups)].sort());
      }
      expect(wrong).toEqual([]);
    });

    it('has scores of every game before its day and of none on or after it', () => {
      const wrong: string[] = [];
      for (const [morning, version] of versions) {
        for (const game of gamesOf(version)) {
          // The feed's four All-Star games of 2022-23 have neither teams nor scores.
          const scores = teamsOf(game).filter(({ teamId }) => teamId !== 0).map(({ score }) => score);
          const isAsItShould = gameDateOf(game) < morning
            ? game.gameStatus === 3 && game.gameStatusText.startsWith('Final') && scores.every((score) => score > 0)
            : game.gameStatus === 1 && !game.gameStatusText.startsWith('Final') && scores.every((score) => score === 0);
          if (!isAsItShould) wrong.push(`${morning}: ${essence(game)}`);
        }
      }
      expect(wrong).toEqual([]);
    });

    it('shows a postponed game on its old date until the morning after', () => {
      const facts = golden('postponed_games', season);
      expect(facts).toHaveLength(postponed);
      for (const { game_id, original_date, played_date } of facts) {
        const expected = [...versions.keys()].map((morning) => (morning <= original_date ? original_date : played_date));
        expect(datesOf(game_id)).toEqual(expected);
      }
    });

    it('shows a moved game on its old date first, and on its new one at least three weeks before either', () => {
      const facts = golden('moved_games_2023_24_and_2024_25', season);
      expect(facts).toHaveLength(moved);
      for (const { game_id, original_date, played_date } of facts) {
        const seen = datesOf(game_id);
        const firstNew = seen.indexOf(played_date);
        expect(seen).toEqual(seen.map((_, n) => (n < firstNew ? original_date : played_date)));
        expect(firstNew).toBeGreaterThan(50);
        expect(dayAfter([...versions.keys()][firstNew]!, 21) <= [original_date, played_date].sort()[0]!).toBe(true);
      }
    });

    it('ends as the shared lake has it', () => {
      const real = gamesOf(realSchedule(season));
      expect(gamesOf(versions.get(last)!).filter(isRegular).map(essence).sort()).toEqual(real.filter(isRegular).map(essence).sort());
      // Play-in and playoffs last longer than the lake; a later version has them too.
      const july = gamesOf(new RehearsalLake(folder, season).scheduleOf(`${last.slice(0, 4)}-07-01`));
      expect(july).toHaveLength(games);
      expect(july.map(essence).sort()).toEqual(real.map(essence).sort());
      expect(july.map(({ gameDateEst, ...rest }) => [gameDateEst, (rest as TimedGame).gameDateTimeUTC])).toEqual(real.map(({ gameDateEst, ...rest }) => [gameDateEst, (rest as TimedGame).gameDateTimeUTC]));
    });

    it('is read without a finding in the middle of the season', () => {
      const morning = `${last.slice(0, 4)}-01-12` as GameDate;
      const file = `nba-com/schedule/${season}/${morningStamp(morning)}.json`;
      const { rows, findings } = interpret(season, file, readFileSync(join(folder, file), 'utf8'));
      expect(findings).toEqual([]);
      expect(rows).toHaveLength(games);
      expect(rows.filter((row) => (row['home_score'] === null) !== (String(row['game_date']) >= morning))).toEqual([]);
    });
  });

  it('has the three games of 2025-01-11 that snow and fire prevented on their old date that morning and on their new one the next', () => {
    writeRehearsalLake(place.path('january'), '2024-25', { from: '2025-01-11', to: '2025-01-12' });
    const versions = versionsIn(place.path('january'), '2024-25');
    const prevented = { '0022400532': 'HOU@ATL', '0022400538': 'CHA@LAC', '0022400537': 'SAS@LAL' };
    const listed = (morning: string): string[] =>
      versions.get(morning)!.leagueSchedule.gameDates.flatMap(({ gameDate, games }) => games.filter(({ gameId }) => gameId in prevented)
        .map((game) => `${game.awayTeam.teamTricode}@${game.homeTeam.teamTricode} ${gameDate.slice(0, 10)} ${gameDateOf(game)} status ${game.gameStatus}`)).sort();
    expect(listed('2025-01-11')).toEqual(['CHA@LAC 01/11/2025 2025-01-11 status 1', 'HOU@ATL 01/11/2025 2025-01-11 status 1', 'SAS@LAL 01/11/2025 2025-01-11 status 1']);
    expect(listed('2025-01-12')).toEqual(['CHA@LAC 03/16/2025 2025-03-16 status 1', 'HOU@ATL 01/28/2025 2025-01-28 status 1', 'SAS@LAL 03/17/2025 2025-03-17 status 1']);
  });

  describe('lived day by day', () => {
    const at = (lake: RehearsalLake, file: string): string => join(lake.folder, file);
    const month = (name: string): RehearsalLake => new RehearsalLake(place.path(name), '2024-25', { from: '2024-11-14' });
    const NOV_15 = { players: 'nba-com/player-boxscores/2024-11-15/20241116_060000.json', schedule: 'nba-com/schedule/2024-25/20241115_103000.json' };
    const isJson = (text: string): boolean => {
      try {
        return typeof JSON.parse(text) === 'object';
      } catch {
        return false;
      }
    };

    it('has on each morning what has arrived, and in the end the same as one written at once', () => {
      const lake = month('lived');
      expect(existsSync(lake.folder)).toBe(false);
      lake.advanceTo('2024-11-15');
      expect(readdirSync(at(lake, 'nba-com/schedule/2024-25')).sort()).toEqual(['20241114_103000.json', '20241115_103000.json']);
      for (const kind of KINDS) {
        const dates = readdirSync(at(lake, `nba-com/${kind}`)).sort();
        expect([dates[0], dates.at(-1), dates.length]).toEqual(['2024-10-22', '2024-11-14', 23]);
      }
      lake.advanceTo('2024-11-16');
      expect(existsSync(at(lake, NOV_15.players))).toBe(true);
      for (let day = 17; day <= 30; day++) lake.advanceTo(`2024-11-${day}`);
      const whole = writeRehearsalLake(place.path('whole'), '2024-25', { from: '2024-11-14', to: '2024-11-30' });
      expect(filesIn(lake.folder)).toEqual(filesIn(whole.folder));
      expect(filesIn(lake.folder).filter((file) => lake.text(file) !== whole.text(file))).toEqual([]);
    });

    it('lacks what was withheld until it is delivered, whether it was to come or had come', () => {
      const lake = month('withheld');
      lake.withhold('player-boxscores', '2024-11-15');
      lake.withhold('schedule', '2024-11-15');
      lake.advanceTo('2024-11-17');
      lake.withhold('team-boxscores', '2024-11-15');
      expect(readdirSync(at(lake, 'nba-com/schedule/2024-25')).sort()).toEqual(['20241114_103000.json', '20241116_103000.json', '20241117_103000.json']);
      for (const kind of KINDS) expect(readdirSync(at(lake, `nba-com/${kind}`)).sort().slice(-2)).toEqual(['2024-11-14', '2024-11-16']);
      const late = lake.deliver('player-boxscores', '2024-11-15', '20241117_150000');
      expect(late).toBe('nba-com/player-boxscores/2024-11-15/20241117_150000.json');
      expect(lake.text(late)).toBe(readFileSync(join(REAL_LAKE, NOV_15.players), 'utf8'));
      expect(readdirSync(at(lake, 'nba-com/player-boxscores/2024-11-15'))).toEqual(['20241117_150000.json']);
    });

    it('has what broke off as no JSON, and beside it what was delivered later', () => {
      const lake = month('corrupted');
      lake.corrupt('player-boxscores', '2024-11-15');
      lake.advanceTo('2024-11-16');
      lake.corrupt('schedule', '2024-11-15');
      for (const file of Object.values(NOV_15)) expect([file, isJson(lake.text(file)), lake.text(file).length > 1000]).toEqual([file, false, true]);
      lake.deliver('player-boxscores', '2024-11-15', '20241116_140000');
      expect(lake.newest('player-boxscores', '2024-11-15')).toContain('20241116_140000');
      expect(lake.lines('player-boxscores', '2024-11-15').length).toBeGreaterThan(100);
      expect([isJson(lake.text(NOV_15.players)), interpret('2024-25', NOV_15.schedule, lake.text(NOV_15.schedule)).findings[0]?.severity]).toEqual([false, 'error']);
    });

    it('refuses what cannot be: a scrape that is none, a stamp that is not later', () => {
      const lake = month('refused');
      // Election day: no games.
      expect(() => lake.withhold('player-boxscores', '2024-11-05')).toThrow('no player-boxscores of 2024-11-05');
      expect(() => lake.corrupt('team-boxscores', '2023-01-01')).toThrow('in 2024-25');
      expect(() => lake.deliver('player-boxscores', '2024-11-15', '20241116_060000')).toThrow('later');
      expect(() => lake.deliver('player-boxscores', '2024-11-15', '2024-11-17')).toThrow('20241116_060000');
    });

    it('can be copied, and both live on by themselves', () => {
      const lake = month('one');
      lake.withhold('player-boxscores', '2024-11-15');
      lake.advanceTo('2024-11-15');
      lake.remove('player-boxscores', '2024-11-10');
      const twin = lake.copy(place.path('two'));
      twin.withhold('team-boxscores', '2024-11-15');
      lake.advanceTo('2024-11-16');
      expect(existsSync(at(twin, 'nba-com/schedule/2024-25/20241116_103000.json'))).toBe(false);
      twin.advanceTo('2024-11-16');
      expect(existsSync(at(twin, 'nba-com/player-boxscores/2024-11-10'))).toBe(false);
      const ofNov15 = (one: RehearsalLake): string[] => filesIn(one.folder).filter((file) => file.includes('/2024-11-15/'));
      expect([ofNov15(lake), ofNov15(twin)]).toEqual([['nba-com/team-boxscores/2024-11-15/20241116_060000.json'], []]);
    });
  });
});
