import { NbaError, type Cell, type ColumnType, type Parameter } from '@nba/kernel';

/** A whole number of a result. @throws NbaError when a JavaScript number cannot hold it */
function toInteger(value: bigint, column: string): number {
  const number = Number(value);
  if (!Number.isSafeInteger(number)) {
    throw new NbaError('WAREHOUSE_STATEMENT_FAILED', `Column ${column} holds the integer ${value}, which a JavaScript number cannot hold exactly. CAST it to STRING.`, { field: column });
  }
  return number;
}

/** What the client library yields for types that JavaScript has not: dates and instants with their text, decimals with their digits. */
interface Wrapped {
  readonly value?: unknown;
  readonly toNumber?: () => number;
}

const INSTANT = /^\d{4}-\d{2}-\d{2}T/;

/** One value of a result as the port promises it. @throws NbaError for a type that no cell can hold, or an unsafe integer */
export function toCell(value: unknown, column: string): Cell {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  if (typeof value === 'bigint') return toInteger(value, column);
  const { value: text, toNumber } = value as Wrapped;
  if (typeof text === 'string') return INSTANT.test(text) ? new Date(text).toISOString() : text;
  if (typeof toNumber === 'function') return (value as { toNumber(): number }).toNumber();
  throw new NbaError('WAREHOUSE_STATEMENT_FAILED', `Column ${column} is a ${Array.isArray(value) ? 'list' : 'structure'}; results hold text, numbers, booleans, dates and timestamps only.`, { field: column });
}

/** The type of a named parameter: whole numbers are INT64, others FLOAT64; the text of the query casts a NULL. */
export function parameterType(parameter: Parameter): 'STRING' | 'INT64' | 'FLOAT64' | 'BOOL' {
  if (typeof parameter === 'boolean') return 'BOOL';
  if (typeof parameter === 'number') return Number.isSafeInteger(parameter) ? 'INT64' : 'FLOAT64';
  return 'STRING';
}

/** Whether a column of the type can hold the value as it is. Nothing is coerced. */
export function fits(cell: Cell, type: ColumnType): boolean {
  if (cell === null) return true;
  switch (type) {
    case 'STRING':
      return typeof cell === 'string';
    case 'INT64':
      return Number.isSafeInteger(cell);
    case 'FLOAT64':
      return typeof cell === 'number' && Number.isFinite(cell);
    case 'BOOL':
      return typeof cell === 'boolean';
    case 'DATE':
      return typeof cell === 'string' && isDate(cell);
    case 'TIMESTAMP':
      // An instant needs its zone: text without one would be read in somebody's.
      return typeof cell === 'string' && /(?:Z|[+-]\d{2}:\d{2})$/.test(cell) && !Number.isNaN(Date.parse(cell));
  }
}

function isDate(text: string): boolean {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}
