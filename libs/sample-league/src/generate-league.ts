import type { DayNumber } from './civil-date';
import { makeExhibitionGames } from './exhibition-games';
import { gameLogDocuments, type PlayedGame } from './game-log-document';
import { simulateGame } from './game-simulation';
import { League } from './league';
import { Random } from './random';
import type { SampleDocument } from './sample-document';
import { scheduleDocument, type FinalScore } from './schedule-document';
import { DEFAULT_SEASONS, FOUNDING_YEAR, seasonCalendar, seasonName } from './season-calendar';
import { SeasonPeople } from './season-people';
import { makeSeasonSchedule, type ScheduledGame, type SeasonSchedule } from './season-schedule';

export interface LeagueOptions {
  /** Another seed is another league. Default is 2021. */
  readonly seed?: number;
  /** `'2021-22'` or later, real or still to come. Default is the four from 2021-22 to 2024-25. */
  readonly seasons?: readonly string[];
}

const DEFAULT_SEED = 2021;
const PARTIAL_SCRAPES = 2;
const LATEST_PARTIAL_INDEX = 150;

/**
 * Writes an invented league as a raw lake in nba.com's document shapes, season by season in order of time.
 *
 * It does no I/O and depends on nothing but its options: the same ones give the same bytes. A season's
 * documents do not depend on which other seasons are asked for; each is given once, whatever the order of the names.
 *
 * @throws RangeError if a season's name is malformed or lies before 2021-22.
 * @example
 * for (const { path, text } of generateLeague({ seasons: ['2024-25'] })) await writeFile(join(lake, path), text);
 */
export function* generateLeague(options: LeagueOptions = {}): Generator<SampleDocument> {
  const { seed = DEFAULT_SEED, seasons = DEFAULT_SEASONS } = options;
  const wanted = new Map(seasons.map((season) => [seasonCalendar(season).startYear, season]));
  const lastYear = Math.max(...wanted.keys());
  const league = new League(seed);
  for (let year = FOUNDING_YEAR; year <= lastYear; year++) {
    const season = seasonName(year);
    if (year > FOUNDING_YEAR) league.summer(season);
    const schedule = makeSeasonSchedule(seasonCalendar(season), seed);
    const people = new SeasonPeople(league, schedule, seed);
    if (wanted.has(year)) yield* playSeason(schedule, people, seed);
    // Trades and signings of a season nobody asked for still shape the next one.
    people.advanceTo(Infinity);
  }
}

function* playSeason(schedule: SeasonSchedule, people: SeasonPeople, seed: number): Generator<SampleDocument> {
  const { calendar } = schedule;
  const { season } = calendar;
  const exhibitions = makeExhibitionGames(calendar, seed);
  const partialDays = pickPartialDays(calendar.gameDays, Random.for(seed, 'partial scrapes', season));
  const scores = new Map<string, FinalScore>();
  let showsPostponed = false;
  for (const [day, games] of gamesByDay(schedule)) {
    if (!showsPostponed && day >= schedule.inSeasonVersion) {
      showsPostponed = true;
      yield scheduleDocument(schedule, exhibitions, scores, { day: schedule.inSeasonVersion, hour: 10 });
    }
    people.advanceTo(day);
    const played = games.map((game): PlayedGame => {
      const random = Random.for(seed, 'game', game.id);
      const result = simulateGame(people.available(game.home, day), people.available(game.away, day), game.isNeutral, random);
      scores.set(game.id, { home: result.home.points, away: result.away.points, overtimes: result.overtimes });
      return { game, result };
    });
    // The first scrape of the night came before the last game was over.
    if (partialDays.has(day) && played.length > 1) yield* gameLogDocuments(season, day, played.slice(0, -1), { day: day + 1, hour: 6 });
    yield* gameLogDocuments(season, day, played, { day: day + 1, hour: 10 });
  }
  yield scheduleDocument(schedule, exhibitions, scores, { day: calendar.last + 1, hour: 10 });
}

/** The games by the date they are played on, in order of time. */
function gamesByDay({ games }: SeasonSchedule): Map<DayNumber, ScheduledGame[]> {
  const byDay = new Map<DayNumber, ScheduledGame[]>();
  for (const game of [...games].sort((x, y) => x.day - y.day || x.tipOff - y.tipOff || Number(x.id) - Number(y.id))) {
    byDay.set(game.day, [...(byDay.get(game.day) ?? []), game]);
  }
  return byDay;
}

function pickPartialDays(days: readonly DayNumber[], random: Random): Set<DayNumber> {
  // Not on the season's last dates: a rehearsal's attention lies there, and it should find them whole.
  const early = days.slice(1, LATEST_PARTIAL_INDEX);
  return new Set(random.shuffle(early).slice(0, PARTIAL_SCRAPES));
}
