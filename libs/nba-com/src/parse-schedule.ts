import { gameTypeOf, type GameDate, type GameType, type Season } from '@nba/kernel';
import { memberOf, shown, UnknownShape } from './parse-game-log';
import { isCount, isDate, isGameId, isId, isText } from './row-values';

/** A game of a schedule, as far as fetching needs it. */
export interface ListedGame {
  readonly id: string;
  readonly date: GameDate;
  readonly gameType: GameType | undefined;
  readonly isFinal: boolean;
}

const INSTANT = /^(\d{4}-\d{2}-\d{2})T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\dZ$/;
const TEXTS = ['gameStatusText', 'arenaName', 'arenaCity', 'gameLabel', 'postponedStatus'];

/**
 * Reads an answer of `scheduleleaguev2` as strictly as Phase 2 will.
 * @throws UnknownShape naming the field and what stands there
 */
export function parseSchedule(json: unknown, season: Season): ListedGame[] {
  const schedule = memberOf(json, 'leagueSchedule');
  if (schedule === undefined) throw new UnknownShape(`leagueSchedule is missing in ${shown(json)}`);
  if (memberOf(schedule, 'seasonYear') !== season) throw new UnknownShape(`leagueSchedule.seasonYear is ${shown(memberOf(schedule, 'seasonYear'))}`);
  const games = listOf(schedule, 'gameDates', 'leagueSchedule').flatMap((group, index) => {
    const place = `leagueSchedule.gameDates[${index}]`;
    const date = memberOf(group, 'gameDate');
    demand(isGroupDate(date), `${place}.gameDate`, 'a date as "10/22/2024 00:00:00"', date);
    return listOf(group, 'games', place).map((game, n) => readGame(game, `${place}.games[${n}]`));
  });
  if (games.length === 0) throw new UnknownShape('leagueSchedule.gameDates lists no game');
  return games;
}

function readGame(game: unknown, place: string): ListedGame {
  const has = (name: string, wanted: string, takes: (value: unknown) => boolean): unknown => {
    const value = memberOf(game, name);
    demand(takes(value), `${place}.${name}`, wanted, value);
    return value;
  };
  const id = has('gameId', 'a game id of ten digits, as text', isGameId) as string;
  for (const name of TEXTS) has(name, 'readable text, or null', isText);
  has('isNeutral', 'true, false or null', (value) => value === null || typeof value === 'boolean');
  has('gameDateTimeUTC', 'an instant as "2025-01-27T00:30:00Z", or null', (value) => isInstant(value) || isUndecided(game));
  for (const side of ['homeTeam', 'awayTeam']) checkTeam(memberOf(game, side), `${place}.${side}`);
  const date = has('gameDateEst', 'a date as "2025-01-26T00:00:00Z"', (value) => typeof value === 'string' && /^.{10}(?:T00:00:00Z?)?$/.test(value) && isDate(value.slice(0, 10)));
  const status = has('gameStatus', '1 (scheduled), 2 (live) or 3 (final)', (value) => value === 1 || value === 2 || value === 3);
  return { id, date: (date as string).slice(0, 10) as GameDate, gameType: gameTypeOf(id), isFinal: status === 3 };
}

/** A team that is not decided yet is absent, null, or has the id 0. */
function checkTeam(team: unknown, place: string): void {
  if (team === undefined || team === null) return;
  demand(typeof team === 'object' && !Array.isArray(team), place, 'a team', team);
  const [id, score] = [memberOf(team, 'teamId') ?? 0, memberOf(team, 'score')];
  if (id === 0) return;
  demand(isId(id), `${place}.teamId`, 'a positive whole number', id);
  demand(isText(memberOf(team, 'teamTricode')), `${place}.teamTricode`, 'readable text, or null', memberOf(team, 'teamTricode'));
  demand(score === undefined || isCount(score), `${place}.score`, 'a whole number from 0 to 999, or null', score);
}

function isGroupDate(value: unknown): boolean {
  if (typeof value !== 'string') return false;
  const american = /^(\d{2})\/(\d{2})\/(\d{4})(?: 00:00:00)?$/.exec(value);
  return isDate(american ? `${american[3]}-${american[1]}-${american[2]}` : value.slice(0, 10));
}

const isInstant = (value: unknown): boolean => value === null || value === '' || (typeof value === 'string' && isDate(INSTANT.exec(value)?.[1]));
/** Of a game whose time is to be announced nobody reads the time. */
const isUndecided = (game: unknown): boolean => /^\s*TBD\s*$/.test(String(memberOf(game, 'gameStatusText')));

function listOf(owner: unknown, name: string, place: string): readonly unknown[] {
  const list = memberOf(owner, name);
  demand(Array.isArray(list), `${place}.${name}`, 'a list', list);
  return list as readonly unknown[];
}

function demand(isSo: boolean, place: string, wanted: string, value: unknown): void {
  if (!isSo) throw new UnknownShape(`${place} must be ${wanted}, and is ${shown(value)}`);
}
