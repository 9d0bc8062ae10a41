import { DAYS_OF_THE_WEEK, type DaySpan, type Weekday } from './calendar-days';
import { type GameType, NbaError } from '@nba/kernel';
import type { GamesAbout } from '@nba/schedule';

/** What a table must hold on each date: what the NBA's schedule says, what a calendar says, or what a query of one's own says. */
export type Expected = ScheduledGames | CalendarDays | ExpectedKeys;

/** The schedule's games. */
export interface ScheduledGames {
  readonly kind: 'scheduled-games';
  readonly games: GamesAbout;
  readonly per: 'team' | 'game';
  readonly gameTypes?: readonly GameType[];
  readonly gameColumn: string;
  readonly teamColumn: string;
}

/**
 * Rows for the games that the NBA's schedule knows: the default. Off-days and the all-star break are no gaps, and one row
 * does not make a date complete. A season of which no schedule is stored is never complete.
 * @param options.games default `final`: games that have been played. `scheduled`: every game on the calendar
 * @param options.per what must be there for each game: rows of both teams (`team`, the default), or any row (`game`)
 * @param options.gameTypes what counts; default what the checker was told, and that is regular-season games
 * @param options.gameColumn the table's column with NBA game ids; default `game_id`
 * @param options.teamColumn the table's column with NBA team ids; default `team_id`
 */
export function scheduledGames(options: Partial<Omit<ScheduledGames, 'kind'>> = {}): ScheduledGames {
  return { kind: 'scheduled-games', games: 'final', per: 'team', gameColumn: 'game_id', teamColumn: 'team_id', ...options };
}

/** Days of the calendar, whoever plays. */
export interface CalendarDays {
  readonly kind: 'calendar-days';
  readonly except: readonly DaySpan[];
  readonly weekdays: readonly Weekday[];
  readonly minRows: number;
}

/**
 * Rows on each day of the calendar: for tables that know no games.
 * @param options.except days on which nothing is expected, `YYYY-MM-DD` or `{ from, to }`, both inclusive; rows there are `unexpected`
 * @param options.weekdays the days of the week on which rows are expected; default all seven
 * @param options.minRows how many rows make a day complete; default 1
 * @throws NbaError INVALID_ARGUMENT for weekdays that are none, or a number of rows below 1
 */
export function calendarDays(options: Partial<Omit<CalendarDays, 'kind'>> = {}): CalendarDays {
  const { except = [], weekdays = DAYS_OF_THE_WEEK, minRows = 1 } = options;
  const strange = weekdays.find((day) => !DAYS_OF_THE_WEEK.includes(day));
  if (strange !== undefined || weekdays.length === 0) {
    throw new NbaError('INVALID_ARGUMENT', `weekdays: ${strange === undefined ? 'none is named' : `"${strange}" is none`}. They are ${DAYS_OF_THE_WEEK.join(', ')}.`, { field: 'weekdays' });
  }
  if (!Number.isSafeInteger(minRows) || minRows < 1) throw new NbaError('INVALID_ARGUMENT', `minRows: ${minRows} is no number of rows from 1 on.`, { field: 'minRows' });
  return { kind: 'calendar-days', except, weekdays, minRows };
}

/** The keys that a query yields. */
export interface ExpectedKeys {
  readonly kind: 'expected-keys';
  readonly query: string;
  readonly key: readonly string[];
  readonly readsSchedule: boolean;
}

/**
 * Exactly the keys that a query of one's own yields.
 * @param options.query GoogleSQL with the named parameters `@from` and `@to` (both inclusive), `@season_start` and `@season_end`
 *   (of the seasons they lie in), and those of the check. It yields a DATE named as the table's date column, and the key;
 *   dates outside the range do not count
 * @param options.key columns of both the query and the table; none when only dates are expected. A key that the query
 *   yields twice is expected once. `game_id`, `team_id` and `player_id` are understood and named
 * @param options.readsSchedule whether an empty answer may only mean that a season's schedule is not stored: then such a
 *   season is never complete. Default false: where the query yields nothing, nothing is expected
 */
export function expectedBy(options: { readonly query: string; readonly key: readonly string[]; readonly readsSchedule?: boolean }): ExpectedKeys {
  return { kind: 'expected-keys', readsSchedule: false, ...options };
}
