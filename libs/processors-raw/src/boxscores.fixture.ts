import type { GameDate, Row } from '@nba/kernel';
import type { LakeDocument, RawInput } from '@nba/pipeline';

export const DATE = '2025-01-15' as GameDate;
/** Chicago at New York, 3 : 5, the first game of {@link SCHEDULE}. */
export const GAME = '0022400561';
export const NYK = 1610612752;
export const CHI = 1610612741;
/** Denver at Utah, 2 : 4, the second. */
export const OTHER_GAME = '0022400562';

export const scheduleRow = (row: Readonly<Record<string, unknown>>): Row => ({
  game_id: GAME, game_date: DATE, season: '2024-25', game_type: 'regular-season', game_status: 3,
  home_team_id: NYK, home_team_tricode: 'NYK', home_score: 5, away_team_id: CHI, away_team_tricode: 'CHI', away_score: 3,
  ...row,
}) as Row;

export const SCHEDULE: readonly Row[] = [
  scheduleRow({}),
  scheduleRow({
    game_id: OTHER_GAME, home_team_id: 1610612762, home_team_tricode: 'UTA', home_score: 4, away_team_id: 1610612743, away_team_tricode: 'DEN', away_score: 2,
  }),
];

/** A line of the feed by its headers; by default the player made one two-pointer in 12 minutes. */
export type FeedLine = Readonly<Record<string, unknown>>;

const NOTHING = {
  FGM: 0, FGA: 0, FG_PCT: null, FG3M: 0, FG3A: 0, FG3_PCT: null, FTM: 0, FTA: 0, FT_PCT: null,
  OREB: 0, DREB: 0, REB: 0, AST: 0, STL: 0, BLK: 0, TOV: 0, PF: 0, PTS: 0, PLUS_MINUS: 0,
};

/** A possible line with the points: as many two-pointers as go, and a free throw when they are odd. */
export function line(points: number, rest: FeedLine = {}): FeedLine {
  const twos = Math.floor(points / 2);
  return {
    SEASON_ID: '22024', TEAM_ID: NYK, TEAM_ABBREVIATION: 'NYK', TEAM_NAME: 'New York Knicks', GAME_ID: GAME, GAME_DATE: DATE,
    MATCHUP: 'NYK vs. CHI', WL: 'W', MIN: 12, ...NOTHING, FGM: twos, FGA: twos, FTM: points % 2, FTA: points % 2, PTS: points, ...rest,
  };
}

const CHICAGO = { TEAM_ID: CHI, TEAM_ABBREVIATION: 'CHI', TEAM_NAME: 'Chicago Bulls' };
const UTAH = { GAME_ID: OTHER_GAME, TEAM_ID: 1610612762, TEAM_ABBREVIATION: 'UTA', TEAM_NAME: 'Utah Jazz' };
const DENVER = { GAME_ID: OTHER_GAME, TEAM_ID: 1610612743, TEAM_ABBREVIATION: 'DEN', TEAM_NAME: 'Denver Nuggets' };

/** Both games of {@link SCHEDULE}, complete: five players in the first, two in the second. */
export const PLAYERS: readonly FeedLine[] = [
  line(3, { PLAYER_ID: 1, PLAYER_NAME: 'Jalen Brunson' }),
  line(2, { PLAYER_ID: 2, PLAYER_NAME: 'Josh Hart' }),
  line(0, { PLAYER_ID: 3, PLAYER_NAME: 'Pacôme Dadiet', MIN: 0 }),
  line(2, { ...CHICAGO, PLAYER_ID: 4, PLAYER_NAME: 'Nikola Vučević' }),
  line(1, { ...CHICAGO, PLAYER_ID: 5, PLAYER_NAME: 'Coby White' }),
  line(4, { ...UTAH, PLAYER_ID: 6, PLAYER_NAME: 'Lauri Markkanen' }),
  line(2, { ...DENVER, PLAYER_ID: 7, PLAYER_NAME: 'Nikola Jokić' }),
];

export const TEAMS: readonly FeedLine[] = [line(5, { MIN: 240 }), line(3, { ...CHICAGO, MIN: 241 }), line(4, UTAH), line(2, DENVER)];

/** A `leaguegamelog` document of the lines; its headers are those of the first. */
export function gameLog(kind: 'player-boxscores' | 'team-boxscores', lines: readonly FeedLine[], stamp = '20250116_060000', date: string = DATE): LakeDocument {
  const headers = Object.keys(lines[0] ?? PLAYERS[0] ?? {});
  const rowSet = lines.map((values) => headers.map((header) => values[header] ?? null));
  const text = JSON.stringify({ resource: 'leaguegamelog', parameters: {}, resultSets: [{ name: 'LeagueGameLog', headers, rowSet }] });
  return { ref: { path: `nba-com/${kind}/${date}/${stamp}.json`, kind, partition: date as GameDate, stamp }, text };
}

export const playerLog = (lines: readonly FeedLine[], stamp?: string): LakeDocument => gameLog('player-boxscores', lines, stamp);
export const teamLog = (lines: readonly FeedLine[], stamp?: string): LakeDocument => gameLog('team-boxscores', lines, stamp);

export function unit(documents: readonly LakeDocument[], rest: Partial<RawInput> = {}): RawInput {
  return { partition: DATE, documents, schedule: SCHEDULE, settings: { gameTypes: ['regular-season'] }, ...rest };
}

/** The lines with one changed: the line at `index`, or of the player of that name. */
export function changed(lines: readonly FeedLine[], index: number, change: FeedLine): FeedLine[] {
  return lines.map((values, n) => (n === index ? { ...values, ...change } : values));
}
