import { type DateRange, type GameDate, type QueryPort, type Row, type RunStatus, NbaError, literal, joinSql, partitionChanges, processorRunHistory, sql, tableId } from '@nba/kernel';
import type { Processor } from '../definition/processor';
import type { RecordedChange } from './reaching-changes';
import type { RecordedRun } from './unit-state';

/** Reads what earlier runs recorded. */
export class RunHistory {
  constructor(private readonly port: QueryPort) {}

  /** The newest record of each unit of some processors in the range, by the processor's name and the data date. */
  async latest(processors: readonly Processor[], range: DateRange): Promise<ReadonlyMap<string, ReadonlyMap<GameDate, RecordedRun>>> {
    // Both maxima at once, and the rows that have them: two windows in two orders took three times as long.
    const rows = await this.port.query(
      sql`SELECT processor_name, data_date, status, finished_at, rows_stored, input_versions, code_version, source_documents, output_version, output_hash, started_at = newest AS is_newest
        FROM ${processorRunHistory} JOIN (
          SELECT processor_name AS unit_processor, data_date AS unit_date, MAX(started_at) AS newest, MAX(output_version) AS left_version FROM ${processorRunHistory}
          WHERE processor_name IN (${joinSql(processors.map(({ name }) => literal(name)))}) AND data_date BETWEEN CAST(@from AS DATE) AND CAST(@to AS DATE)
          GROUP BY processor_name, data_date) ON processor_name = unit_processor AND data_date = unit_date
        WHERE data_date BETWEEN CAST(@from AS DATE) AND CAST(@to AS DATE) AND (started_at = newest OR output_version = left_version)`.text,
      { from: range.from, to: range.to },
    );
    const units = new Map(processors.map(({ name }) => [name, new Map<GameDate, UnitRows>()]));
    for (const row of rows) {
      const ofProcessor = units.get(String(row['processor_name']));
      const date = row['data_date'] as GameDate;
      ofProcessor?.set(date, withRow(ofProcessor.get(date), row));
    }
    // The units of a statement have read the same versions: a few texts stand in thousands of rows.
    const parsed = new Map<string | null, ReadonlyMap<string, number>>();
    const versionsOf = (text: string | null): ReadonlyMap<string, number> => {
      const versions = parsed.get(text) ?? parseVersions(text);
      parsed.set(text, versions);
      return versions;
    };
    return new Map([...units].map(([name, dates]) => [name, new Map([...dates].map(([date, { newest, left }]) => [date, recordedRun(newest, left, versionsOf)]))]));
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

/** Of one unit: the row of its newest run, and that of the last run which wrote its rows. */
interface UnitRows {
  readonly newest: Row;
  readonly left: Row | null;
}

/** Of rows that began at one instant the one counts that ended last, as in NEWEST_RUN_FIRST. */
function withRow(known: UnitRows | undefined, row: Row): UnitRows {
  const rank = ({ is_newest: isNewest, finished_at: finishedAt }: Row): string => (isNewest ? `1${finishedAt ?? ''}` : '0');
  const version = (one: Row | null): number => Number(one?.['output_version'] ?? 0);
  return {
    newest: !known || rank(row) > rank(known.newest) ? row : known.newest,
    left: version(row) > version(known?.left ?? null) ? row : (known?.left ?? null),
  };
}

function recordedRun(row: Row, left: Row | null, versionsOf: (text: string | null) => ReadonlyMap<string, number>): RecordedRun {
  return {
    processor: String(row['processor_name']),
    date: row['data_date'] as GameDate,
    status: row['status'] as RunStatus,
    rows: Number(row['rows_stored'] ?? 0),
    inputVersions: versionsOf(row['input_versions'] as string | null),
    codeVersion: String(row['code_version']),
    sourceDocuments: row['source_documents'] as string | null,
    left: left && { rows: Number(left['rows_stored']), hash: left['output_hash'] as string | null },
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
