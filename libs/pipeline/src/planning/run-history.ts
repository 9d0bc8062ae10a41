import { type DateRange, type GameDate, type QueryPort, type Row, type RunStatus, NbaError, NEWEST_RUN_FIRST, literal, joinSql, partitionChanges, processorRunHistory, sql, tableId } from '@nba/kernel';
import type { Processor } from '../definition/processor';
import type { RecordedChange } from './reaching-changes';
import type { RecordedRun } from './unit-state';

/** Reads what earlier runs recorded. */
export class RunHistory {
  constructor(private readonly port: QueryPort) {}

  /** The newest record of each unit of some processors in the range, by the processor's name and the data date. */
  async latest(processors: readonly Processor[], range: DateRange): Promise<ReadonlyMap<string, ReadonlyMap<GameDate, RecordedRun>>> {
    const rows = await this.port.query(
      sql`SELECT processor_name, data_date, status, rows_stored, input_versions, code_version, source_documents,
          FIRST_VALUE(rows_stored) OVER (PARTITION BY processor_name, data_date ORDER BY output_version DESC NULLS LAST) AS left_rows,
          FIRST_VALUE(output_hash) OVER (PARTITION BY processor_name, data_date ORDER BY output_version DESC NULLS LAST) AS left_hash
        FROM ${processorRunHistory}
        WHERE processor_name IN (${joinSql(processors.map(({ name }) => literal(name)))}) AND data_date BETWEEN CAST(@from AS DATE) AND CAST(@to AS DATE)
        QUALIFY ROW_NUMBER() OVER (PARTITION BY processor_name, data_date ORDER BY ${NEWEST_RUN_FIRST}) = 1`.text,
      { from: range.from, to: range.to },
    );
    const runs = new Map(processors.map(({ name }) => [name, new Map<GameDate, RecordedRun>()]));
    // The units of a statement have read the same versions: a few texts stand in thousands of rows.
    const parsed = new Map<string | null, ReadonlyMap<string, number>>();
    const versionsOf = (text: string | null): ReadonlyMap<string, number> => {
      const versions = parsed.get(text) ?? parseVersions(text);
      parsed.set(text, versions);
      return versions;
    };
    for (const row of rows) runs.get(String(row['processor_name']))?.set(row['data_date'] as GameDate, recordedRun(row, versionsOf));
    return runs;
  }

  /** Changes of the tables a processor reads that are newer than the oldest version any of the runs has read. */
  async changesSince(processor: Processor, runs: Iterable<RecordedRun>): Promise<readonly RecordedChange[]> {
    const tables = [...new Set(Object.values(processor.upstreams).map(({ processor: upstream }) => tableId(upstream.table)))];
    const oldest = new Map(tables.map((table) => [table, Infinity]));
    for (const { inputVersions } of runs) {
      for (const table of tables) oldest.set(table, Math.min(oldest.get(table) ?? Infinity, inputVersions.get(table) ?? 0));
    }
    const read = tables.filter((table) => Number.isFinite(oldest.get(table)));
    if (read.length === 0) return [];
    const newer = read.map((table) => sql`(table_name = ${literal(table)} AND version > ${oldest.get(table) ?? 0})`);
    const rows = await this.port.query(
      sql`SELECT DISTINCT table_name, game_date, version, IF(kind IN ('partition', 'unknown'), kind, 'rows') AS kind, columns FROM ${partitionChanges} WHERE ${joinSql(newer, ' OR ')} ORDER BY version`.text,
    );
    return rows.map(recordedChange);
  }
}

function recordedRun(row: Row, versionsOf: (text: string | null) => ReadonlyMap<string, number>): RecordedRun {
  return {
    processor: String(row['processor_name']),
    date: row['data_date'] as GameDate,
    status: row['status'] as RunStatus,
    rows: Number(row['rows_stored'] ?? 0),
    inputVersions: versionsOf(row['input_versions'] as string | null),
    codeVersion: String(row['code_version']),
    sourceDocuments: row['source_documents'] as string | null,
    left: row['left_rows'] === null ? null : { rows: Number(row['left_rows']), hash: row['left_hash'] as string | null },
  };
}

function recordedChange(row: Row): RecordedChange {
  const columns = row['columns'] as string | null;
  return {
    table: String(row['table_name']),
    date: row['game_date'] as GameDate,
    version: Number(row['version']),
    kind: row['kind'] as RecordedChange['kind'],
    columns: columns === null ? null : columns.split(','),
  };
}

/** Reads `nba_raw.nbac_schedule:3,nba_raw.nbac_team_boxscore:7`. */
function parseVersions(text: string | null): ReadonlyMap<string, number> {
  return new Map((text ?? '').split(',').filter(Boolean).map((entry) => {
    const [table = '', version = ''] = entry.split(':');
    if (!/^\d+$/.test(version)) throw new NbaError('INVALID_ARGUMENT', `The run history holds input versions that cannot be read: "${text}"`);
    return [table, Number(version)] as const;
  }));
}
