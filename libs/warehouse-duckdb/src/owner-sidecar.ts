import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';

/** Who holds a DuckDB file open: the file admits one process at all. */
export interface DuckDbOwner {
  readonly pid: number;
  readonly command: string;
  /** ISO 8601, UTC. */
  readonly since: string;
  /** In the owner's words; null until it reports something. */
  readonly progress: string | null;
  /** When it reported that; ISO 8601, UTC. */
  readonly progressAt: string | null;
  /** Tables that it has leases on. */
  readonly writing: readonly string[];
}

const sidecarOf = (file: string) => `${file}.owner.json`;

/**
 * Who has the warehouse file open, as its owner tells in the sidecar file beside it.
 * Undefined when nobody has, or when the sidecar was left behind by a process that is gone.
 * @example readOwner('.nba/warehouse.duckdb')?.progress // "phase 3: 412 of 652 dates"
 */
export function readOwner(file: string): DuckDbOwner | undefined {
  try {
    const owner = JSON.parse(readFileSync(sidecarOf(file), 'utf8')) as DuckDbOwner;
    return typeof owner.pid === 'number' && isAlive(owner.pid) ? owner : undefined;
  } catch {
    // Not there, or being written just now: nobody has it open as far as one can tell.
    return undefined;
  }
}

/** Written beside the file and renamed, so that a reader never sees half of it. */
export function writeOwner(file: string, owner: DuckDbOwner): void {
  const draft = `${sidecarOf(file)}.${owner.pid}`;
  writeFileSync(draft, JSON.stringify(owner));
  renameSync(draft, sidecarOf(file));
}

export function removeOwner(file: string): void {
  rmSync(sidecarOf(file), { force: true });
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Somebody else's process answers "not permitted", a dead one "no such process".
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
