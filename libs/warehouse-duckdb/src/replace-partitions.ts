import {
  assertRowsWithin, columnList, columnNames, contentColumns, defineTable, processorRunHistory, receiptOf, replacementScript, rowsElsewhere, scriptParameters, sharedLine, sql, stagedUnit,
  STAGED_ROWS, STAGED_UNIT_COLUMNS, STAGED_UNITS, versionsOf,
  type Clock, type Parameters, type PartitionReplacement, type Row, type Sql, type TableDefinition, type UnitReceipt,
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
const temporary = (table: string) => ({ catalog: 'temp', schema: 'main', table });

/** For every session once: the table of units keeps its shape. */
export const STAGING_PRELUDE = `CREATE OR REPLACE TEMP TABLE ${stagedUnits.name} (${columnDefinitions(stagedUnits)})`;

/** Runs one replacement in one transaction; on any fault nothing has happened. */
export async function replacePartitions(session: Session, clock: Clock, replacement: PartitionReplacement): Promise<readonly UnitReceipt[]> {
  const { table, source } = replacement;
  const script = replacementScript(replacement, rowHash(table));
  const shared = scriptParameters(replacement);
  if ('statement' in source) await refuseOtherTypes(session, table, source.statement);
  else assertRowsWithin(replacement, source.rows);

  return session.transaction(async () => {
    await session.run(`DELETE FROM ${stagedUnits.name}`);
    await appendRows(session, { table: stagedUnits, name: temporary(stagedUnits.name) }, replacement.units.map(stagedUnit));
    const versions = versionsOf(replacement, await session.query(script.versions.text, shared));
    const bound: Parameters = { ...shared, version: versions.version };
    const [stored] = await session.query(script.held.text, shared);
    const held = Number(stored?.['rows_held']) > 0;
    if (held) {
      await stage(session, replacement, script.owned);
      await session.run(script.recordEdits.text, bound);
      await session.run(script.deleteOld.text, bound);
    }
    const inserted = held ? (await session.run(script.insertStaged.text)).rowsChanged : await insertStraight(session, replacement, script.owned);
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

/** Where nothing is held there is nothing to compare: the rows go straight into the table. */
async function insertStraight(session: Session, { table, source }: PartitionReplacement, owned: Sql): Promise<number> {
  if ('rows' in source) {
    await appendRows(session, { table }, source.rows);
    return source.rows.length;
  }
  const columns = columnList(columnNames(table));
  const text = sql`INSERT INTO ${table} (${columns}) SELECT ${columns} FROM (${{ text: source.statement.text }}) WHERE ${owned}`.text;
  return (await session.run(text, source.statement.parameters)).rowsChanged;
}

async function stage(session: Session, { table, source }: PartitionReplacement, owned: Sql): Promise<void> {
  // Typed as the table is, so that old and new are compared as they are stored.
  await session.runNative(`CREATE OR REPLACE TEMP TABLE ${STAGED_ROWS.text} (${columnDefinitions(table)})`);
  if ('rows' in source) return appendRows(session, { table, name: temporary(STAGED_ROWS.text) }, source.rows);
  const columns = columnList(columnNames(table)).text;
  await session.run(`INSERT INTO ${STAGED_ROWS.text} (${columns}) SELECT ${columns} FROM (${source.statement.text}) WHERE ${owned.text}`, source.statement.parameters);
}

function assertNoneElsewhere(replacement: PartitionReplacement, inserted: number, units: readonly Row[]): void {
  const accounted = units.reduce((sum, unit) => sum + (unit['rows_stored'] as number), 0);
  const { from, to } = replacement.range;
  if (accounted !== inserted) throw rowsElsewhere(replacement, `${inserted} rows were written for ${from} to ${to}, and the units hold ${accounted}`);
}
