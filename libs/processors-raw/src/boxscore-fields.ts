import { COUNTING_STATS } from './boxscore-columns';
import { count, displayText, gameIdText, personOrTeamId, plainDate, playerDifference, playingTime, teamDifference, type FeedValue } from './feed-values';

/** One column of a `leaguegamelog` document: its header there, its column here, and how it is read. */
export interface BoxscoreField {
  readonly header: string;
  readonly column: string;
  readonly value: FeedValue;
}

/** The headers of the counting stats, in the order of {@link COUNTING_STATS}. */
const COUNT_HEADERS = ['FGM', 'FGA', 'FG3M', 'FG3A', 'FTM', 'FTA', 'OREB', 'DREB', 'REB', 'AST', 'STL', 'BLK', 'TOV', 'PF', 'PTS'];

const field = (header: string, column: string, value: FeedValue): BoxscoreField => ({ header, column, value });

const GAME = [field('GAME_ID', 'game_id', gameIdText), field('GAME_DATE', 'game_date', plainDate)];
const TEAM = [field('TEAM_ID', 'team_id', personOrTeamId), field('TEAM_ABBREVIATION', 'team_tricode', displayText)];
const LINE = [
  field('MIN', 'seconds_played', playingTime),
  ...Object.keys(COUNTING_STATS).map((column, index) => field(COUNT_HEADERS[index] as string, column, count)),
];

/** Whose rows a document holds, and what tells one row of a game from another. */
export interface BoxscoreKind {
  readonly documents: 'player-boxscores' | 'team-boxscores';
  readonly noun: 'player' | 'team';
  readonly idColumn: 'player_id' | 'team_id';
  readonly nameColumn: 'player_name' | 'team_name';
  readonly fields: readonly BoxscoreField[];
  /** A header that only the other kind has: such a document lies in the wrong folder. */
  readonly foreignHeader: string | undefined;
}

export const PLAYER_BOXSCORES: BoxscoreKind = {
  documents: 'player-boxscores',
  noun: 'player',
  idColumn: 'player_id',
  nameColumn: 'player_name',
  fields: [
    ...GAME,
    ...TEAM,
    field('PLAYER_ID', 'player_id', personOrTeamId),
    field('PLAYER_NAME', 'player_name', displayText),
    ...LINE,
    field('PLUS_MINUS', 'plus_minus', playerDifference),
  ],
  foreignHeader: undefined,
};

export const TEAM_BOXSCORES: BoxscoreKind = {
  documents: 'team-boxscores',
  noun: 'team',
  idColumn: 'team_id',
  nameColumn: 'team_name',
  fields: [...GAME, ...TEAM, field('TEAM_NAME', 'team_name', displayText), ...LINE, field('PLUS_MINUS', 'plus_minus', teamDifference)],
  foreignHeader: 'PLAYER_ID',
};
