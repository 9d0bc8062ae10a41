import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { NbaError, type DateRange, type DocumentKind, type DocumentRef, type RawLake } from '@nba/kernel';
import { isIgnored, isStamp, liesIn, partitionNamed, stampOf, staysInside } from './lake-path';

/**
 * A raw lake in a folder: `<root>/nba-com/<kind>/<partition>/<stamp>.json`.
 * Hidden files and `*.tmp` are ignored; any other name that is no document is an error, so that a misspelt file
 * is never silently left out. The folder itself must exist before it is read; writing creates it.
 */
export function openFolderLake(root: string): RawLake {
  return new FolderLake(resolve(root));
}

class FolderLake implements RawLake {
  /** Where the folder really is, asked once: a lake does not move while it is open. */
  private root: Promise<string> | undefined;

  constructor(readonly location: string) {}

  async list(kind: DocumentKind, asOf: Date, within?: DateRange): Promise<readonly DocumentRef[]> {
    await this.realRoot();
    const folder = `nba-com/${kind}`;
    const names = (await this.namesIn(folder, 'absent')).filter((name) => !isIgnored(name)).sort();
    const now = stampOf(asOf);
    const partitions = names.map((name) => partitionNamed(kind, name) ?? this.misnamed(kind, name)).filter((partition) => liesIn(kind, partition, within));
    const listings = await Promise.all(partitions.map((partition) => this.listPartition(kind, partition, now)));
    return listings.flat();
  }

  async read(ref: DocumentRef): Promise<string> {
    const file = await this.existingInside(ref.path);
    return readFile(file, 'utf8').catch((cause: unknown) => this.unreadable(ref.path, 'cannot be read', cause));
  }

  async write(path: string, text: string): Promise<void> {
    if (!staysInside(path)) this.leaves(path);
    const target = join(this.location, path);
    const folder = dirname(target);
    await this.assertFolderInside(folder, path);
    await mkdir(folder, { recursive: true });
    // In the same folder, so that the rename is atomic; ignored by listings until then.
    const unfinished = join(folder, `.${randomUUID()}.tmp`);
    try {
      await writeFile(unfinished, text, { flag: 'wx' });
      await rename(unfinished, target);
    } catch (fault) {
      await rm(unfinished, { force: true });
      throw fault;
    }
  }

  private misnamed(kind: DocumentKind, name: string): never {
    return this.unreadable(`nba-com/${kind}/${name}`, `is not named after a ${kind === 'schedule' ? 'season, as 2024-25' : 'game date, as 2025-01-26'}`);
  }

  private async listPartition(kind: DocumentKind, partition: DocumentRef['partition'], now: string): Promise<DocumentRef[]> {
    const folder = `nba-com/${kind}/${partition}`;
    const refs: DocumentRef[] = [];
    for (const file of (await this.namesIn(folder, 'error')).filter((name) => !isIgnored(name)).sort()) {
      const stamp = file.slice(0, -'.json'.length);
      if (!file.endsWith('.json') || !isStamp(stamp)) this.unreadable(`${folder}/${file}`, 'is not named <YYYYMMDD_HHMMSS>.json, a stamp in UTC');
      if (stamp <= now) refs.push({ path: `${folder}/${file}`, kind, partition, stamp });
    }
    return refs;
  }

  private async namesIn(folder: string, whenAbsent: 'absent' | 'error'): Promise<string[]> {
    try {
      return await readdir(join(this.location, folder));
    } catch (cause) {
      if (whenAbsent === 'absent' && isAbsent(cause)) return [];
      return this.unreadable(folder, 'is not a folder that can be read', cause);
    }
  }

  private realRoot(): Promise<string> {
    this.root ??= this.findRoot().catch((fault: unknown) => {
      this.root = undefined;
      throw fault;
    });
    return this.root;
  }

  private async findRoot(): Promise<string> {
    const isFolder = await stat(this.location).then((stats) => stats.isDirectory(), () => false);
    if (!isFolder) {
      throw new NbaError('LAKE_UNREADABLE', `There is no raw lake at ${this.location}: the folder does not exist.`, {
        file: this.location,
        next: 'name the folder that holds nba-com/, for example: nx run backfill:all --lake=.nba/lake (or set NBA_LAKE)',
      });
    }
    return realpath(this.location);
  }

  /** The file's real place, links followed. */
  private async existingInside(path: string): Promise<string> {
    if (!staysInside(path)) return this.unreadable(path, 'leaves the lake');
    const root = await this.realRoot();
    const file = await realpath(join(this.location, path)).catch((cause: unknown) => this.unreadable(path, isAbsent(cause) ? 'does not exist' : 'cannot be read', cause));
    if (!isInside(root, file)) return this.unreadable(path, 'leaves the lake through a link');
    return file;
  }

  /** Follows the links of the nearest folder that exists: what is created below it lies where it lies. */
  private async assertFolderInside(folder: string, path: string): Promise<void> {
    if (relative(this.location, folder) === '') return;
    const real = await realpath(folder).catch((cause: unknown) => {
      if (isAbsent(cause)) return undefined;
      throw cause;
    });
    if (real === undefined) return this.assertFolderInside(dirname(folder), path);
    if (!isInside(await realpath(this.location), real)) this.leaves(path);
  }

  private leaves(path: string): never {
    throw new NbaError('INVALID_ARGUMENT', `"${path}" leaves the lake at ${this.location}. Write below nba-com/, for example nba-com/schedule/2024-25/20250827_060000.json.`, { file: path });
  }

  private unreadable(path: string, problem: string, cause?: unknown): never {
    if (isPassing(cause)) {
      throw new NbaError('LAKE_UNAVAILABLE', `${path} ${problem} at the moment (raw lake at ${this.location}).`, { file: path, next: 'run the same command again' }, cause);
    }
    throw new NbaError(
      'LAKE_UNREADABLE',
      `${path} ${problem} (raw lake at ${this.location}).`,
      { file: path, next: `look at ${join(this.location, path)}; rename or move away what is no document, then run the same command again` },
      cause,
    );
  }
}

function isInside(root: string, file: string): boolean {
  return file === root || file.startsWith(root.endsWith(sep) ? root : root + sep);
}

/** What a busy machine or a network drive answers that is there again in a moment. */
const PASSING = ['EAGAIN', 'EBUSY', 'EIO', 'EMFILE', 'ENFILE', 'ESTALE', 'ETIMEDOUT'];

function isPassing(cause: unknown): boolean {
  return typeof cause === 'object' && cause !== null && 'code' in cause && PASSING.includes(String(cause.code));
}

function isAbsent(cause: unknown): boolean {
  return typeof cause === 'object' && cause !== null && 'code' in cause && cause.code === 'ENOENT';
}
