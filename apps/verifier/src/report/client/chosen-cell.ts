/** Marks the one cell of a grid that the Tab key reaches, and focuses it when asked to. */
export function chosenCell(_: unknown, grid: Element, cell: HTMLElement, focus: boolean): void {
  grid.querySelector('[role=gridcell][tabindex="0"]')?.setAttribute('tabindex', '-1');
  cell.setAttribute('tabindex', '0');
  if (focus) cell.focus();
}
