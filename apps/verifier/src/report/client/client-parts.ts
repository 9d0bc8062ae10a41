/// <reference lib="dom" />
import { chosenCell } from './chosen-cell';
import { commandLine } from './command-line';
import { drawDay } from './draw-day';
import { drawGaps } from './draw-gaps';
import { drawSeason } from './draw-season';
import { element } from './element';
import { labelOf } from './label-of';
import { moved } from './moved';
import { timeInWords } from './time-in-words';
import { start } from './start';
import { unitOf } from './unit-of';
import { worstOf } from './worst-of';

/**
 * The page's script, in pieces. Each is written into the page as the text of one function, so none may name anything
 * outside itself but what a browser has: it reaches the other pieces through its first parameter.
 */
export const clientParts = { chosenCell, commandLine, drawDay, drawGaps, drawSeason, element, labelOf, moved, start, timeInWords, unitOf, worstOf };

export type ClientParts = typeof clientParts;

/** The script as the page carries it. */
export function clientScript(): string {
  const parts = Object.entries(clientParts).map(([name, part]) => `${JSON.stringify(name)}: ${part.toString()}`);
  return `'use strict';\nconst parts = {\n${parts.join(',\n')}\n};\nparts.start(parts, document);\n`;
}
