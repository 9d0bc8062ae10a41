import { type DateRange, type GameDate, type QueryPort, type Row, type Season, literal, joinSql, partitionChanges, processorRunHistory, seasonOf, seasonSpan, sql, tableId } from '@nba/kernel';
import type { Processor } from '../definition/processor';
import type { RecordedChange, Subject } from './reaching-changes';
import { type RecordedRun, recordedRun, versionReader } from './recorded-run';

/** Reads what earlier runs recorded. */
export class RunHistory {
  constructor(private readonly port: QueryPort) {}

  /** The newest record of each unit of some processors in the range, by the processor's name and the data date. */
  async latest(processors: readonly Processor[], range: DateRange): Promise<ReadonlyMap<string, ReadonlyMap<GameDate, RecordedRun>>> {
    // Both maxima at once, and the rows that have them: two windows in two orders took three times as long. The units of a
    // statement share all but their date, rows and hash, a number: a row for them together is read in a fraction of the time.
    const rows = await this.port.query(
      sql`SELECT processor_name, status, started_at, finished_at, input_versions, code_version, source_documents, output_version, started_at = newest AS is_newest,
          STRING_AGG(CONCAT(CAST(data_date AS STRING), ' ', CAST(IFNULL(rows_stored, 0) AS STRING), ' ', IFNULL(output_hash, '')), ',') AS units
        FROM ${processorRunHistory} JOIN (
          SELECT processor_name AS unit_processor, data_date AS unit_date, MAX(started_at) AS newest, MAX(output_version) AS left_version FROM ${processorRunHistory}
          WHERE processor_name IN (${joinSql(processors.map(({ name }) => literal(name)))}) AND data_date BETWEEN CAST(@from AS DATE) AND CAST(@to AS DATE)
          GROUP BY processor_name, data_date) ON processor_name = unit_processor AND data_date = unit_date
        WHERE data_date BETWEEN CAST(@from AS DATE) AND CAST(@to AS DATE) AND (started_at = newest OR output_version = left_version)
        GROUP BY processor_name, status, started_at, finished_at, input_versions, code_version, source_documents, output_version, is_newest`.text,
      { from: range.from, to: range.to },
    );
    const units = new Map(processors.map(({ name }) => [name, new Map<GameDate, UnitRecords>()]));
    for (const run of rows) {
      const ofProcessor = units.get(String(run['processor_name']));
      for (const unit of String(run['units']).split(',')) {
        const [date, rowsStored, hash] = unit.split(' ') as [GameDate, string, string];
        ofProcessor?.set(date, withRecord(ofProcessor.get(date), { run, rows: Number(rowsStored), hash: hash || null }));
      }
    }
    const versionsOf = versionReader();
    return new Map([...units].map(([name, dates]) => [name, new Map([...dates].map(([date, { newest, left }]) => [
      date, recordedRun(newest.run, { date, rows: newest.rows, left: left && { rows: left.rows, hash: left.hash, version: Number(left.run['output_version']) } }, versionsOf),
    ]))]));
  }

  /**
   * Changes of the tables a processor reads, in seasons of the runs, that are newer than the oldest version any run of the season has read.
   * @param newest the newest version that rows of a table's season have: where all runs have read it, nothing is asked
   */
  async changesSince(processor: Processor, runs: Iterable<RecordedRun>, newest: (table: string, season: Season) => number): Promise<readonly RecordedChange[]> {
    const tables = [...new Set(Object.values(processor.upstreams).map(({ processor: upstream }) => tableId(upstream.table)))];
    // No window leaves its season. Without that, whoever loaded a season later than another would be asked about all of it.
    const newer = [...oldestRead(tables, runs)].flatMap(([season, versions]) => {
      const { from, to } = seasonSpan(season);
      return [...versions].filter(([table, version]) => newest(table, season) > version).map(([table, version]) => (
        sql`(table_name = ${literal(table)} AND version > ${version} AND game_date BETWEEN CAST(${literal(from)} AS DATE) AND CAST(${literal(to)} AS DATE))`
      ));
    });
    if (newer.length === 0) return [];
    const rows = await this.port.query(
      sql`SELECT table_name, game_date, version, IF(kind IN ('partition', 'unknown'), kind, 'rows') AS what, columns,
          STRING_AGG(CONCAT(IFNULL(CAST(player_id AS STRING), ''), ' ', IFNULL(CAST(team_id AS STRING), '')), ',') AS subjects
        FROM ${partitionChanges} WHERE ${joinSql(newer, ' OR ')} GROUP BY table_name, game_date, version, what, columns ORDER BY version`.text,
    );
    return rows.map(recordedChange);
  }
}

/** By season and table the oldest version that any of the runs has read. */
function oldestRead(tables: readonly string[], runs: Iterable<RecordedRun>): ReadonlyMap<Season, ReadonlyMap<string, number>> {
  const oldest = new Map<Season, Map<string, number>>();
  for (const { date, inputVersions } of runs) {
    const season = seasonOf(date);
    const versions = oldest.get(season) ?? new Map(tables.map((table) => [table, Infinity]));
    oldest.set(season, versions);
    for (const table of tables) versions.set(table, Math.min(versions.get(table) as number, inputVersions.get(table) ?? 0));
  }
  return oldest;
}

/** What one run has recorded of one unit, with what it recorded of all units of the statement. */
interface UnitRecord {
  readonly run: Row;
  readonly rows: number;
  readonly hash: string | null;
}

/** Of one unit: the record of its newest run, and that of the last run which wrote its rows. */
interface UnitRecords {
  readonly newest: UnitRecord;
  readonly left: UnitRecord | null;
}

/** Of records that began at one instant the one counts that ended last, as in NEWEST_RUN_FIRST. */
function withRecord(known: UnitRecords | undefined, record: UnitRecord): UnitRecords {
  const rank = ({ run: { is_newest: isNewest, finished_at: finishedAt } }: UnitRecord): string => (isNewest ? `1${finishedAt ?? ''}` : '0');
  const version = (one: UnitRecord | null | undefined): number => Number(one?.run['output_version'] ?? 0);
  return {
    newest: !known || rank(record) > rank(known.newest) ? record : known.newest,
    left: version(record) > version(known?.left) ? record : (known?.left ?? null),
  };
}

function recordedChange(row: Row): RecordedChange {
  const columns = row['columns'] as string | null;
  return {
    table: String(row['table_name']),
    date: row['game_date'] as GameDate,
    version: Number(row['version']),
    kind: row['what'] as RecordedChange['kind'],
    columns: columns === null ? null : columns.split(','),
    subjects: row['what'] === 'rows' ? String(row['subjects']).split(',').map(subject) : [],
  };
}

function subject(text: string): Subject {
  const [player, team] = text.split(' ') as [string, string];
  return { playerId: player ? Number(player) : null, teamId: team ? Number(team) : null };
}
