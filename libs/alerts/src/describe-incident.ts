import type { RootCause } from '@nba/kernel';
import { countUnits, type HeldUpCount, type Incident, type Told } from './incident';

/** More than a reader takes in at a glance is counted. */
const MOST_DATES = 10;
const MOST_PROCESSORS = 6;
const MOST_ERRORS = 5;

/** The lines of a new incident: its dates, what waits for it, and the errors. */
export function describeOpening(incident: Incident, cause: RootCause | null): readonly string[] {
  const heldUp = (cause?.heldUp ?? []).map(({ processor, dates }) => ({ processor, units: dates.length }));
  return [
    ...(incident.rootDates.length > 0 ? [`Wrong on ${counted(incident.rootDates.length, 'date')}: ${listed([...incident.rootDates].sort(), MOST_DATES)}`] : []),
    ...(incident.heldUpUnits > 0 ? [`Holds up ${describeUnits(heldUp)}`] : []),
    ...shortened(cause?.errors ?? [], MOST_ERRORS),
  ];
}

/** The lines of an open incident that came to light on further dates: these, and the totals. */
export function describeGrowth(incident: Incident, further: readonly string[]): readonly string[] {
  return [
    `Wrong on ${counted(further.length, 'further date')}: ${listed([...further].sort(), MOST_DATES)}`,
    `${counted(incident.rootDates.length, 'date')} in all since ${incident.openedAt}; holds up ${counted(incident.heldUpUnits, 'unit')} now`,
  ];
}

/** The lines of an incident that is over. */
export function describeEnd(incident: Incident, told: Told, at: string): readonly string[] {
  const end = incident.resolvedAt ?? at;
  const units = countUnits(incident.heldUpMost);
  return [
    `Open for ${describeDuration(Date.parse(end) - Date.parse(incident.openedAt))}, from ${incident.openedAt} to ${end}`,
    ...(incident.rootDates.length > 0 ? [`Was wrong on ${counted(incident.rootDates.length, 'date')}: ${listed([...incident.rootDates].sort(), MOST_DATES)}`] : []),
    units > 0 ? `Had held up ${describeUnits(incident.heldUpMost)}` : 'Had held up nothing',
    ...(told.status === 'nothing' ? [`Its opening was never delivered here${told.error === null ? '' : ` (${told.error})`}`] : []),
  ];
}

/** `128 units: PlayerGameSummaryProcessor 64, …`, the most first. */
function describeUnits(counts: readonly HeldUpCount[]): string {
  const byProcessor = new Map<string, number>();
  for (const { processor, units } of counts) byProcessor.set(processor, (byProcessor.get(processor) ?? 0) + units);
  const sorted = [...byProcessor].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  return `${counted(countUnits(counts), 'unit')}: ${listed(sorted.map(([processor, units]) => `${processor} ${units}`), MOST_PROCESSORS)}`;
}

/** `2 days 3 hours`, `5 minutes`, `less than a minute` (also when the clock was set back). */
export function describeDuration(milliseconds: number): string {
  const minutes = Math.floor(milliseconds / 60_000);
  if (minutes < 1) return 'less than a minute';
  const parts = minutes < 60 ? [[minutes, 'minute']] : minutes < 1_440 ? [[Math.floor(minutes / 60), 'hour'], [minutes % 60, 'minute']] : [[Math.floor(minutes / 1_440), 'day'], [Math.floor((minutes % 1_440) / 60), 'hour']];
  return parts.filter(([count]) => count !== 0).map(([count, unit]) => counted(Number(count), String(unit))).join(' ');
}

const counted = (count: number, noun: string) => `${count} ${noun}${count === 1 ? '' : 's'}`;

const listed = (items: readonly string[], most: number) => shortened(items, most).join(', ');

function shortened(items: readonly string[], most: number): readonly string[] {
  return items.length > most ? [...items.slice(0, most), `and ${items.length - most} more`] : items;
}
