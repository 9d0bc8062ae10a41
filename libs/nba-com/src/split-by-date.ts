import type { GameDate } from '@nba/kernel';
import type { GameLog, LogRow } from './parse-game-log';
import { documentParameters, type Question } from './season-request';

/** The rows of one date, in the order in which they came. */
export interface DateRows {
  readonly date: GameDate;
  readonly rows: readonly LogRow[];
}

/** Every row under its date, dates in order; none is lost and none is doubled. @param since dates before it are left out */
export function splitByDate({ rows, dateOf }: GameLog, since?: GameDate): DateRows[] {
  const byDate = new Map<GameDate, LogRow[]>();
  for (const row of rows) {
    const date = dateOf(row);
    if (since !== undefined && date < since) continue;
    const list = byDate.get(date);
    if (list) list.push(row);
    else byDate.set(date, [row]);
  }
  return [...byDate].sort(([a], [b]) => (a < b ? -1 : 1)).map(([date, own]) => ({ date, rows: own }));
}

/** The document of one date, as if it had been asked for alone. */
export function documentText({ headers }: GameLog, { date, rows }: DateRows, question: Question): string {
  return JSON.stringify({
    resource: 'leaguegamelog', parameters: documentParameters(question, date), resultSets: [{ name: 'LeagueGameLog', headers, rowSet: rows }],
  });
}
