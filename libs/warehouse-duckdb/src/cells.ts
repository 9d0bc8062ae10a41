import {
  DuckDBDateValue, DuckDBDecimalValue, DuckDBTimestampTZValue, DuckDBTimestampValue, DuckDBTypeId, type DuckDBValue,
} from '@duckdb/node-api';
import { NbaError, type Cell, type Parameter } from '@nba/kernel';

const DAY_MS = 86_400_000;
const dateTexts = new Map<number, string>();

/** The civil date so many days after 1970-01-01. */
function dateText(days: number): string {
  let text = dateTexts.get(days);
  if (text === undefined) dateTexts.set(days, (text = new Date(days * DAY_MS).toISOString().slice(0, 10)));
  return text;
}

const instantText = (micros: bigint) => new Date(Number(micros / 1000n)).toISOString();

function safeInteger(value: bigint, column: string): number {
  const number = Number(value);
  if (!Number.isSafeInteger(number)) {
    throw new NbaError('WAREHOUSE_STATEMENT_FAILED', `Column ${column} holds the integer ${value}, which a JavaScript number cannot hold exactly. CAST it to STRING.`, { field: column });
  }
  return number;
}

/** One value of a result as the port promises it. @throws NbaError for a type that no cell can hold, or an unsafe integer */
export function toCell(value: DuckDBValue, column: string): Cell {
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  if (typeof value === 'bigint') return safeInteger(value, column);
  if (value instanceof DuckDBDateValue) return dateText(value.days);
  if (value instanceof DuckDBTimestampValue || value instanceof DuckDBTimestampTZValue) return instantText(value.micros);
  if (value instanceof DuckDBDecimalValue) return value.toDouble();
  throw new NbaError('WAREHOUSE_STATEMENT_FAILED', `Column ${column} is a ${value.constructor.name}; results hold text, numbers, booleans, dates and timestamps only.`, { field: column });
}

/** A named parameter's value as DuckDB's SQL writes it, with its type: whole numbers are INT64, others FLOAT64. */
export function toLiteral(parameter: Parameter): string {
  if (parameter === null) return 'NULL';
  // A statement ends at the first NUL for DuckDB.
  if (typeof parameter === 'string') return `CAST('${parameter.replaceAll("'", "''").replaceAll('\0', "' || chr(0) || '")}' AS VARCHAR)`;
  if (typeof parameter === 'boolean') return parameter ? 'TRUE' : 'FALSE';
  return Number.isSafeInteger(parameter) ? `CAST(${parameter} AS BIGINT)` : `CAST('${parameter}' AS DOUBLE)`;
}

/** Days since 1970-01-01 of a `YYYY-MM-DD` that exists, or undefined. */
const dayNumbers = new Map<string, number | undefined>();
function dayNumberOf(text: string): number | undefined {
  if (dayNumbers.has(text)) return dayNumbers.get(text);
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : NaN;
  const days = !Number.isNaN(time) && new Date(time).toISOString().startsWith(text) ? time / DAY_MS : undefined;
  dayNumbers.set(text, days);
  return days;
}

/** A cell as a column of the type stores it; undefined when the type does not fit. Nothing is coerced. */
export function toStored(cell: Cell, type: DuckDBTypeId): DuckDBValue | undefined {
  if (cell === null) return null;
  switch (type) {
    case DuckDBTypeId.VARCHAR:
      return typeof cell === 'string' ? cell : undefined;
    case DuckDBTypeId.BIGINT:
      return Number.isSafeInteger(cell) ? BigInt(cell as number) : undefined;
    case DuckDBTypeId.DOUBLE:
      return typeof cell === 'number' && Number.isFinite(cell) ? cell : undefined;
    case DuckDBTypeId.BOOLEAN:
      return typeof cell === 'boolean' ? cell : undefined;
    case DuckDBTypeId.DATE: {
      const days = typeof cell === 'string' ? dayNumberOf(cell) : undefined;
      return days === undefined ? undefined : new DuckDBDateValue(days);
    }
    case DuckDBTypeId.TIMESTAMP: {
      // An instant needs its zone: text without one would be read in the machine's.
      const time = typeof cell === 'string' && /(?:Z|[+-]\d{2}:\d{2})$/.test(cell) ? Date.parse(cell) : NaN;
      return Number.isNaN(time) ? undefined : new DuckDBTimestampValue(BigInt(time) * 1000n);
    }
    default:
      return undefined;
  }
}
