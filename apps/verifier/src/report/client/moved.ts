/** Where the keyboard is in a grid: a row, and which of the row's cells. */
export interface Place {
  readonly row: number;
  readonly cell: number;
}

/**
 * Where a key leads in a grid whose rows hold cells on some days only; undefined for a key that does not move. Up and
 * down keep to the day, or the nearest one that the row has.
 * @param rows for each row the days of its cells, in order; a cell for a whole season has the day -1
 * @param day the day to keep to when moving up and down
 */
export function moved(_: unknown, rows: readonly (readonly number[])[], { row, cell }: Place, day: number, key: string, ctrl: boolean): Place | undefined {
  const last = (rows[row]?.length ?? 1) - 1;
  const inRow = (to: number): Place => ({ row, cell: Math.min(Math.max(to, 0), last) });
  const nearest = (to: number): Place => {
    const at = Math.min(Math.max(to, 0), rows.length - 1);
    const days = rows[at] ?? [];
    let best = 0;
    days.forEach((one, i) => {
      if (Math.abs(one - day) < Math.abs((days[best] as number) - day)) best = i;
    });
    return { row: at, cell: best };
  };
  if (key === 'ArrowLeft') return inRow(cell - 1);
  if (key === 'ArrowRight') return inRow(cell + 1);
  if (key === 'PageUp') return inRow(cell - 7);
  if (key === 'PageDown') return inRow(cell + 7);
  if (key === 'ArrowUp') return nearest(row - 1);
  if (key === 'ArrowDown') return nearest(row + 1);
  if (key === 'Home') return ctrl ? { row: 0, cell: 0 } : inRow(0);
  if (key === 'End') return ctrl ? { row: rows.length - 1, cell: (rows.at(-1)?.length ?? 1) - 1 } : inRow(last);
  return undefined;
}
