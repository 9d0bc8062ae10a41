import type { Cell } from '@nba/kernel';
import type { LakeDocument } from '@nba/pipeline';
import { count, displayText, gameIdText, isDate, personOrTeamId, truth, type FeedValue } from './feed-values';
import { refuseDocument, shown } from './finding';
import { readJson } from './read-json';

/** One team of a game; NULLs while it is undecided. */
export interface FeedTeam {
  readonly id: number | null;
  readonly tricode: string | null;
  readonly score: number | null;
}

/** One game of a `scheduleLeagueV2` document, read strictly. */
export interface FeedGame {
  readonly id: string;
  /** The date part of `gameDateEst`, which carries the game date. */
  readonly date: string;
  /** The date of the group in which the document lists it. */
  readonly listedUnder: string;
  readonly status: number;
  readonly statusText: string | null;
  readonly tipoffAt: string | null;
  readonly home: FeedTeam;
  readonly away: FeedTeam;
  readonly arenaName: string | null;
  readonly arenaCity: string | null;
  readonly isNeutral: boolean | null;
  readonly label: string | null;
  readonly postponedStatus: string | null;
}

type Members = Readonly<Record<string, unknown>>;

/**
 * Reads a `scheduleLeagueV2` document: every game it lists, in its order.
 * @param season the folder it lies in, which its `seasonYear` must equal
 * @throws NbaError LAKE_DOCUMENT_INVALID naming file and field; nothing of the document may be used then
 */
export function readSchedule(document: LakeDocument, season: string): FeedGame[] {
  const root = members(document, 'the document', readJson(document));
  const schedule = members(document, 'leagueSchedule', root['leagueSchedule']);
  if (schedule['seasonYear'] !== season) {
    refuseDocument(document, 'leagueSchedule.seasonYear', `is ${shown(schedule['seasonYear'])}, but the document lies under ${season}`);
  }
  const games = list(document, 'leagueSchedule.gameDates', schedule['gameDates']).flatMap((entry, index) => {
    const place = `leagueSchedule.gameDates[${index}]`;
    const group = members(document, place, entry);
    const date = groupDate(group['gameDate']) ?? refuseDocument(document, `${place}.gameDate`, `must be a date, and is ${shown(group['gameDate'])}`);
    return list(document, `${place}.games`, group['games']).map((game, n) => readGame(document, `${place}.games[${n}]`, game, date));
  });
  return games.length > 0 ? games : refuseDocument(document, 'leagueSchedule.gameDates', 'lists no game');
}

function readGame(document: LakeDocument, place: string, value: unknown, listedUnder: string): FeedGame {
  const game = members(document, place, value);
  const id = field(document, place, game, 'gameId', gameIdText) as string;
  const where = `${place} (${id})`;
  const text = (name: string): string | null => field(document, where, game, name, displayText) as string | null;
  const statusText = text('gameStatusText');
  return {
    id,
    date: field(document, where, game, 'gameDateEst', datePart) as string,
    listedUnder,
    status: field(document, where, game, 'gameStatus', status) as number,
    statusText,
    tipoffAt: statusText?.trim() === 'TBD' ? null : (field(document, where, game, 'gameDateTimeUTC', instant) as string | null),
    home: readTeam(document, `${where}.homeTeam`, game['homeTeam']),
    away: readTeam(document, `${where}.awayTeam`, game['awayTeam']),
    arenaName: text('arenaName'),
    arenaCity: text('arenaCity'),
    isNeutral: field(document, where, game, 'isNeutral', truth) as boolean | null,
    label: text('gameLabel'),
    postponedStatus: text('postponedStatus'),
  };
}

/** An undecided team is absent, NULL, or has the id 0; whatever else it carries then is a placeholder. */
function readTeam(document: LakeDocument, place: string, value: unknown): FeedTeam {
  const team = value === undefined || value === null ? {} : members(document, place, value);
  if ((team['teamId'] ?? 0) === 0) return { id: null, tricode: null, score: null };
  return {
    id: field(document, place, team, 'teamId', personOrTeamId) as number,
    tricode: field(document, place, team, 'teamTricode', displayText) as string | null,
    score: field(document, place, { score: null, ...team }, 'score', count) as number | null,
  };
}

/** A member that must be there; its value may be NULL where its reader allows it. */
function field(document: LakeDocument, place: string, owner: Members, name: string, value: FeedValue): Cell {
  if (!(name in owner)) return refuseDocument(document, `${place}.${name}`, 'is missing');
  const read = value.read(owner[name]);
  return read === undefined ? refuseDocument(document, `${place}.${name}`, `must be ${value.wanted}, and is ${shown(owner[name])}`) : read;
}

function members(document: LakeDocument, place: string, value: unknown): Members {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Members;
  return refuseDocument(document, place, `must be an object, and is ${shown(value)}`);
}

function list(document: LakeDocument, place: string, value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : refuseDocument(document, place, `must be a list, and is ${shown(value)}`);
}

/** `12/09/2022 00:00:00`, as the feed writes the dates of its groups; ISO is understood too. */
function groupDate(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const american = /^(\d{2})\/(\d{2})\/(\d{4})(?: 00:00:00)?$/.exec(value);
  const date = american ? `${american[3]}-${american[1]}-${american[2]}` : value.slice(0, 10);
  return isDate(date) ? date : undefined;
}

/** `2022-12-09T00:00:00Z`: the `Z` is wrong, the date is the Eastern one. */
const datePart: FeedValue = {
  wanted: 'a date as "2025-01-26T00:00:00Z"',
  read: (value) => (typeof value === 'string' && /^.{10}(?:T00:00:00Z?)?$/.test(value) && isDate(value.slice(0, 10)) ? value.slice(0, 10) : undefined),
};

const INSTANT = /^(\d{4}-\d{2}-\d{2})T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\dZ$/;

/** An instant in UTC; the feed's years 0001 and 1900 stand for "unknown". */
const instant: FeedValue = {
  wanted: 'an instant as "2025-01-27T00:30:00Z", or null',
  read: (value) => {
    if (value === null || value === '') return null;
    const date = typeof value === 'string' ? INSTANT.exec(value)?.[1] : undefined;
    if (date === undefined || !isDate(date)) return undefined;
    return date < '1946' ? null : (value as string);
  },
};

const status: FeedValue = {
  wanted: '1 (scheduled), 2 (live) or 3 (final)',
  read: (value) => (value === 1 || value === 2 || value === 3 ? value : undefined),
};
