import {
  assertRowsWithin, columnList, columnNames, contentColumns, defineTable, identifier, processorRunHistory, receiptOf, replacementScript, rowsElsewhere, scriptParameters, sharedLine, sql, stagedUnit,
  STAGED_EDITS, STAGED_ROWS, STAGED_UNIT_COLUMNS, STAGED_UNITS, versionsOf,
  type Clock, type Parameters, type PartitionReplacement, type ReplacementScript, type Row, type Sql, type TableDefinition, type UnitReceipt,
} from '@nba/kernel';
import { appendRows } from './append-rows';
import { refuseOtherTypes } from './query-types';
import { columnDefinitions } from './schema';
import type { Session } from './session';

/** The hash of one row. Floats enter by their bits, never as text. */
export const rowHash = (table: TableDefinition): Sql => sql`hash(${columnList(contentColumns(table))})`;

const stagedUnits = defineTable({
  dataset: 'temp',
  name: STAGED_UNITS.text,
  description: 'The units of the replacement in hand.',
  key: ['data_date'],
  partition: 'data_date',
  columns: STAGED_UNIT_COLUMNS,
});
/** What DuckDB calls the place of a row: the same throughout a transaction. Rows are found by it in a third of the time that their keys take. */
const PLACE = identifier('rowid');
const temporary = (table: string) => ({ catalog: 'temp', schema: 'main', table });

/** For every session once: the table of units keeps its shape. */
export const STAGING_PRELUDE = `CREATE OR REPLACE TEMP TABLE ${stagedUnits.name} (${columnDefinitions(stagedUnits)})`;

/** Runs one replacement in one transaction; on any fault nothing has happened. */
export async function replacePartitions(session: Session, clock: Clock, replacement: PartitionReplacement): Promise<readonly UnitReceipt[]> {
  const { table } = replacement;
  const script = replacementScript(replacement, rowHash(table));
  const shared = scriptParameters(replacement);
  const newRows = rowsToWrite(session, replacement, script.owned);

  return session.transaction(async () => {
    await session.run(`DELETE FROM ${stagedUnits.name}`);
    await appendRows(session, { table: stagedUnits, name: temporary(stagedUnits.name) }, replacement.units.map(stagedUnit));
    const versions = versionsOf(replacement, await session.query(script.versions.text, shared));
    const bound: Parameters = { ...replacement.spine.parameters, ...shared, version: versions.version };
    const [stored] = await session.query(script.held.text, shared);
    const write = Number(stored?.['rows_held']) > 0 ? writeOver : writeNew;
    const { written, endings } = await write(session, replacement, { script, bound, newRows });
    assertNoneElsewhere(replacement, written, endings);
    const line = sharedLine(replacement, versions, clock.now().toISOString());
    const receipts = endings.map((ending) => receiptOf({ ...line, ...ending }));
    await appendRows(session, { table: processorRunHistory }, receipts.map(({ recorded }) => recorded));
    return receipts;
  });
}

/** A query for rows. */
interface RowsQuery {
  /** As its processor has it. */
  readonly text: string;
  /** For these units, of the table's columns in their order, in DuckDB's text. */
  readonly duckDb: string;
}

type NewRows = readonly Row[] | RowsQuery;

/** What writing the rows begins with. */
interface Ready {
  readonly script: ReplacementScript;
  readonly bound: Parameters;
  readonly newRows: NewRows;
}

interface Written {
  /** How many rows there were to write. */
  readonly written: number;
  /** The units as they were read back. */
  readonly endings: readonly Row[];
}

/** Nothing is held: there is nothing to compare, and the rows go straight into the table. */
async function writeNew(session: Session, replacement: PartitionReplacement, { script, bound, newRows }: Ready): Promise<Written> {
  const written = await insert(session, replacement.table, newRows);
  if (written > 0) await session.run(script.recordNewPartitions.text, bound);
  await recordLost(session, replacement, { script, bound });
  return { written, endings: await session.query(script.endings.text, bound) };
}

/**
 * Records what differs from what is held, and writes that alone where it can. A repair computes whole dates again in which it is a
 * few players whose rows come out different: to write the others again takes time here, at the commit and at the next checkpoint.
 */
