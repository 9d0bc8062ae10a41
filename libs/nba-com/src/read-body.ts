/** Longer than any answer that is expected, by a factor of ten: a season of player rows has about five million bytes. */
const MOST_BYTES = 64 * 1024 * 1024;

/** A body as text, and how many bytes it had once unpacked. */
export interface Body {
  readonly text: string;
  readonly bytes: number;
}

/** Reads a body whole. @throws whatever the connection does; an Error when the body goes on and on */
export async function readBody(response: Response): Promise<Body> {
  const reader = response.body?.getReader();
  const parts: Uint8Array[] = [];
  let bytes = 0;
  while (reader) {
    const { done, value } = await reader.read();
    if (done) break;
    parts.push(value);
    bytes += value.length;
    if (bytes > MOST_BYTES) {
      await reader.cancel();
      throw new Error(`the answer is longer than ${MOST_BYTES} bytes`);
    }
  }
  return { text: Buffer.concat(parts).toString('utf8'), bytes };
}

/** How many characters from the end a text that was cut off inside `\u00e9` may be said to be wrong. */
const LONGEST_ESCAPE = 6;

/** Whether a text that is not JSON may be the beginning of one: then it was cut off on its way, and the next answer may be whole. */
export function isCutOff(text: string, fault: unknown): boolean {
  if (!/^\s*[{[]/.test(text)) return text.trim() === '';
  const message = fault instanceof Error ? fault.message : '';
  if (/end of JSON|Unterminated/.test(message)) return true;
  const position = /at position (\d+)/.exec(message)?.[1];
  return position !== undefined && Number(position) >= text.length - LONGEST_ESCAPE;
}

const QUOTED_CHARACTERS = 120;

/** The first characters of an answer, for messages. */
export function quoted(text: string): string {
  const plain = text.slice(0, 4 * QUOTED_CHARACTERS).replace(/\s+/g, ' ').trim();
  if (plain === '') return 'nothing';
  return `"${plain.length > QUOTED_CHARACTERS ? `${plain.slice(0, QUOTED_CHARACTERS - 1)}…` : plain}"`;
}
