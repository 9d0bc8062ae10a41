import type { ReportData, ReportSeason, UnitTuple } from '../report-data';
import type { ClientParts } from './client-parts';
import type { ShownUnit } from './unit-of';

/** Draws a day, or with -1 the season's own unit: what to type, the units with their reasons, the gaps. `chosen` is the table it was opened from. */
export function drawDay(parts: ClientParts, data: ReportData, number: number, day: number, chosen: number): HTMLElement {
  const season = data.seasons[number] as ReportSeason;
  const { date, games } = season.days[day] ?? { date: season.season, games: [] };
  const units = season.tables.flatMap(({ units: own }, table) => own.filter((unit: UnitTuple) => unit[0] === day).map((unit: UnitTuple) => ({ table, unit: parts.unitOf(parts, data, table, unit) })));
  const weekday = day === -1 ? '' : new Intl.DateTimeFormat('en', { weekday: 'long', timeZone: 'UTC' }).format(new Date(date));
  const make = (tag: keyof HTMLElementTagNameMap, attributes: Readonly<Record<string, string | number>> = {}, ...children: readonly (Node | string)[]): HTMLElement =>
    parts.element(parts, tag, attributes, ...children);
  const part = make('div');

  const counts = new Map<string, number>();
  for (const { unit } of units) counts.set(unit.condition.label, (counts.get(unit.condition.label) ?? 0) + 1);
  const summary = [weekday, day === -1 ? '' : `${games.length} ${games.length === 1 ? 'game' : 'games'}`, ...[...counts].map(([word, n]) => `${n} ${word}`)].filter(Boolean).join(' · ');
  part.append(make('h2', { id: 'day-title', tabindex: -1 }, date), make('p', { class: 'muted' }, summary));
  if (games.length > 0) part.append(make('p', { class: 'games' }, ...games.flatMap((game, i) => [...(i > 0 ? [' '] : []), make('span', {}, game)])));

  const fixes = new Map<string, string[]>();
  for (const { unit } of units) for (const fix of unit.fixes) fixes.set(fix, [...(fixes.get(fix) ?? []), unit.table.name]);
  if (fixes.size > 0) {
    part.append(make('h3', {}, 'Type'));
    for (const [fix, tables] of fixes) part.append(parts.commandLine(parts, fix), make('p', { class: 'muted small' }, `for ${tables.join(', ')}`));
  }

  const figure = (text: string): HTMLElement => make('td', { class: 'number' }, text);
  const reasonOf = ({ why, notes, condition }: ShownUnit): (Node | string)[] => [...why, ...notes].length > 0
    ? [...why, ...notes].map((text) => make('div', {}, text))
    : [condition.group === 'complete' ? 'as it should be' : condition.group === 'later' ? 'not played yet, or after today' : ''];
  const tookOf = ({ statementMs, unitsTogether }: ShownUnit): string => statementMs < 0 ? '–'
    : unitsTogether > 1 ? `${parts.timeInWords(parts, statementMs / unitsTogether)} (${unitsTogether} together ${parts.timeInWords(parts, statementMs)})` : parts.timeInWords(parts, statementMs);
  const rows = units.map(({ table, unit }) => {
    const name = make('th', { scope: 'row' }, make('span', { class: 'phase' }, String(unit.table.phase)), ` ${unit.table.name}`);
    const state = make('td', { class: 'nowrap' }, make('span', { class: `cell is-${unit.condition.name}`, 'aria-hidden': 'true' }), ` ${unit.condition.label}`);
    const keys = unit.keysExpected < 0 ? '–' : `${unit.keysPresent} of ${unit.keysExpected}`;
    const ran = unit.startedAt ? `${unit.startedAt.slice(0, 16).replace('T', ' ')} UTC` : 'never';
    return make('tr', table === chosen ? { class: 'chosen', 'aria-current': 'true' } : {}, name, state, make('td', { class: 'why' }, ...reasonOf(unit)), figure(unit.rows.toLocaleString('en')), figure(keys), make('td', { class: 'nowrap' }, ran), figure(tookOf(unit)), make('td', { class: 'nowrap small' }, unit.runId || '–'));
  });
  const head = ['Table', 'State', 'Why', 'Rows stored', 'Keys stored', 'Last run', 'Took', 'Run id'].map((name) => make('th', { scope: 'col' }, name));
  part.append(make('h3', {}, 'Units'), make('div', { class: 'scroll' }, make('table', { class: 'units' }, make('thead', {}, make('tr', {}, ...head)), make('tbody', {}, ...rows))));

  const gaps = season.gaps.filter((gap) => gap.day === day && day >= 0);
  if (gaps.length > 0) part.append(make('h3', {}, `Gaps (${gaps.length})`), parts.drawGaps(parts, data, gaps, undefined));
  return part;
}
