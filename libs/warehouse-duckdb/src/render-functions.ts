import { NbaError } from '@nba/kernel';
import { isWord, splitArguments, type Node } from './google-sql-tree';

/** Renders the inside of an argument. */
export type RenderNodes = (nodes: readonly Node[]) => string;

/** A construct that cannot be run faithfully on DuckDB. */
export function notRendered(construct: string, hint = 'Write it another way; see "Two engines" in the architecture.'): NbaError {
  return new NbaError('WAREHOUSE_STATEMENT_FAILED', `${construct} has no faithful rendering on DuckDB. ${hint}`, { field: construct });
}

const TYPES: Readonly<Record<string, string>> = {
  STRING: 'VARCHAR', INT64: 'BIGINT', INT: 'BIGINT', INTEGER: 'BIGINT', BIGINT: 'BIGINT', SMALLINT: 'BIGINT',
  FLOAT64: 'DOUBLE', BOOL: 'BOOLEAN', BOOLEAN: 'BOOLEAN', DATE: 'DATE', TIMESTAMP: 'TIMESTAMP', NUMERIC: 'DECIMAL(38, 9)',
};

/** The DuckDB type for a GoogleSQL type. */
export function duckDbType(type: string): string {
  const found = TYPES[type.toUpperCase()];
  if (!found) throw notRendered(`The type ${type}`);
  return found;
}

function cast(safe: boolean) {
  return (nodes: readonly Node[], render: RenderNodes) => {
    const as = nodes.map((node) => isWord(node, 'AS')).lastIndexOf(true);
    const [type, ...rest] = nodes.slice(as + 1);
    if (as < 1 || type?.kind !== 'word' || rest.length) throw notRendered(`${safe ? 'SAFE_CAST' : 'CAST'}(${render(nodes)})`);
    const value = render(nodes.slice(0, as));
    const target = duckDbType(type.text);
    const verb = safe ? 'TRY_CAST' : 'CAST';
    // A TIMESTAMP is an instant: DuckDB would drop the offset of '…+05:00' when casting straight to TIMESTAMP.
    if (target === 'TIMESTAMP') return `CAST(${verb}(${value} AS TIMESTAMPTZ) AS TIMESTAMP)`;
    // BigQuery rounds halves away from zero, DuckDB to even: the macro knows the argument's type.
    if (target === 'BIGINT' && !safe) return `google_int64(${value})`;
    if (target === 'BIGINT') return `google_safe_int64(${value})`;
    return `${verb}(${value} AS ${target})`;
  };
}

const DAYS: Readonly<Record<string, number>> = { DAY: 1, WEEK: 7 };
const MONTHS: Readonly<Record<string, number>> = { MONTH: 1, QUARTER: 3, YEAR: 12 };

function shiftDate(sign: '+' | '-') {
  return (nodes: readonly Node[], render: RenderNodes) => {
    const [day, shift, ...rest] = splitArguments(nodes);
    const unit = shift?.at(-1);
    if (!day || !shift || rest.length || !isWord(shift[0], 'INTERVAL') || unit?.kind !== 'word') throw notRendered(`DATE_ADD/DATE_SUB(${render(nodes)})`);
    const count = render(shift.slice(1, -1));
    const name = unit.text.toUpperCase();
    const value = `CAST(${render(day)} AS DATE)`;
    // DATE ± days stays a DATE in DuckDB; DATE ± INTERVAL would become a TIMESTAMP.
    if (name in DAYS) return `(${value} ${sign} CAST((${count}) * ${DAYS[name]} AS INTEGER))`;
    if (name in MONTHS) return `CAST(${value} ${sign} to_months(CAST((${count}) * ${MONTHS[name]} AS INTEGER)) AS DATE)`;
    throw notRendered(`The date part ${name}`);
  };
}

