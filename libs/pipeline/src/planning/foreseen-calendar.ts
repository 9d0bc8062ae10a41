import { type GameDate, type Row, parseGameDate, seasonOf } from '@nba/kernel';
import { GameCalendar, calendarOf } from '@nba/schedule';
import { compareRows } from '../corrections/compare-rows';
import type { DocumentProcessor } from '../definition/processor';
import { RUN_DEFAULTS } from '../running/run-options';
import { type InterpretationContext, type InterpretedUnit, interpretUnits } from '../running/raw-units';
import type { PlannedUnit } from './planned-unit';

/** What is known of the games when the schedules that are to be loaded have been. */
export interface ForeseenCalendar {
  readonly calendar: GameCalendar;
  /** Dates of which the schedule will tell other than it does now. */
  readonly changed: readonly GameDate[];
}

/**
 * Reads the documents of the seasons whose schedule is to be loaded: without them nobody can say what else is to be run.
 * Of a season whose documents cannot be used, what is stored stays.
 */
export async function foreseeCalendar(
  schedule: DocumentProcessor, units: readonly PlannedUnit[], known: GameCalendar, context: Omit<InterpretationContext, 'workers' | 'random'>,
): Promise<ForeseenCalendar> {
  const read = await interpretUnits(schedule, units, { ...context, workers: RUN_DEFAULTS.workers, random: Math.random });
  const usable = read.filter(({ output }) => output.rows.length > 0);
  if (usable.length === 0) return { calendar: known, changed: [] };
  const seasons = new Set(usable.map(({ date }) => seasonOf(date)));
  const { games } = calendarOf(usable.flatMap(({ output }) => output.rows), context.settings.gameTypes);
  const changed = usable.flatMap((unit) => changedDates(schedule, unit));
  return { calendar: new GameCalendar([...known.games.filter(({ season }) => !seasons.has(season)), ...games]), changed: [...new Set(changed)].sort() };
}

function changedDates({ table }: DocumentProcessor, { schedule: stored, lost, output }: InterpretedUnit): GameDate[] {
  // What others have read of rows that have been lost since, nobody knows.
  const rows = lost ? [...stored, ...output.rows] : compareRows(table, stored, output.rows).flatMap(({ before, after }) => [before, after]);
  return rows.filter((row): row is Row => row !== undefined).map((row) => parseGameDate(String(row['game_date'])));
}
