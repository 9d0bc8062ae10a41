import { generateLeague } from '@nba/sample-league';

export const SEASON = '2021-22';

interface Schedule { readonly leagueSchedule: { gameDates: readonly { readonly gameDate: string }[] } & Readonly<Record<string, unknown>> }

/** The first game dates of an invented season, all played: the schedule, cut off after them, and their box scores. By path. */
export function smallLake(gameDates: number): { readonly documents: Readonly<Record<string, string>>; readonly dates: readonly string[] } {
  const all = [...generateLeague({ seasons: [SEASON] })];
  const dates = [...new Set(all.filter(({ path }) => path.includes('/player-boxscores/')).map(({ path }) => path.split('/')[2] as string))].sort().slice(0, gameDates);
  const last = dates.at(-1) as string;
  const isEarly = (gameDate: string): boolean => `${gameDate.slice(6, 10)}-${gameDate.slice(0, 2)}-${gameDate.slice(3, 5)}` <= last;
  const schedule = all.filter(({ path }) => path.includes('/schedule/')).at(-1);
  const { leagueSchedule } = JSON.parse(schedule?.text ?? '') as Schedule;
  const cut = JSON.stringify({ leagueSchedule: { ...leagueSchedule, gameDates: leagueSchedule.gameDates.filter(({ gameDate }) => isEarly(gameDate)) } });
  const boxScores = all.filter(({ path }) => dates.includes(path.split('/')[2] as string)).map(({ path, text }) => [path, text]);
  return { dates, documents: Object.fromEntries([...boxScores, [schedule?.path, cut]]) };
}
