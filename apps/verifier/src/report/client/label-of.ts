import type { ShownUnit } from './unit-of';

/** `2025-01-26, player_game_summary: blocked, Data Gaps — …`: a cell for ears, and for the line under the grid. */
export function labelOf(_: unknown, date: string, { table, condition, why, rows }: Pick<ShownUnit, 'table' | 'condition' | 'why' | 'rows'>): string {
  const said = why.length > 0 ? why.join('; ') : condition.group === 'complete' ? `${rows} rows` : '';
  const short = said.length > 200 ? `${said.slice(0, 199)}…` : said;
  return `${date}, ${table.name}: ${condition.label}${short ? `, ${short}` : ''}`;
}
