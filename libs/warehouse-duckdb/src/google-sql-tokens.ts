import { NbaError } from '@nba/kernel';

/** A word of GoogleSQL. Comments and line ends are gone; `spaced` says whether there was anything before it. */
export interface Token {
  readonly kind: 'word' | 'name' | 'string' | 'number' | 'parameter' | 'sign';
  /** Words, numbers and signs as written; names and parameters without their marks; strings decoded. */
  readonly text: string;
  readonly spaced: boolean;
}

const SPACE = /(?:\s+|--[^\n]*|#[^\n]*|\/\*[\s\S]*?\*\/)+/;
const STRING = /"""([\s\S]*?)"""|'''([\s\S]*?)'''|"((?:[^"\\\n]|\\[\s\S])*)"|'((?:[^'\\\n]|\\[\s\S])*)'/;
const NAME = /`([^`\n]+)`/;
const PARAMETER = /@([A-Za-z_][A-Za-z0-9_]*)/;
const WORD = /([A-Za-z_][A-Za-z0-9_]*)/;
const NUMBER = /((?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)/;
const SIGN = /((?!\/\*)(?:<=|>=|<>|!=|\|\||=>|<<|>>|[-+*/%=<>()[\],.;:?!&|^~{}$]))/;
/** Whatever can come next, in this order. One pattern: to try them one by one took longer than all the rest of rendering. */
const NEXT = new RegExp([SPACE, STRING, NAME, PARAMETER, WORD, NUMBER, SIGN].map(({ source }) => source).join('|'), 'y');

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '\\': '\\', "'": "'", '"': '"', '`': '`', '?': '?' };

/** Splits GoogleSQL into tokens. @throws NbaError WAREHOUSE_STATEMENT_FAILED at a character that cannot be read */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  let spaced = false;
  const push = (kind: Token['kind'], value: string) => {
    tokens.push({ kind, text: value, spaced });
    spaced = false;
  };
  NEXT.lastIndex = 0;
  for (let at = 0; at < text.length; at = NEXT.lastIndex) {
    const match = NEXT.exec(text);
    if (!match) throw unreadable(text, at, text.startsWith('/*', at) ? 'a comment that does not end' : `"${text[at]}"`);
    const [, long, longSingle, double, single, name, parameter, word, number, sign] = match;
    const string = long ?? longSingle ?? double ?? single;
    if (word !== undefined) {
      if (/^(r|b|rb|br)$/i.test(word) && /['"]/.test(text[NEXT.lastIndex] ?? '')) throw unreadable(text, NEXT.lastIndex, `a string with the prefix ${word}`);
      push('word', word);
    } else if (sign !== undefined) push('sign', sign);
    else if (string !== undefined) push('string', unescape(string));
    else if (name !== undefined) push('name', name);
    else if (parameter !== undefined) push('parameter', parameter);
    else if (number !== undefined) push('number', number);
    else spaced = true;
  }
  return tokens;
}

function unescape(body: string): string {
  return body.replace(/\\(x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|[\s\S])/g, (whole, code: string) => {
    if (code.length > 1) return String.fromCharCode(parseInt(code.slice(1), 16));
    const plain = ESCAPES[code];
    if (plain === undefined) throw unreadable(body, 0, `the escape ${whole} in a string`);
    return plain;
  });
}

function unreadable(text: string, at: number, what: string): NbaError {
  const place = text.slice(Math.max(0, at - 20), at + 40).replace(/\s+/g, ' ');
  return new NbaError('WAREHOUSE_STATEMENT_FAILED', `Cannot read ${what} in the SQL text, near: ${place}`);
}
