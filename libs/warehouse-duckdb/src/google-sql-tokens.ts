import { NbaError } from '@nba/kernel';

/** A word of GoogleSQL. Comments and line ends are gone; `spaced` says whether there was anything before it. */
export interface Token {
  readonly kind: 'word' | 'name' | 'string' | 'number' | 'parameter' | 'sign';
  /** Words, numbers and signs as written; names and parameters without their marks; strings decoded. */
  readonly text: string;
  readonly spaced: boolean;
}

const SPACE = /(?:\s+|--[^\n]*|#[^\n]*|\/\*[\s\S]*?\*\/)+/y;
const WORD = /[A-Za-z_][A-Za-z0-9_]*/y;
const NUMBER = /(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y;
const PARAMETER = /@([A-Za-z_][A-Za-z0-9_]*)/y;
const NAME = /`([^`\n]+)`/y;
const STRING = /"""([\s\S]*?)"""|'''([\s\S]*?)'''|"((?:[^"\\\n]|\\[\s\S])*)"|'((?:[^'\\\n]|\\[\s\S])*)'/y;
const SIGN = /<=|>=|<>|!=|\|\||=>|<<|>>|[-+*/%=<>()[\],.;:?!&|^~{}$]/y;

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '\\': '\\', "'": "'", '"': '"', '`': '`', '?': '?' };

/** Splits GoogleSQL into tokens. @throws NbaError WAREHOUSE_STATEMENT_FAILED at a character that cannot be read */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  let spaced = false;
  const read = (pattern: RegExp) => {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match) at = pattern.lastIndex;
    return match;
  };
  const push = (kind: Token['kind'], value: string) => {
    tokens.push({ kind, text: value, spaced });
    spaced = false;
  };
  while (at < text.length) {
    let match: RegExpExecArray | null;
    if (read(SPACE)) spaced = true;
    else if ((match = read(STRING))) push('string', unescape(match[1] ?? match[2] ?? match[3] ?? match[4] ?? ''));
    else if ((match = read(NAME))) push('name', match[1] as string);
    else if ((match = read(PARAMETER))) push('parameter', match[1] as string);
    else if ((match = read(WORD))) {
      if (/^(r|b|rb|br)$/i.test(match[0]) && /['"]/.test(text[at] ?? '')) throw unreadable(text, at, `a string with the prefix ${match[0]}`);
      push('word', match[0]);
    } else if ((match = read(NUMBER))) push('number', match[0]);
    else if (!text.startsWith('/*', at) && (match = read(SIGN))) push('sign', match[0]);
    else throw unreadable(text, at, text.startsWith('/*', at) ? 'a comment that does not end' : `"${text[at]}"`);
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
