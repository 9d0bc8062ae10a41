import type { ReportData, ReportGap } from '../report-data';
import type { ClientParts } from './client-parts';

/** Draws gaps as table rows, a game a line; the first hundred, and more when asked for. `open` shows the day of a gap. */
export function drawGaps(
  parts: Pick<ClientParts, 'element'>, data: ReportData, gaps: readonly ReportGap[], open: ((gap: ReportGap, from: HTMLElement) => void) | undefined,
): HTMLElement {
  const all = data.tables.length;
  const cell = (...children: readonly (Node | string)[]): HTMLElement => parts.element(parts, 'td', {}, ...children);
  const playersOf = ({ players, playerCount }: ReportGap): string => `${players.join(', ')}${playerCount > players.length ? ` and ${playerCount - players.length} more` : ''}`;
  const rowOf = (gap: ReportGap): HTMLElement => {
    const date = parts.element(parts, 'button', { type: 'button', class: 'link' }, gap.date);
    if (open) date.addEventListener('click', () => open(gap, date));
    const tables = gap.tables.map((table) => data.tables[table]?.name ?? '');
    const where = tables.length >= all - 1 ? 'every table' : tables.join(', ');
    return parts.element(parts, 'tr', {}, cell(open && gap.day >= 0 ? date : gap.date), cell(gap.kind), cell(gap.game || 'no such game'), cell(gap.teams.join(', ') || '–'), cell(playersOf(gap) || '–'), cell(where));
  };
  const head = ['Date', 'What', 'Game', 'Teams', 'Players', 'Tables'].map((name) => parts.element(parts, 'th', { scope: 'col' }, name));
  const body = parts.element(parts, 'tbody', {});
  const table = parts.element(parts, 'table', {}, parts.element(parts, 'thead', {}, parts.element(parts, 'tr', {}, ...head)), body);
  const more = parts.element(parts, 'button', { type: 'button' });
  const show = (): void => {
    const from = body.rows.length;
    body.append(...gaps.slice(from, from + 100).map(rowOf));
    const left = gaps.length - body.rows.length;
    more.hidden = left === 0;
    more.textContent = `Show more (${left} left)`;
  };
  more.addEventListener('click', show);
  show();
  return parts.element(parts, 'div', { class: 'scroll', tabindex: 0, role: 'group', 'aria-label': 'Gaps by game and team' }, table, more);
}