function difference(allowed: readonly string[], perPart: (part: string, a: string, b: string) => string) {
  return (nodes: readonly Node[], render: RenderNodes) => {
    const [a, b, part, ...rest] = splitArguments(nodes);
    const unit = part?.[0];
    if (!a || !b || rest.length || part?.length !== 1 || unit?.kind !== 'word' || !allowed.includes(unit.text.toUpperCase())) {
      throw notRendered(`DATE_DIFF/TIMESTAMP_DIFF(${render(nodes)})`, `Parts that are rendered: ${allowed.join(', ')}.`);
    }
    return perPart(unit.text.toLowerCase(), render(a), render(b));
  };
}

/** GREATEST and LEAST are NULL in BigQuery as soon as one argument is; DuckDB leaves NULLs out. */
function nullWins(name: string) {
  return (nodes: readonly Node[], render: RenderNodes) => {
    const values = splitArguments(nodes);
    const rendered = values.map(render);
    const constant = (argument: readonly Node[]) => argument.length === 1 && (argument[0]?.kind === 'number' || argument[0]?.kind === 'string');
    const checks = rendered.filter((_, i) => !constant(values[i] ?? [])).map((value) => `(${value}) IS NULL`);
    const call = `${name}(${rendered.join(', ')})`;
    return checks.length ? `CASE WHEN ${checks.join(' OR ')} THEN NULL ELSE ${call} END` : call;
  };
}

function extract(nodes: readonly Node[], render: RenderNodes): string {
  const [part, from, ...value] = nodes;
  if (part?.kind !== 'word' || !isWord(from, 'FROM')) throw notRendered(`EXTRACT(${render(nodes)})`);
  const name = part.text.toUpperCase();
  if (name === 'DAYOFWEEK') return `(EXTRACT(DOW FROM ${render(value)}) + 1)`;
  if (name === 'ISOWEEK') return `EXTRACT(WEEK FROM ${render(value)})`;
  if (['YEAR', 'QUARTER', 'MONTH', 'DAY', 'HOUR', 'MINUTE', 'ISOYEAR'].includes(name)) return `EXTRACT(${name} FROM ${render(value)})`;
  if (name === 'DAYOFYEAR') return `EXTRACT(DOY FROM ${render(value)})`;
  throw notRendered(`EXTRACT(${name} FROM …)`);
}

function dateOf(nodes: readonly Node[], render: RenderNodes): string {
  const values = splitArguments(nodes).map(render);
  if (values.length === 1) return `CAST(${values[0]} AS DATE)`;
  if (values.length === 3) return `make_date(${values.join(', ')})`;
  return `CAST(timezone(${values[1]}, timezone('UTC', ${values[0]})) AS DATE)`;
}

function dateTrunc(nodes: readonly Node[], render: RenderNodes): string {
  const [value, part] = splitArguments(nodes);
  const unit = part?.[0];
  const name = unit?.kind === 'word' ? unit.text.toUpperCase() : '';
  if (!value || part?.length !== 1 || !['DAY', 'ISOWEEK', 'MONTH', 'QUARTER', 'YEAR'].includes(name)) throw notRendered(`DATE_TRUNC(${render(nodes)})`);
  return `CAST(date_trunc('${name === 'ISOWEEK' ? 'week' : name.toLowerCase()}', ${render(value)}) AS DATE)`;
}

/** An aggregate without LIMIT inside and, for arrays, without the NULLs on which BigQuery fails. */
function aggregate(name: string) {
  return (nodes: readonly Node[], render: RenderNodes) => {
    if (nodes.some((node) => isWord(node, 'LIMIT', 'HAVING'))) throw notRendered(`LIMIT or HAVING inside ${name}`);
    return `${name}(${render(nodes)})`;
  };
}

const rename = (name: string, onlyArguments?: number) => (nodes: readonly Node[], render: RenderNodes) => {
  if (onlyArguments !== undefined && splitArguments(nodes).length !== onlyArguments) throw notRendered(`${name} with these arguments: ${render(nodes)}`);
  return `${name}(${render(nodes)})`;
};

/** A list written out is joined without being made: of fifty columns that differ or not, it took twice the time of the comparison. */
function arrayToString(nodes: readonly Node[], render: RenderNodes): string {
  const [list, separator, ...rest] = splitArguments(nodes);
  if (!list || !separator || rest.length > 0) throw notRendered(`ARRAY_TO_STRING with these arguments: ${render(nodes)}`);
  const [written] = list;
  const isWritten = list.length === 1 && written?.kind === 'group' && written.open === '[' && written.nodes.length > 0;
  return isWritten ? `concat_ws(${render(separator)}, ${render(written.nodes)})` : `google_array_to_string(${render(nodes)})`;
}

