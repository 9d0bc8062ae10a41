import type { TableDefinition } from './table';

/**
 * A piece of GoogleSQL. Values never go into the text: they are named parameters (`@from`),
 * so a name with a quote in it is data and the text, whose hash is the code version, stays the same.
 */
export interface Sql {
  readonly text: string;
}

type Part = Sql | TableDefinition | number;

/**
 * Composes GoogleSQL from pieces, tables (rendered as `dataset.name`) and whole numbers; strings are refused by the types.
 * @example sql`SELECT game_id FROM ${nbacSchedule} WHERE game_date >= @from`
 */
export function sql(strings: TemplateStringsArray, ...parts: readonly Part[]): Sql {
  return { text: strings.reduce((text, piece, i) => text + render(parts[i - 1]) + piece) };
}

function render(part: Part | undefined): string {
  if (typeof part === 'number') {
    if (!Number.isSafeInteger(part)) throw new TypeError(`Only whole numbers may be written into SQL, not ${part}`);
    // In brackets: a minus before a bare negative number would start a comment.
    return part < 0 ? `(${part})` : String(part);
  }
  if (isSql(part)) return part.text;
  if (typeof part !== 'object' || !part?.dataset || !part.name) throw new TypeError(`Only SQL, tables and whole numbers make up SQL, not ${part}`);
  return `${part.dataset}.${part.name}`;
}

const isSql = (part: Part | undefined): part is Sql => typeof part === 'object' && part !== null && 'text' in part && typeof part.text === 'string';

/** Joins pieces, by default with a comma. */
export function joinSql(parts: readonly Sql[], separator = ', '): Sql {
  return { text: parts.map((part) => part.text).join(separator) };
}

/** A column or table alias of our own. @throws TypeError for anything that is not a plain identifier */
export function identifier(name: string): Sql {
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) throw new TypeError(`"${name}" is not an identifier`);
  return { text: name };
}

/** A comma-separated list of columns, each qualified by `alias` when one is given. */
export function columnList(columns: readonly string[], alias?: string): Sql {
  return joinSql(columns.map((column) => (alias ? sql`${identifier(alias)}.${identifier(column)}` : identifier(column))));
}

/** A string literal of ours (a game type, a table's name): lower-case words, digits, `_`, `-` and `.` only. */
export function literal(value: string): Sql {
  if (!/^[\w.-]*$/.test(value)) throw new TypeError(`"${value}" may not be written into SQL; make it a parameter`);
  return { text: `'${value}'` };
}
