import { parseGameDate, type Cell } from '@nba/kernel';
import { secondsPlayed } from './minutes';

/** Reads one value of the feed strictly: what the table stores, or undefined when the value must be refused. */
export interface FeedValue {
  /** What is accepted, for messages. */
  readonly wanted: string;
  read(value: unknown): Cell | undefined;
}

/** No stat line comes near it; a number beyond is a mistake of the feed. */
const MOST = 999;
/** NUL, halves of characters and the mark of wrongly decoded bytes: no name holds them, and warehouses choke on them. */
const BROKEN_TEXT = /[\u0000\uFFFD\uD800-\uDFFF]/u;
const GAME_ID = /^\d{10}$/;
const PLAIN_DATE = /^\d{4}-\d{2}-\d{2}$/;

const isInteger = Number.isInteger;

/** Adding zero turns -0, which JSON can say, into 0. */
const whole = (value: unknown, least: number, most: number): number | undefined =>
  typeof value === 'number' && isInteger(value) && value >= least && value <= most ? value + 0 : undefined;

/** A count; NULL when the feed has none. */
export const count: FeedValue = {
  wanted: `a whole number from 0 to ${MOST}, or null`,
  read: (value) => (value === null ? null : whole(value, 0, MOST)),
};

/** A player's difference of points; NULL when the feed has none. */
export const playerDifference: FeedValue = {
  wanted: `a whole number from -${MOST} to ${MOST}, or null`,
  read: (value) => (value === null ? null : whole(value, -MOST, MOST)),
};

/** A team's difference of points: the feed adds up its players' and divides by five, which leaves fractions now and then. */
export const teamDifference: FeedValue = {
  wanted: `a number from -${MOST} to ${MOST}, or null`,
  read: (value) => (value === null ? null : typeof value === 'number' && value >= -MOST && value <= MOST ? value + 0 : undefined),
};

/** Playing time as seconds; NULL when the feed has none. */
export const playingTime: FeedValue = {
  wanted: 'minutes as 34, 34.2, "34:12" or "PT34M12.00S", or null',
  read: (value) => (value === null ? null : secondsPlayed(value)),
};

/** Id of a player or team. */
export const personOrTeamId: FeedValue = {
  wanted: 'a positive whole number',
  read: (value) => whole(value, 1, Number.MAX_SAFE_INTEGER),
};

/** Text for display, whatever it says; NULL when the feed has none. */
export const displayText: FeedValue = {
  wanted: 'readable text, or null',
  read: (value) => (value === null || (typeof value === 'string' && !BROKEN_TEXT.test(value)) ? value : undefined),
};

export const truth: FeedValue = {
  wanted: 'true, false or null',
  read: (value) => (value === null || typeof value === 'boolean' ? value : undefined),
};

export const gameIdText: FeedValue = {
  wanted: 'a game id of ten digits, as text',
  read: (value) => (typeof value === 'string' && GAME_ID.test(value) ? value : undefined),
};

export const plainDate: FeedValue = {
  wanted: 'a date as "2025-01-26"',
  read: (value) => (typeof value === 'string' && isDate(value) ? value : undefined),
};

/** Remembered, because thousands of rows in a row say the same date. */
let lastDate = '';

/** Whether the text is `YYYY-MM-DD` and the day exists. */
export function isDate(text: string): boolean {
  if (text === lastDate) return true;
  if (!PLAIN_DATE.test(text)) return false;
  try {
    lastDate = parseGameDate(text);
    return true;
  } catch {
    return false;
  }
}
