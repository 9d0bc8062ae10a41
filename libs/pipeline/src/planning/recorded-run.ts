import { type GameDate, type Row, type RunStatus, NbaError } from '@nba/kernel';

/** What the newest run that stored anything of a unit, or emptied it, has left. */
export interface LeftRows {
  readonly rows: number;
  readonly hash: string | null;
  readonly version: number;
}

/** The newest line of the run history for one unit, as far as planning needs it. */
export interface RecordedRun {
  readonly processor: string;
  readonly date: GameDate;
  readonly status: RunStatus;
  readonly startedAt: string;
  readonly rows: number;
  /** Version of each table it read, by `dataset.table`. */
  readonly inputVersions: ReadonlyMap<string, number>;
  readonly codeVersion: string;
  readonly sourceDocuments: string | null;
  /** Null when nothing has ever been stored. */
  readonly left: LeftRows | null;
}

/** A line of the run history, with what was left by it or before it. */
export function recordedRun(line: Row, { date, rows, left }: Pick<RecordedRun, 'date' | 'rows' | 'left'>, versionsOf: VersionReader): RecordedRun {
  return {
    processor: String(line['processor_name']),
    date,
    status: line['status'] as RunStatus,
    startedAt: String(line['started_at']),
    rows,
    inputVersions: versionsOf((line['input_versions'] ?? null) as string | null),
    codeVersion: String(line['code_version']),
    sourceDocuments: (line['source_documents'] ?? null) as string | null,
    left,
  };
}

/** A unit's state after a run that has just recorded the line, given what was known of it. */
export function recordedAfter(line: Row, before: RecordedRun | undefined, versionsOf: VersionReader): RecordedRun {
  const rows = Number(line['rows_stored'] ?? 0);
  const hasWritten = (line['output_version'] ?? null) !== null;
  const left = hasWritten ? { rows, hash: line['output_hash'] as string | null, version: Number(line['output_version']) } : (before?.left ?? null);
  return recordedRun(line, { date: line['data_date'] as GameDate, rows, left }, versionsOf);
}

export type VersionReader = (text: string | null) => RecordedRun['inputVersions'];

/** Reads input versions of many lines. All units of a statement have read the same: they share what is read of one text. */
export function versionReader(): VersionReader {
  const read = new Map<string | null, RecordedRun['inputVersions']>();
  return (text) => {
    const versions = read.get(text) ?? parseVersions(text);
    read.set(text, versions);
    return versions;
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