async function writeOver(session: Session, replacement: PartitionReplacement, { script, bound, newRows }: Ready): Promise<Written> {
  const { table } = replacement;
  const columns = columnList(columnNames(table));
  const written = await stage(session, table, newRows);
  const made = await session.query(sql`CREATE OR REPLACE TEMP TABLE ${STAGED_EDITS} AS ${script.placedEdits(PLACE)}`.text, bound);
  const differs = countOf(made) > 0;
  if (differs) await session.run(script.recordEdits(STAGED_EDITS).text, bound);
  if (mayStay(replacement)) {
    if (differs) {
      await session.run(sql`DELETE FROM ${table} WHERE ${PLACE} IN (SELECT old_place FROM ${STAGED_EDITS})`.text);
      await session.run(sql`INSERT INTO ${table} (${columns}) SELECT ${columns} FROM ${STAGED_ROWS} WHERE ${PLACE} IN (SELECT new_place FROM ${STAGED_EDITS})`.text);
    }
    const endings = await session.query(script.endings.text, bound);
    // Rows with one key, stored or new, cannot be told from each other: then nothing is sure but to write all.
    if (rowsOf(endings) === written && endings.every((unit) => unit['duplicates'] === 0)) return { written, endings };
  }
  await session.run(script.deleteOld.text, bound);
  await session.run(script.insertStaged.text);
  await recordLost(session, replacement, { script, bound });
  return { written, endings: await session.query(script.endings.text, bound) };
}

/** Whether a row whose content does not differ may stay as it is: it differs in nothing then, and it is known what was held. */
function mayStay({ table, units }: PartitionReplacement): boolean {
  return contentColumns(table).length === columnNames(table).length && !units.some(({ lost }) => lost);
}

async function recordLost(session: Session, { units }: PartitionReplacement, { script, bound }: Omit<Ready, 'newRows'>): Promise<void> {
  if (units.some(({ lost }) => lost)) await session.run(script.recordLost.text, bound);
}

/** @throws NbaError WAREHOUSE_STATEMENT_FAILED when rows that were given do not belong here */
function rowsToWrite(session: Session, replacement: PartitionReplacement, owned: Sql): NewRows {
  const { table, source } = replacement;
  if ('rows' in source) {
    assertRowsWithin(replacement, source.rows);
    return source.rows;
  }
  const { text, parameters } = source.statement;
  const duckDb = session.render(sql`SELECT ${columnList(columnNames(table))} FROM (${{ text }}) WHERE ${owned}`.text, { ...scriptParameters(replacement), ...parameters });
  return { text, duckDb };
}

const isQuery = (rows: NewRows): rows is RowsQuery => 'duckDb' in rows;

/** Puts the rows into their table. @returns how many they are. @throws NbaError WAREHOUSE_STATEMENT_FAILED when they do not fit */
async function insert(session: Session, table: TableDefinition, rows: NewRows): Promise<number> {
  if (!isQuery(rows)) {
    await appendRows(session, { table }, rows);
    return rows.length;
  }
  await refuseOtherTypes(session, table, rows.text, rows.duckDb);
  const columns = columnNames(table).map((name) => `"${name}"`).join(', ');
  return (await session.runNative(`INSERT INTO "${table.dataset}"."${table.name}" (${columns}) ${rows.duckDb}`)).rowsChanged;
}

/** Puts the rows where the script compares them. @returns how many they are. @throws NbaError WAREHOUSE_STATEMENT_FAILED when they do not fit */
async function stage(session: Session, table: TableDefinition, rows: NewRows): Promise<number> {
  const { text: staged } = STAGED_ROWS;
  if (!isQuery(rows)) {
    await session.runNative(`CREATE OR REPLACE TEMP TABLE ${staged} (${columnDefinitions(table)})`);
    await appendRows(session, { table, name: temporary(staged) }, rows);
    return rows.length;
  }
  // What they are is known from the rows without another look at their query, which would have to be bound for it once more.
  const made = await session.runNative(`CREATE OR REPLACE TEMP TABLE ${staged} AS ${rows.duckDb}`);
  await refuseOtherTypes(session, table, rows.text, `FROM ${staged}`);
  return countOf(await made.getRowObjects());
}

/** How many rows a CREATE TABLE AS has made, by its answer. */
const countOf = ([made]: readonly Readonly<Record<string, unknown>>[]): number => Number(made?.['Count']);

function assertNoneElsewhere(replacement: PartitionReplacement, written: number, units: readonly Row[]): void {
  const accounted = rowsOf(units);
  const { from, to } = replacement.range;
  if (accounted !== written) throw rowsElsewhere(replacement, `${written} rows were written for ${from} to ${to}, and the units hold ${accounted}`);
}

const rowsOf = (units: readonly Row[]): number => units.reduce((sum, unit) => sum + (unit['rows_stored'] as number), 0);
