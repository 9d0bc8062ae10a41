import type { Cell, GameDate, GameId, GameType, Row, Season, TeamId } from '@nba/kernel';

export type GameStatus = 'scheduled' | 'live' | 'final';

/** One team's side of a game. */
export interface GameSide {
  readonly teamId: TeamId;
  /** Three letters, for display. */
  readonly tricode: string;
  /** Null until the game is final. */
  readonly score: number | null;
}

/** A game as the newest schedule has it: on its present date, whatever date it was first planned for. */
export interface ScheduledGame {
  readonly gameId: GameId;
  readonly date: GameDate;
  readonly season: Season;
  readonly type: GameType;
  readonly status: GameStatus;
  readonly home: GameSide;
  readonly away: GameSide;
}

const STATUS: readonly GameStatus[] = ['scheduled', 'live', 'final'];

/** The columns of nba_raw.nbac_schedule that {@link scheduledGame} reads. */
export const SCHEDULED_GAME_COLUMNS = [
  'game_id', 'game_date', 'season', 'game_type', 'game_status',
  'home_team_id', 'home_team_tricode', 'home_score', 'away_team_id', 'away_team_tricode', 'away_score',
] as const;

/** Reads a row of nba_raw.nbac_schedule whose teams are known. */
export function scheduledGame(row: Row): ScheduledGame {
  const side = (which: 'home' | 'away'): GameSide => ({
    // Some clients return 64-bit integers as text.
    teamId: Number(row[`${which}_team_id`]) as TeamId,
    tricode: String(row[`${which}_team_tricode`] ?? ''),
    score: wholeNumber(row[`${which}_score`]),
  });
  return {
    gameId: row['game_id'] as GameId,
    date: row['game_date'] as GameDate,
    season: row['season'] as Season,
    type: row['game_type'] as GameType,
    status: STATUS[Number(row['game_status']) - 1] ?? 'scheduled',
    home: side('home'),
    away: side('away'),
  };
}

const wholeNumber = (cell: Cell | undefined): number | null => (cell === null || cell === undefined ? null : Number(cell));

/** Both sides, home first. */
export const sidesOf = (game: ScheduledGame): readonly [GameSide, GameSide] => [game.home, game.away];

/** `MIL@NOP 0022400617`: how a game is named in messages. */
export const gameLabel = (game: ScheduledGame): string => `${game.away.tricode}@${game.home.tricode} ${game.gameId}`;
