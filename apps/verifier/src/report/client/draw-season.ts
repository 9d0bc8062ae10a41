import type { ReportData, ReportSeason, UnitTuple } from '../report-data';
import type { ClientParts } from './client-parts';
import type { ShownUnit } from './unit-of';

/** What a grid asks of the page. */
export interface GridOptions {
  /** Condition names from the worst to the best. */
  readonly worstFirst: readonly string[];
  /** Opens a day, or with -1 the season's own unit. */
  readonly open: (season: number, day: number, table: number, from: HTMLElement) => void;
}

/** Draws one season as a grid: a row a table, a column a day of the calendar, and above them each day as a whole. */
export function drawSeason(parts: ClientParts, place: HTMLElement, data: ReportData, number: number, { worstFirst, open }: GridOptions): void {
  const season = data.seasons[number] as ReportSeason;
  const dayNumber = (date: string): number => Date.parse(date) / 86_400_000;
  const first = dayNumber(season.days[0]?.date ?? '2000-01-01');
  const length = dayNumber(season.days.at(-1)?.date ?? '2000-01-01') - first + 1;
  const columnOf = (day: number): number => dayNumber(season.days[day]?.date ?? '') - first + 2;
  const grid = parts.element(parts, 'div', { role: 'grid', class: 'grid', 'aria-label': `${season.season}: tables by day. Arrow keys move, Enter opens a day.` });
  grid.style.setProperty('--days', String(length));
  const readout = parts.element(parts, 'p', { class: 'readout' }, 'Arrow keys move from day to day and table to table; Enter or a click opens a day.');
  const cells: HTMLElement[][] = [];
  const days: number[][] = [];

  const months = parts.element(parts, 'div', { class: 'row months', 'aria-hidden': 'true' });
  season.days.forEach(({ date }, day) => {
    if (day > 0 && season.days[day - 1]?.date.slice(0, 7) === date.slice(0, 7)) return;
    const month = parts.element(parts, 'span', {}, new Intl.DateTimeFormat('en', { month: 'short', timeZone: 'UTC', ...(date.slice(5, 7) === '01' && { year: 'numeric' }) }).format(new Date(date)));
    month.style.gridColumn = `${columnOf(day)} / span ${Math.min(20, length + 2 - columnOf(day))}`;
    months.append(month);
  });
  const head = parts.element(parts, 'span', { class: 'coverage' }, 'complete');
  head.style.gridColumn = String(length + 2);
  months.append(head);
  grid.append(months);

  const addRow = (name: string, title: string, own: readonly { day: number; condition: string; label: string }[], coverage: string, words: string): void => {
    const row = parts.element(parts, 'div', { role: 'row', class: 'row' }, parts.element(parts, 'span', { role: 'rowheader', title }, name));
    const made = own.map(({ day, condition, label }) => {
      const cell = parts.element(parts, 'span', { role: 'gridcell', tabindex: -1, class: `cell is-${condition}`, 'aria-label': label });
      cell.dataset['place'] = `${number} ${day} ${cells.length - 1}`;
      cell.style.gridColumn = day === -1 ? `2 / span ${length}` : String(columnOf(day));
      row.append(cell);
      return cell;
    });
    cells.push(made);
    days.push(own.map(({ day }) => day));
    const end = parts.element(parts, 'span', { role: 'gridcell', class: 'coverage', title: words, ...(coverage && { 'aria-label': [`${name}: ${coverage}`, words].filter(Boolean).join(', ') }) }, coverage);
    end.style.gridColumn = String(length + 2);
    row.append(end);
    grid.append(row);
  };

  const byDay = season.days.map((): ShownUnit[] => []);
  const shown = season.tables.map(({ units }, table) => units.map((unit: UnitTuple) => {
    const told = parts.unitOf(parts, data, table, unit);
    byDay[unit[0]]?.push(told);
    return { day: unit[0], told };
  }));
  addRow('all tables', 'each day by the worst of its units', season.days.map(({ date }, day) => {
    const own = byDay[day] ?? [];
    const counts = new Map<string, number>();
    for (const { condition } of own) counts.set(condition.label, (counts.get(condition.label) ?? 0) + 1);
    const label = `${date}, all tables: ${[...counts].map(([word, units]) => `${units} ${word}`).join(', ') || 'nothing is expected'}`;
    return { day, condition: parts.worstOf(parts, worstFirst, own.map(({ condition }) => condition.name)), label };
  }), '', '');
  season.tables.forEach(({ coverage, keysInWords }, table) => {
    const { name, dataset, phase } = data.tables[table] as ReportData['tables'][number];
    const own = (shown[table] ?? []).map(({ day, told }) => ({ day, condition: told.condition.name, label: parts.labelOf(parts, season.days[day]?.date ?? season.season, told) }));
    addRow(name, `${dataset}.${name}, phase ${phase}`, own, coverage, keysInWords);
  });

  const placeOf = (target: EventTarget | null): { row: number; cell: number } | undefined => {
    const row = cells.findIndex((one) => one.includes(target as HTMLElement));
    return row === -1 ? undefined : { row, cell: (cells[row] ?? []).indexOf(target as HTMLElement) };
  };
  // The season's unit has no day of its own: through it one stays on the day one came from.
  let column = 0;
  const openAt = (target: EventTarget | null): void => {
    const at = placeOf(target);
    if (at) open(number, days[at.row]?.[at.cell] ?? 0, at.row - 1, target as HTMLElement);
  };
  grid.addEventListener('click', (event) => {
    if (placeOf(event.target)) parts.chosenCell(parts, grid, event.target as HTMLElement, true);
    openAt(event.target);
  });
  grid.addEventListener('keydown', (event) => {
    const at = placeOf(event.target);
    if (!at || event.altKey || event.metaKey) return;
    if (event.key === 'Enter' || event.key === ' ') openAt(event.target);
    const to = parts.moved(parts, days, at, column, event.key, event.ctrlKey);
    const cell = to && cells[to.row]?.[to.cell];
    if (cell) parts.chosenCell(parts, grid, cell, true);
    if (cell || event.key === 'Enter' || event.key === ' ') event.preventDefault();
  });
  const tell = (event: Event): void => {
    const label = (event.target as Element).getAttribute?.('aria-label');
    if (label && event.target !== grid) readout.textContent = label;
  };
  grid.addEventListener('mouseover', tell);
  grid.addEventListener('focusin', (event) => {
    tell(event);
    const at = placeOf(event.target);
    const day = at && days[at.row]?.[at.cell];
    if (day !== undefined && day >= 0) column = day;
  });
  const troubled = cells[0]?.findIndex((cell) => !['is-complete', 'is-later'].some((name) => cell.classList.contains(name))) ?? -1;
  const entry = cells[0]?.[troubled === -1 ? cells[0].length - 1 : troubled] ?? cells[1]?.[0];
  if (entry) parts.chosenCell(parts, grid, entry, false);
  place.append(grid, readout);
}
