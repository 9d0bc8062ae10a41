import { type GameDate, easternDate } from '@nba/kernel';

/** When a game date begins, midnight in US Eastern time, in UTC: at 04:00 in summer, at 05:00 in winter. */
export function startOfGameDate(date: GameDate): string {
  const summer = `${date}T04:00:00Z`;
  return easternDate(new Date(summer)) === date ? summer : `${date}T05:00:00Z`;
}
