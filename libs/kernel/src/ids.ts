/** NBA game id: ten characters with leading zeros, for example `0022400561`. */
export type GameId = string;
/** NBA team id, for example 1610612752 (New York). */
export type TeamId = number;
/** NBA person id, for example 203999 (Nikola Jokić). */
export type PlayerId = number;

/** What a game counts as. The id's prefix decides; flags in the feed are unreliable. */
export type GameType = 'preseason' | 'regular-season' | 'all-star' | 'playoffs' | 'cup-final' | 'play-in';

const TYPE_BY_PREFIX: Readonly<Record<string, GameType>> = {
  '001': 'preseason',
  '002': 'regular-season',
  '003': 'all-star',
  '004': 'playoffs',
  '005': 'play-in',
  '006': 'cup-final',
};

/** The game type of an id, or undefined when the id has no known prefix or not ten digits. */
export function gameTypeOf(gameId: string): GameType | undefined {
  return /^\d{10}$/.test(gameId) ? TYPE_BY_PREFIX[gameId.slice(0, 3)] : undefined;
}

/** The game types that may be counted; preseason and All-Star never enter lookbacks. */
export const COUNTABLE_GAME_TYPES = ['regular-season', 'playoffs', 'cup-final', 'play-in'] as const satisfies readonly GameType[];

/** What is counted unless a user switches more on by name. */
export const DEFAULT_GAME_TYPES: readonly GameType[] = ['regular-season'];
