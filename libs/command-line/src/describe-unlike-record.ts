import { type GameDate, type Season, parseSeason, seasonOf } from '@nba/kernel';
import type { RecordDifference } from '@nba/pipeline';
import { count, plural } from './numbers';
import { repairCommand } from './repair-command';

/** What a person reads about units that are stored otherwise than they were recorded: the differences, and what to type. */
export function describeUnlikeRecord(found: readonly RecordDifference[]): { readonly head: string; readonly differences: string[]; readonly next: string[] } {
  const edited = found.filter(({ kind }) => kind === 'content');
  const counted = found.filter((difference) => !edited.includes(difference));
  const seasons = [...new Set(counted.map(({ unit }) => seasonOfUnit(unit)))].sort();
  return {
    head: found.length === 1 ? '1 unit is not stored as it was recorded' : `${plural(found.length, 'unit')} are not stored as they were recorded`,
    differences: found.map(describeDifference),
    next: [...(seasons.length > 0 ? [repairCommand(seasons)] : []), ...rerunCommands(edited)],
  };
}

function describeDifference({ table, unit, kind, recorded, stored }: RecordDifference): string {
  const where = `${table} ${unit}`;
  if (kind === 'content') return `${where}: ${plural(stored, 'row')} as recorded, but the content has been changed since`;
  return recorded === null ? `${where}: ${plural(stored, 'row')} stored, which no run has recorded` : `${where}: ${plural(recorded, 'row')} recorded, ${count(stored)} stored`;
}

/** The plan counts rows: a unit whose number is right has to be run by name. What its rows then differ in is followed. */
function rerunCommands(edited: readonly RecordDifference[]): string[] {
  return [...new Set(edited.map(({ table }) => table))].map((table) => {
    const own = edited.filter((difference) => difference.table === table);
    const units = own.map(({ unit }) => unit).join(',');
    return `nx run backfill:phase${own[0]?.phase} --processor=${table.split('.')[1]} ${own.every(({ unit }) => isSeason(unit)) ? '--season' : '--dates'}=${units} --force`;
  });
}

/** `2024-25` is a season, `2025-01-26` a date. */
const isSeason = (unit: GameDate | Season): unit is Season => unit.length === '2024-25'.length;
const seasonOfUnit = (unit: GameDate | Season): Season => (isSeason(unit) ? parseSeason(unit) : seasonOf(unit));
