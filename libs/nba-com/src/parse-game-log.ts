import { gameTypeOf, isWithin, seasonSpan, type GameDate, type GameType, type Season } from '@nba/kernel';
import { quoted } from './read-body';
import { ROW_VALUES, type RowValue } from './row-values';
import type { LogKind } from './season-request';

/** A row as it came; its values stand under {@link GameLog.headers}. */
export type LogRow = readonly unknown[];

/** Rows of a game log, in the order in which they came. */
export interface GameLog {
  readonly headers: readonly string[];
  readonly rows: readonly LogRow[];
  gameIdOf(row: LogRow): string;
  dateOf(row: LogRow): GameDate;
}

/** What was asked for, which the rows must be of. */
export interface Expected {
  readonly kind: LogKind;
  readonly season: Season;
  readonly gameType: GameType;
}

/** An answer that is not what was asked for: where, and what stands there. The client knows the address, and says it. */
export class UnknownShape extends Error {}

/**
 * Reads an answer of `leaguegamelog` strictly, so that nothing is stored which Phase 2 would refuse.
 * Rows of other game types are left out: their ids say what they are, and they have requests of their own.
 * @throws UnknownShape naming the field and what stands there
 */
export function parseGameLog(json: unknown, { kind, season, gameType }: Expected): GameLog {
  const asked = memberOf(memberOf(json, 'parameters'), 'Season');
  if (asked !== undefined && asked !== season) throw new UnknownShape(`parameters.Season is ${shown(asked)}`);
  const log = readGameLog(json, kind);
  const { headers, rows } = log;
  const columns = Object.entries<RowValue>(ROW_VALUES[kind]).map(([header, value]) => ({ header, value, position: headers.indexOf(header) }));
  const [span, year] = [seasonSpan(season), season.slice(0, 4)];
  const seasonAt = headers.indexOf('SEASON_ID');
  rows.forEach((row, index) => {
    const place = `resultSets[0].rowSet[${index}]`;
    const wrong = columns.find(({ value, position }) => !value.takes(row[position]));
    if (wrong) throw new UnknownShape(`${place}.${wrong.header} must be ${wrong.value.wanted}, and is ${shown(row[wrong.position])}`);
    if (String(row[seasonAt]).slice(1) !== year) throw new UnknownShape(`${place}.SEASON_ID is ${shown(row[seasonAt])}, of another season`);
    if (!isWithin(log.dateOf(row), span)) throw new UnknownShape(`${place}.GAME_DATE is ${log.dateOf(row)}, which is not in the season`);
    if (gameTypeOf(log.gameIdOf(row)) === undefined) throw new UnknownShape(`${place}.GAME_ID is ${log.gameIdOf(row)}: no game type is known for it`);
  });
  return { ...log, rows: rows.filter((row) => gameTypeOf(log.gameIdOf(row)) === gameType) };
}

/**
 * Reads headers and rows, and that they fit each other; of the values nothing.
 * @throws UnknownShape naming the field and what stands there
 */
export function readGameLog(json: unknown, kind: LogKind): GameLog {
  const sets = memberOf(json, 'resultSets');
  if (!Array.isArray(sets) || sets.length !== 1) throw new UnknownShape(`resultSets must be a list of one result set, and is ${shown(sets)} in ${shown(json)}`);
  const [headers, rows] = [memberOf(sets[0], 'headers'), memberOf(sets[0], 'rowSet')];
  if (!isNames(headers)) throw new UnknownShape(`resultSets[0].headers must be a list of names, and is ${shown(headers)}`);
  if (!Array.isArray(rows)) throw new UnknownShape(`resultSets[0].rowSet must be a list of rows, and is ${shown(rows)}`);
  if (kind === 'team-boxscores' && headers.includes('PLAYER_ID')) throw new UnknownShape('resultSets[0].headers hold PLAYER_ID, though teams were asked for');
  for (const header of Object.keys(ROW_VALUES[kind])) {
    const position = headers.indexOf(header);
    if (position < 0) throw new UnknownShape(`resultSets[0].headers lack ${header}: ${headers.join(', ')}`);
    if (headers.lastIndexOf(header) !== position) throw new UnknownShape(`resultSets[0].headers hold ${header} twice`);
  }
  const wrong = rows.findIndex((row) => !Array.isArray(row) || row.length !== headers.length);
  if (wrong >= 0) throw new UnknownShape(`resultSets[0].rowSet[${wrong}] must be a list of ${headers.length} values, one a header, and is ${shown(rows[wrong])}`);
  const [gameAt, dateAt] = [headers.indexOf('GAME_ID'), headers.indexOf('GAME_DATE')];
  return { headers, rows: rows as LogRow[], gameIdOf: (row) => row[gameAt] as string, dateOf: (row) => row[dateAt] as GameDate };
}

const isNames = (value: unknown): value is string[] => Array.isArray(value) && value.every((name) => typeof name === 'string');

export function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined;
}

/** The beginning of a value, for messages. */
export const shown = (value: unknown): string => (value === undefined ? 'missing' : quoted(JSON.stringify(value)).slice(1, -1));
