import { type GameDate, type GameType, gameTypeOf, seasonOf } from '@nba/kernel';
import type { GameStatus, ScheduledGame } from './scheduled-game';

/** Teams of hand-worked leagues. */
export const TEAMS = { BOS: 1, NYK: 2, LAL: 3, DEN: 4, MIA: 5, OKC: 6 } as const;
export type Tricode = keyof typeof TEAMS;

/** One game: `game('2024-10-22', 'NYK@BOS', 1)`. Final unless said otherwise; the number makes the id. */
export function game(date: string, teams: `${Tricode}@${Tricode}`, number: number, status: GameStatus = 'final', prefix = '002'): ScheduledGame {
  const [away, home] = teams.split('@') as [Tricode, Tricode];
  const gameId = `${prefix}24${String(number).padStart(5, '0')}`;
  const side = (tricode: Tricode, score: number) => ({ teamId: TEAMS[tricode], tricode, score: status === 'final' ? score : null });
  return {
    gameId, status,
    date: date as GameDate,
    season: seasonOf(date as GameDate),
    type: gameTypeOf(gameId) as GameType,
    home: side(home, 110),
    away: side(away, 104),
  };
}

export const ids = (games: readonly ScheduledGame[]): number[] => games.map(({ gameId }) => Number(gameId.slice(5)));
export const day = (text: string): GameDate => text as GameDate;
