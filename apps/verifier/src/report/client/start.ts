import type { ReportData, ReportSeason } from '../report-data';
import type { ClientParts } from './client-parts';

/** Reads the page's data and brings the page to life. */
export function start(parts: ClientParts, page: Document): void {
  const read = <T>(id: string): T => JSON.parse(page.getElementById(id)?.textContent ?? 'null') as T;
  const data = read<ReportData>('report-data');
  const worstFirst = read<readonly string[]>('worst-first');
  const panel = page.getElementById('day') as HTMLElement;
  const content = panel.querySelector('.content') as HTMLElement;
  let shown: { season: number; day: number; table: number } | undefined;
  let origin: HTMLElement | undefined;

  const close = (): void => {
    panel.hidden = true;
    shown = undefined;
    page.documentElement.classList.remove('with-day');
    page.querySelector('.cell.opened')?.classList.remove('opened');
    origin?.focus();
  };
  const show = (season: number, day: number, table: number): void => {
    shown = { season, day, table };
    panel.hidden = false;
    page.documentElement.classList.add('with-day');
    content.replaceChildren(parts.drawDay(parts, data, season, day, table));
    content.scrollTop = 0;
    const last = (data.seasons[season] as ReportSeason).days.length - 1;
    (panel.querySelector('.before') as HTMLButtonElement).disabled = day <= 0;
    (panel.querySelector('.after') as HTMLButtonElement).disabled = day === -1 || day >= last;
    page.querySelector('.cell.opened')?.classList.remove('opened');
    const cell = page.querySelector<HTMLElement>(`[data-place="${season} ${day} ${table}"]`);
    cell?.classList.add('opened');
    cell?.scrollIntoView({ block: 'nearest' });
  };
  const open = (season: number, day: number, table: number, from: HTMLElement): void => {
    origin = from;
    show(season, day, table);
    page.getElementById('day-title')?.focus();
  };
  const step = (days: number): void => {
    if (!shown || shown.day < 0 || !data.seasons[shown.season]?.days[shown.day + days]) return;
    show(shown.season, shown.day + days, shown.table);
    // Escape leads to the day that is shown, not to the one it began with; where a table has no such day, to all tables.
    origin = page.querySelector<HTMLElement>(`[data-place="${shown.season} ${shown.day} ${shown.table}"], [data-place="${shown.season} ${shown.day} -1"]`) ?? origin;
    const grid = origin?.closest('[role=grid]');
    if (grid && origin) parts.chosenCell(parts, grid, origin, false);
  };
  panel.querySelector('.close')?.addEventListener('click', close);
  panel.querySelector('.before')?.addEventListener('click', () => step(-1));
  panel.querySelector('.after')?.addEventListener('click', () => step(1));
  page.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && !panel.hidden) close();
  });

  const each = (selector: string, draw: (place: HTMLElement) => void): void => page.querySelectorAll<HTMLElement>(selector).forEach(draw);
  each('[data-grid]', (place) => parts.drawSeason(parts, place, data, Number(place.dataset['grid']), { worstFirst, open }));
  each('[data-gaps]', (place) => {
    const season = Number(place.dataset['gaps']);
    place.append(parts.drawGaps(parts, data, data.seasons[season]?.gaps ?? [], (gap, from) => open(season, gap.day, -1, from)));
  });
  each('[data-command]', (place) => place.replaceChildren(parts.commandLine(parts, place.dataset['command'] ?? '')));
  page.documentElement.dataset['ready'] = 'yes';
}
