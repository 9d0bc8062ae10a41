import type { LakeDocument } from '@nba/pipeline';
import { refuseDocument } from './finding';

/** The document as JSON; refused with the position of the first mistake when it is none (truncated, NaN). */
export function readJson(document: LakeDocument): unknown {
  try {
    return JSON.parse(document.text);
  } catch (fault) {
    const reason = fault instanceof Error ? fault.message : String(fault);
    // The engine tells the position of a misplaced token, but not of an unknown one, nor of the end.
    const position = Number(/at position (\d+)/.exec(reason)?.[1] ?? firstMistake(document.text));
    const isCutOff = position >= document.text.length;
    return refuseDocument(document, 'the text', `${isCutOff ? 'ends too early, at' : 'is not JSON at'} position ${position} (${reason})`);
  }
}

const TOKEN = /\s+|"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null|[[\]{},:]/y;

/** Where the first thing stands that is no JSON token; the end of the text when all of it is tokens. */
function firstMistake(text: string): number {
  let position = 0;
  TOKEN.lastIndex = 0;
  while (position < text.length && TOKEN.test(text)) position = TOKEN.lastIndex;
  return position;
}
