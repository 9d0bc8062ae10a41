import {
  assertRowsWithin, columnList, columnNames, contentColumns, defineTable, processorRunHistory, receiptOf, replacementScript, rowsElsewhere, scriptParameters, sharedLine, sql, stagedUnit,
  STAGED_ROWS, STAGED_UNIT_COLUMNS, STAGED_UNITS, versionsOf,
  type Clock, type Parameters, type PartitionReplacement, type Row, type Sql, type TableDefinition, type UnitReceipt,
} from '@nba/kernel';
import { appendRows, type Target } from './append-rows';
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
const temporary = (table: string) => ({ catalog: 'temp', schema: 'main', table });

/** For every session once: the table of units keeps its shape. */
export const STAGING_PRELUDE = `CREATE OR REPLACE TEMP TABLE ${stagedUnits.name} (${columnDefinitions(stagedUnits)})`;

/** Runs one replacement in one transaction; on any fault nothing has happened. */
export async function replacePartitions(session: Session, clock: Clock, replacement: PartitionReplacement): Promise<readonly UnitReceipt[]> {
  const { table } = replacement;
  const script = replacementScript(replacement, rowHash(table));
  const shared = scriptParameters(replacement);
  const newRows = await checkedRows(session, replacement, script.owned);

  return session.transaction(async () => {
    await session.run(`DELETE FROM ${stagedUnits.name}`);
    await appendRows(session, { table: stagedUnits, name: temporary(stagedUnits.name) }, replacement.units.map(stagedUnit));
    const versions = versionsOf(replacement, await session.query(script.versions.text, shared));
    const bound: Parameters = { ...shared, version: versions.version };
    const [stored] = await session.query(script.held.text, shared);
    const held = Number(stored?.['rows_held']) > 0;
    if (held) {
      // Typed as the table is, so that old and new are compared as they are stored.
      await session.runNative(`CREATE OR REPLACE TEMP TABLE ${STAGED_ROWS.text} (${columnDefinitions(table)})`);
      await insert(session, { table, name: temporary(STAGED_ROWS.text) }, newRows);
      await session.run(script.recordEdits.text, bound);
      await session.run(script.deleteOld.text, bound);
    }
    // Where nothing is held there is nothing to compare: the rows go straight into the table.
    const inserted = held ? (await session.run(script.insertStaged.text)).rowsChanged : await insert(session, { table }, newRows);
    if (!held && inserted > 0) await session.run(script.recordNewPartitions.text, bound);
    if (replacement.units.some(({ lost }) => lost)) await session.run(script.recordLost.text, bound);

    const endings = await session.query(script.endings.text, { ...replacement.spine.parameters, ...bound });
    assertNoneElsewhere(replacement, inserted, endings);
    const line = sharedLine(replacement, versions, clock.now().toISOString());
    const receipts = endings.map((ending) => receiptOf({ ...line, ...ending }));
    await appendRows(session, { table: processorRunHistory }, receipts.map(({ recorded }) => recorded));
    return receipts;
  });
}

/** The new rows, or DuckDB's query for them. @throws NbaError WAREHOUSE_STATEMENT_FAILED when they do not belong here or do not fit */
async function checkedRows(session: Session, replacement: PartitionReplacement, owned: Sql): Promise<readonly Row[] | string> {
  const { table, source } = replacement;
  if ('rows' in source) {
    assertRowsWithin(replacement, source.rows);
    return source.rows;
  }
  const { text, parameters } = source.statement;
  const query = session.render(sql`SELECT ${columnList(columnNames(table))} FROM (${{ text }}) WHERE ${owned}`.text, { ...scriptParameters(replacement), ...parameters });
  await refuseOtherTypes(session, table, text, query);
  return query;
}

/** Puts the rows into the table, or into one with its columns. @returns how many they are */
async function insert(session: Session, target: Target, rows: readonly Row[] | string): Promise<number> {
  if (typeof rows !== 'string') {
    await appendRows(session, target, rows);
    return rows.length;
  }
  const { catalog, schema, table } = target.name ?? { catalog: undefined, schema: target.table.dataset, table: target.table.name };
  const into = [catalog, schema, table].flatMap((part) => (part === undefined ? [] : `"${part}"`)).join('.');
  return (await session.runNative(`INSERT INTO ${into} (${columnNames(target.table).map((name) => `"${name}"`).join(', ')}) ${rows}`)).rowsChanged;
}

function assertNoneElsewhere(replacement: PartitionReplacement, inserted: number, units: readonly Row[]): void {
  const accounted = units.reduce((sum, unit) => sum + (unit['rows_stored'] as number), 0);
  const { from, to } = replacement.range;
  if (accounted !== inserted) throw rowsElsewhere(replacement, `${inserted} rows were written for ${from} to ${to}, and the units hold ${accounted}`);
}
