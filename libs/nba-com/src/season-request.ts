import type { GameDate, GameType, Season } from '@nba/kernel';

/** The address of one question: the endpoint and its parameters, in the order in which they are sent. */
export interface Question {
  readonly endpoint: 'leaguegamelog' | 'scheduleleaguev2';
  readonly parameters: Readonly<Record<string, string>>;
  readonly season: Season;
  /** In words, for messages: `player box scores (Regular Season)`. */
  readonly what: string;
}

/** Whose rows a game log holds. */
export type LogKind = 'player-boxscores' | 'team-boxscores';
export const LOG_KINDS: readonly LogKind[] = ['player-boxscores', 'team-boxscores'];
const PLAYER_OR_TEAM = { 'player-boxscores': 'P', 'team-boxscores': 'T' } as const;
const NOUNS = { 'player-boxscores': 'player box scores', 'team-boxscores': 'team box scores' } as const;

/** Game types that can be asked for, by what the endpoint calls them. A preseason or an All-Star game is never counted, so neither is fetched. */
const SEASON_TYPES: Readonly<Partial<Record<GameType, string>>> = {
  'regular-season': 'Regular Season',
  playoffs: 'Playoffs',
  'play-in': 'PlayIn',
  'cup-final': 'IST',
};

export const seasonTypeOf = (gameType: GameType): string | undefined => SEASON_TYPES[gameType];

/** Asks for the whole schedule of a season, past or current. */
export function scheduleQuestion(season: Season): Question {
  return { endpoint: 'scheduleleaguev2', parameters: { LeagueID: '00', Season: season }, season, what: 'the schedule' };
}

/** Asks for the rows of a season, or those from a date on. @param seasonType as {@link seasonTypeOf} says it */
export function gameLogQuestion(season: Season, kind: LogKind, seasonType: string, since?: GameDate): Question {
  return {
    endpoint: 'leaguegamelog',
    // Counter 0 and oldest first: so the whole season comes, and so it was seen to come. Dates are understood as 10/22/2024 only.
    parameters: {
      Counter: '0', DateFrom: since === undefined ? '' : americanDate(since), DateTo: '', Direction: 'ASC', LeagueID: '00',
      PlayerOrTeam: PLAYER_OR_TEAM[kind], Season: season, SeasonType: seasonType, Sorter: 'DATE',
    },
    season,
    what: seasonType === SEASON_TYPES['regular-season'] ? NOUNS[kind] : `${NOUNS[kind]} (${seasonType})`,
  };
}

const americanDate = (date: GameDate): string => `${date.slice(5, 7)}/${date.slice(8)}/${date.slice(0, 4)}`;

/** What a document of one date says about how it was asked for. */
export function documentParameters({ parameters }: Question, date: GameDate): Readonly<Record<string, unknown>> {
  const { LeagueID, Season, SeasonType, PlayerOrTeam, Counter, Sorter, Direction } = parameters;
  return { LeagueID, Season, SeasonType, PlayerOrTeam, Counter: Number(Counter), Sorter, Direction, DateFrom: date, DateTo: date };
}
