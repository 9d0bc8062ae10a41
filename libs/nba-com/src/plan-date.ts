import { gameTypeOf, type GameType } from '@nba/kernel';
import { readGameLog, type GameLog, type LogRow } from './parse-game-log';
import type { LogKind } from './season-request';

/** What a document says of each game, by its id: equal texts say the same, whatever the order of rows, of columns, and of what else is in the file. */
export type GameContents = ReadonlyMap<string, string>;

/** What the rows of one date say, game by game. */
export function contentsOf({ headers, gameIdOf }: GameLog, rows: readonly LogRow[]): GameContents {
  const order = headers.map((header, position) => ({ header, position })).sort((a, b) => (a.header < b.header ? -1 : 1));
  const lines = new Map<string, string[]>();
  for (const row of rows) {
    const line = JSON.stringify(order.map(({ header, position }) => [header, row[position]]));
    const list = lines.get(gameIdOf(row));
    if (list) list.push(line);
    else lines.set(gameIdOf(row), [line]);
  }
  return new Map([...lines].map(([id, own]) => [id, own.sort().join('\n')]));
}

/** What a stored document says of the games of a type; undefined when it cannot be read, so that it cannot be what is known. */
export function storedContents(text: string, kind: LogKind, gameType: GameType): GameContents | undefined {
  try {
    const log = readGameLog(JSON.parse(text), kind);
    return contentsOf(log, log.rows.filter((row) => gameTypeOf(log.gameIdOf(row)) === gameType));
  } catch {
    return undefined;
  }
}

/** What is to be done about one date. */
export interface DatePlan {
  /** `kept`: the answer only lacks what is stored, so nothing is written. */
  readonly change: 'new' | 'changed' | 'unchanged' | 'kept';
  /** Games that are stored, and that the answer lists nowhere. */
  readonly vanished: readonly string[];
  /** Games that are known of the date afterwards. */
  readonly games: readonly string[];
  /** Those of them of which some document has both teams: of the others the lake holds half a game at most. */
  readonly whole: readonly string[];
}

/**
 * Holds the answer for a date against what is stored of it. What is known of a game is what the newest document says that has it: Phase 2
 * chooses game by game too, so a game that an answer leaves out is not lost by a newer document without it. Such an answer alone is no
 * reason for a document; a game that the answer lists under another date is one, because the newest document must not claim it any more.
 * @param stored what the date's documents say, newest first; undefined for one that cannot be read
 * @param isElsewhere whether the answer lists a game under another date
 */
export function planDate(fetched: GameContents, stored: readonly (GameContents | undefined)[], isElsewhere: (gameId: string) => boolean): DatePlan {
  const known = new Map([...stored].reverse().flatMap((contents) => [...(contents ?? [])]));
  const games = [...new Set([...known.keys(), ...fetched.keys()])];
  const vanished = [...known.keys()].filter((id) => !fetched.has(id) && !isElsewhere(id));
  const hasMoved = [...(stored[0]?.keys() ?? [])].some((id) => !fetched.has(id) && isElsewhere(id));
  const hasNews = [...fetched].some(([id, content]) => known.get(id) !== content);
  // A newest document that nobody can read is an error of the date until a newer one stands beside it.
  const isBroken = stored.length > 0 && stored[0] === undefined && fetched.size > 0;
  const change = hasNews || hasMoved || isBroken ? (known.size === 0 ? 'new' : 'changed') : vanished.length > 0 ? 'kept' : 'unchanged';
  const whole = games.filter((id) => [fetched, ...stored].some((contents) => hasBothTeams(contents?.get(id) ?? '')));
  return { change, vanished, games, whole };
}

/** Whether what is said of a game, as {@link contentsOf} writes it, has rows of two teams. Inside a text the quotes would be escaped. */
const hasBothTeams = (content: string): boolean => new Set([...content.matchAll(/\["TEAM_ID",(\d+)\]/g)].map(([, id]) => id)).size === 2;
