import { DuckDBInstance } from '@duckdb/node-api';
import { columnNames, keyColumns, parseGameDate, seasonOf, seasonSpan, tableId } from '@nba/kernel';
import { type Processor, isSeasonal } from '@nba/pipeline';
import { registry } from '@nba/wiring';
import { query } from './warehouse-file.fixture';

/** A processor and a date of it; of the schedule its season's first day. */
export interface RanUnit {
  readonly processor: string;
  readonly date: string;
}

/** A row that one warehouse has and the other has not, or not the same. */
export interface ChangedRow {
  readonly teamId: number | null;
  readonly playerId: number | null;
  /** The columns that differ; null for a row that came or went. */
  readonly columns: readonly string[] | null;
}

/** What differs between two warehouses, by `dataset.table` and date; dates without a difference are left out. */
export type ChangedRows = ReadonlyMap<string, ReadonlyMap<string, readonly ChangedRow[]>>;

const HISTORY = 'nba_reference.processor_run_history';

/** How long the run history is: rows are only ever appended. */
export async function historyLength(file: string): Promise<number> {
  return Number((await query(file, `SELECT COUNT(*) AS n FROM ${HISTORY}`))[0]?.['n']);
}

/** The units that have been run since the history was that long, as often as they were: those that were told to wait were not. */
export async function unitsRunSince(file: string, length: number): Promise<RanUnit[]> {
  const rows = await query(file, `SELECT processor_name AS processor, CAST(data_date AS VARCHAR) AS date FROM ${HISTORY}
    WHERE rowid >= ${length} AND status NOT IN ('running', 'blocked', 'skipped') ORDER BY rowid`);
  return rows.map(({ processor, date }) => ({ processor: String(processor), date: String(date) }));
}

/** Compares two warehouses row by row and column by column, with DuckDB alone: what our own change records say is not asked. */
export async function changedRows(before: string, after: string): Promise<ChangedRows> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  try {
    await connection.run(`ATTACH '${before}' AS b (READ_ONLY)`);
    await connection.run(`ATTACH '${after}' AS a (READ_ONLY)`);
    const changes = new Map<string, Map<string, ChangedRow[]>>();
    for (const processor of registry.processors) {
      const dates = new Map<string, ChangedRow[]>();
      const rows = (await connection.runAndReadAll(comparison(processor))).getRowObjectsJson();
      for (const { date, team_id, player_id, columns } of rows) {
        const row = { teamId: numberOrNull(team_id), playerId: numberOrNull(player_id), columns: columns as string[] | null };
        void (dates.get(String(date))?.push(row) ?? dates.set(String(date), [row]));
      }
      changes.set(tableId(processor.table), dates);
    }
    return changes;
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

function comparison({ table }: Processor): string {
  const own = columnNames(table);
  const key = keyColumns(table);
  // The document that a game's schedule was read from is another whenever the schedule is fetched again.
  const compared = own.filter((column) => !key.includes(column) && column !== 'source_document');
  const isOther = (column: string): string => `b.${column} IS DISTINCT FROM a.${column}`;
  const differing = `list_filter([${compared.map((column) => `IF(${isOther(column)}, '${column}', NULL)`).join(', ')}], x -> x IS NOT NULL)`;
  const either = (column: string): string => (own.includes(column) ? `COALESCE(a.${column}, b.${column})` : 'NULL');
  const isMoved = `(a.${table.partition} IS NULL OR b.${table.partition} IS NULL)`;
  return `SELECT CAST(${either(table.partition)} AS VARCHAR) AS date, ${either('team_id')} AS team_id, ${either('player_id')} AS player_id, IF(${isMoved}, NULL, ${differing}) AS columns
    FROM b.${tableId(table)} AS b FULL JOIN a.${tableId(table)} AS a ON ${key.map((column) => `a.${column} = b.${column}`).join(' AND ')}
    WHERE ${isMoved} OR ${compared.map(isOther).join(' OR ')}`;
}

const numberOrNull = (cell: unknown): number | null => (cell === null ? null : Number(cell));

/** The units whose content differs: no repair could run fewer. The schedule is one unit. */
export function differingUnits(changes: ChangedRows): RanUnit[] {
  return registry.processors.flatMap((processor) => {
    const dates = [...(changes.get(tableId(processor.table))?.keys() ?? [])].sort();
    const units = isSeasonal(processor) ? dates.slice(0, 1).map((date) => seasonSpan(seasonOf(parseGameDate(date))).from) : dates;
    return units.map((date) => ({ processor: processor.name, date }));
  });
}