/** Today's date is that of the adapter's clock, in UTC unless Eastern time is asked for by name. */
function currentDate(nodes: readonly Node[]): string {
  const zone = nodes[0];
  if (!zone || (zone.kind === 'string' && zone.text === 'UTC')) return 'CAST($nba_now AS DATE)';
  if (zone.kind === 'string' && zone.text === 'America/New_York') return `CAST(timezone('America/New_York', CAST($nba_now AS TIMESTAMPTZ)) AS DATE)`;
  throw notRendered('CURRENT_DATE in this time zone', "Use 'America/New_York' or UTC.");
}

/** Calls whose DuckDB form differs in spelling or in meaning. What is not here is passed on as it is written. */
export const FUNCTIONS: Readonly<Record<string, (nodes: readonly Node[], render: RenderNodes) => string>> = {
  CAST: cast(false),
  SAFE_CAST: cast(true),
  DATE_ADD: shiftDate('+'),
  DATE_SUB: shiftDate('-'),
  DATE_DIFF: difference(['DAY', 'MONTH', 'QUARTER', 'YEAR'], (part, a, b) => `date_diff('${part}', ${b}, ${a})`),
  // Whole units that have passed, not boundaries crossed.
  TIMESTAMP_DIFF: difference(['MILLISECOND', 'SECOND', 'MINUTE', 'HOUR', 'DAY'], (part, a, b) => `date_sub('${part}', ${b}, ${a})`),
  GREATEST: nullWins('greatest'),
  LEAST: nullWins('least'),
  // DuckDB's concat leaves NULLs out; || is NULL as soon as one part is, as in BigQuery.
  CONCAT: (nodes, render) => `(${splitArguments(nodes).map((part) => `(${render(part)})`).join(' || ')})`,
  EXTRACT: extract,
  DATE: dateOf,
  DATE_TRUNC: dateTrunc,
  FORMAT_DATE: (nodes, render) => { const [format, value] = splitArguments(nodes).map(render); return `strftime(${value}, ${format})`; },
  PARSE_DATE: (nodes, render) => { const [format, value] = splitArguments(nodes).map(render); return `CAST(strptime(${value}, ${format}) AS DATE)`; },
  CURRENT_DATE: currentDate,
  CURRENT_TIMESTAMP: () => 'CAST($nba_now AS TIMESTAMP)',
  ARRAY_TO_STRING: arrayToString,
  ARRAY_LENGTH: rename('len', 1),
  GENERATE_DATE_ARRAY: rename('google_date_array', 2),
  // Over a window without rows DuckDB's own is NULL, and BigQuery's 0.
  COUNTIF: (nodes, render) => `count(CASE WHEN ${render(nodes)} THEN 1 END)`,
  LOGICAL_OR: rename('bool_or', 1),
  LOGICAL_AND: rename('bool_and', 1),
  REGEXP_CONTAINS: rename('regexp_matches', 2),
  LOG: rename('ln', 1),
  ARRAY_AGG: aggregate('array_agg'),
  STRING_AGG: aggregate('string_agg'),
  ANY_VALUE: aggregate('any_value'),
};

/** Calls that exist on both engines, or on one, with meanings too far apart. */
export const REFUSED: ReadonlySet<string> = new Set([
  'STRUCT', 'ARRAY', 'FORMAT', 'FARM_FINGERPRINT', 'REGEXP_REPLACE', 'REGEXP_EXTRACT', 'PERCENTILE_CONT', 'PERCENTILE_DISC', 'SPLIT',
  'TIMESTAMP_ADD', 'TIMESTAMP_SUB', 'TIMESTAMP_TRUNC', 'DATETIME', 'TIME', 'TO_JSON_STRING', 'JSON_VALUE', 'APPROX_QUANTILES', 'MD5', 'SHA256',
]);
