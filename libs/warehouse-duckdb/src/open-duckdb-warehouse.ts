import { DuckDBInstance } from '@duckdb/node-api';
import { existsSync, mkdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { NbaError, type Clock } from '@nba/kernel';
import { DuckDbWarehouse } from './duckdb-warehouse';
import { OwnerNotice, readOwner, type DuckDbOwner } from './owner-sidecar';
import { PRELUDE } from './prelude';
import { ProcessLeases } from './process-leases';
import { STAGING_PRELUDE } from './replace-partitions';
import { type Catalog, Session } from './session';
import { SessionPool } from './session-pool';

export interface OpenOptions {
  /** Path of the database file, or `:memory:`. A missing folder is created. */
  readonly file: string;
  readonly clock: Clock;
  /** What is being run, for those who find the file in use: `backfill phase3 --season 2024-25`. */
  readonly command: string;
  /** Opens what is there to read it: nothing is made or changed, and other readers are let in. Default false. */
  readonly readOnly?: boolean;
  /** As DuckDB writes it, for example `4GB`; by default 160 MB for each core, of four at most; in memory four fifths of the machine's. */
  readonly memoryLimit?: string;
}

const MOST_SESSIONS = 4;
/**
 * Enough for a season in a statement. DuckDB would keep all that it has read as long as there is memory, so that forty
 * seasons took twice as much as four; with this it lets go of the oldest.
 */
const MEMORY_OF_A_CORE_MB = 160;

/** How DuckDB is to treat a file of ours. */
export const FILE_OPTIONS: Readonly<Record<string, string>> = {
  // A commit is safe once the log is on disk. Folding the log into the file is left to the close, or to every quarter
  // of a gigabyte: done after each statement of a backfill, it would take longer than the statement.
  checkpoint_threshold: '256MB',
  // The oldest DuckDB that can read a file made here. Left to itself DuckDB writes for 1.0, and translates the sketch of
  // every column for it: after one date that is two thirds of the folding. A file that exists keeps its version.
  storage_compatibility_version: 'v1.4.0',
  // At a checkpoint DuckDB merges row groups that are not full, and holds their rows in memory for it, uncompressed: 160 MB at a time of
  // our widest table. During a load that would be done over and over with pieces that are large; the close after little work does it.
  max_vacuum_tasks: '0',
};

/** Files this process has open: the operating system's lock keeps out other processes only. */
const openHere = new Set<string>();

/**
 * Opens the warehouse file, and makes it when it is not there.
 * @throws NbaError WAREHOUSE_LOCKED naming who has it open; INVALID_ARGUMENT when it is no DuckDB database
 */
export async function openDuckDbWarehouse(options: OpenOptions): Promise<DuckDbWarehouse> {
  const inMemory = options.file === ':memory:';
  const file = inMemory ? options.file : resolve(options.file);
  if (openHere.has(file)) throw locked(file, readOwner(file));
  if (!inMemory && options.readOnly && !existsSync(file)) {
    throw new NbaError('INVALID_ARGUMENT', `There is no warehouse at ${file}.`, {
      file, field: '--warehouse', next: 'nx run backfill:all makes one; --warehouse duckdb:<file> names another',
    });
  }
  if (!inMemory) mkdirSync(dirname(file), { recursive: true });
  const memoryLimit = options.memoryLimit ?? (inMemory ? undefined : `${Math.min(availableParallelism(), MOST_SESSIONS) * MEMORY_OF_A_CORE_MB}MB`);
  const config: Record<string, string> = { ...FILE_OPTIONS, threads: String(threadCount()), ...(memoryLimit && { memory_limit: memoryLimit }), ...(options.readOnly && { access_mode: 'READ_ONLY' }) };
  const instance = await DuckDBInstance.create(file, config).catch(async (error: unknown) => {
    throw await cannotOpen(file, error);
  });
  const sessions = await openSessions(instance, options.clock);
  if (inMemory || options.readOnly) {
    return new DuckDbWarehouse(sessions, file, new ProcessLeases(options.clock, () => undefined), () => undefined, () => instance.closeSync());
  }

  openHere.add(file);
  const now = () => options.clock.now().toISOString();
  const notice = new OwnerNotice(file, { pid: process.pid, command: options.command, since: now(), progress: null, progressAt: null, writing: [] });
  const leases = new ProcessLeases(options.clock, (writing) => notice.tell({ writing }));
  return new DuckDbWarehouse(sessions, file, leases, (progress) => notice.tell({ progress, progressAt: now() }), () => {
    instance.closeSync();
    notice.takeDown();
    openHere.delete(file);
  });
}

/** One more than cores, four at most: each keeps a core busy, and one of them waits for the disk or for JavaScript. */
const sessionCount = (): number => Math.min(availableParallelism() + 1, MOST_SESSIONS);

/**
 * What DuckDB may use: the thread of a session, which it counts as one, and others to share a statement out among. Two sessions are
 * usually at work, so there are others for the cores beyond two. With more, sharing small statements out took a fifth of the processor time.
 */
const threadCount = (): number => Math.max(1, availableParallelism() - 1);

async function openSessions(instance: DuckDBInstance, clock: Clock): Promise<SessionPool> {
  const catalog: Catalog = { types: new Map() };
  return new SessionPool(await Promise.all(Array.from({ length: sessionCount() }, async () => {
    const connection = await instance.connect();
    await connection.run([...PRELUDE, STAGING_PRELUDE].join(';\n'));
    return new Session(connection, clock, catalog);
  })));
}

async function cannotOpen(file: string, cause: unknown): Promise<NbaError> {
  const message = cause instanceof Error ? cause.message : String(cause);
  if (/conflicting lock|could not set lock|being used by another process/i.test(message)) return locked(file, await whoHas(file), message, cause);
  if (/not a valid DuckDB database|version number|not a DuckDB|corrupt/i.test(message)) {
    return new NbaError('INVALID_ARGUMENT', `${file} is not a database that this DuckDB can read: ${firstLine(message)}`, {
      file, field: '--warehouse', next: 'name another file with --warehouse duckdb:<file>, or move this one away',
    }, cause);
  }
  return new NbaError('INVALID_ARGUMENT', `${file} cannot be opened: ${firstLine(message)}`, { file, field: '--warehouse' }, cause);
}

/** Who has just opened the file may not have written yet who they are. */
async function whoHas(file: string): Promise<DuckDbOwner | undefined> {
  for (let looks = 0; looks < 10; looks++) {
    const owner = readOwner(file);
    if (owner) return owner;
    await setTimeout(50);
  }
  return undefined;
}

function locked(file: string, owner: DuckDbOwner | undefined, message = '', cause?: unknown): NbaError {
  const pid = /PID (\d+)/.exec(message)?.[1];
  const who = owner
    ? `process ${owner.pid} (${owner.command}) since ${owner.since}${owner.progress ? `, at ${owner.progressAt}: ${owner.progress}` : ''}`
    : `another process${pid ? ` (${pid})` : ''}`;
  return new NbaError('WAREHOUSE_LOCKED', `${file} is in use by ${who}. A DuckDB file admits one process at a time.`, {
    file, next: 'wait for it to end (backfill status shows its progress), then run this again',
  }, cause);
}

const firstLine = (message: string) => message.split('\n')[0] ?? message;
