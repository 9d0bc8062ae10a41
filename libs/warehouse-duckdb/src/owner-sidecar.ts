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

/** Least time between two writes of a sidecar. A file system writes a renamed file to the disk: for every unit and lease that took longer than planning them. */
const WRITE_EVERY_MS = 200;

/** The sidecar of a file that is open here: there from the beginning, and never much older than what was told last. */
export class OwnerNotice {
  private writtenAt = 0;
  private next: NodeJS.Timeout | undefined;

  constructor(
    private readonly file: string,
    private owner: DuckDbOwner,
  ) {
    this.write();
  }

  tell(news: Partial<DuckDbOwner>): void {
    this.owner = { ...this.owner, ...news };
    const waitMs = this.writtenAt + WRITE_EVERY_MS - performance.now();
    if (waitMs <= 0) this.write();
    else this.next ??= setTimeout(() => this.write(), waitMs).unref();
  }

  takeDown(): void {
    clearTimeout(this.next);
    rmSync(sidecarOf(this.file), { force: true });
  }

  /** Beside the file and renamed, so that a reader never sees half of it. */
  private write(): void {
    clearTimeout(this.next);
    this.next = undefined;
    this.writtenAt = performance.now();
    const draft = `${sidecarOf(this.file)}.${this.owner.pid}`;
    writeFileSync(draft, JSON.stringify(this.owner));
    renameSync(draft, sidecarOf(this.file));
  }
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
