import { NbaError, type DateRange, type DocumentKind, type DocumentRef, type RawLake } from '@nba/kernel';
import { type LakeBucket, type ListingQuery, openBucket, type StorageClientOptions } from './cloud-storage-client';
import { lakeFault, statusOf } from './cloud-storage-fault';
import { isIgnored, isStamp, liesIn, partitionNamed, stampOf, staysInside } from './lake-path';

export interface CloudStorageLakeOptions {
  /** The bucket's name, without `gs://`. */
  readonly bucket: string;
  /** The folder inside the bucket that holds `nba-com/`. Default is none: the bucket itself is the lake. */
  readonly prefix?: string;
  /** For the client library: endpoint, credentials, retries. Default is what the machine has. */
  readonly client?: StorageClientOptions;
}

/** The most that the service puts on a page. */
const PAGE = 1000;

/**
 * A raw lake in a bucket of Cloud Storage: `gs://<bucket>/<prefix>/nba-com/<kind>/<partition>/<stamp>.json`.
 * A document is stored whole or not at all, and never overwritten. What is ignored and what is refused is as in a folder.
 * Needs the package `@google-cloud/storage` (7); where it is not installed the first request is PACKAGE_MISSING.
 */
export class CloudStorageLake implements RawLake {
  readonly location: string;
  private readonly root: string;
  private opened: Promise<LakeBucket> | undefined;

  /** @throws NbaError INVALID_ARGUMENT when there is no bucket, or the prefix is no plain path */
  constructor(private readonly options: CloudStorageLakeOptions) {
    const prefix = (options.prefix ?? '').replace(/^\/+|\/+$/g, '');
    if (!/^[a-z0-9][a-z0-9._-]+$/.test(options.bucket)) throw new NbaError('INVALID_ARGUMENT', `"${options.bucket}" is no name of a bucket: small letters, digits, hyphens, as nba-lake.`, { field: 'bucket' });
    if (prefix !== '' && !staysInside(prefix)) throw new NbaError('INVALID_ARGUMENT', `"${options.prefix}" is no folder of a bucket: names with slashes between them, as raw/lake.`, { field: 'prefix' });
    this.location = `gs://${options.bucket}${prefix && `/${prefix}`}`;
    this.root = prefix && `${prefix}/`;
  }

  /** Every page is read, whatever is of interest: a misspelt name sorts anywhere. */
  async list(kind: DocumentKind, asOf: Date, within?: DateRange): Promise<readonly DocumentRef[]> {
    const folder = `nba-com/${kind}`;
    const now = stampOf(asOf);
    const refs: DocumentRef[] = [];
    for await (const name of this.namesUnder(`${folder}/`)) {
      const ref = this.refOf(kind, folder, name);
      if (ref && ref.stamp <= now && liesIn(kind, ref.partition, within)) refs.push(ref);
    }
    return refs.sort((a, b) => (a.path < b.path ? -1 : 1));
  }

  async read(ref: DocumentRef): Promise<string> {
    if (!staysInside(ref.path)) return this.unreadable(ref.path, 'leaves the lake');
    return this.textOf(ref.path);
  }

  async write(path: string, text: string): Promise<void> {
    if (!staysInside(path)) throw new NbaError('INVALID_ARGUMENT', `"${path}" leaves the lake at ${this.location}. Write below nba-com/, for example nba-com/schedule/2024-25/20250827_060000.json.`, { file: path });
    try {
      const file = (await this.bucket()).file(this.root + path);
      // In one request, and only where there is nothing yet: whole or not at all, and safe to be repeated by the client.
      await file.save(text, { resumable: false, contentType: 'application/json', preconditionOpts: { ifGenerationMatch: 0 } });
    } catch (fault) {
      if (statusOf(fault) !== 412) throw lakeFault(fault, path, this.location);
      // Somebody was first. It may have been this very request, whose answer was lost.
      if ((await this.textOf(path)) === text) return;
      throw new NbaError('INVALID_ARGUMENT', `${path} holds another text already (raw lake at ${this.location}). Documents are never overwritten.`, { file: path, next: 'write it under a newer stamp' }, fault);
    }
  }

  private async textOf(path: string): Promise<string> {
    try {
      const [content] = await (await this.bucket()).file(this.root + path).download();
      return content.toString('utf8');
    } catch (fault) {
      throw lakeFault(fault, path, this.location);
    }
  }

  /** Names below a folder of the lake, the folder left out, page by page. */
  private async *namesUnder(folder: string): AsyncGenerator<string> {
    const prefix = this.root + folder;
    let query: ListingQuery | null = { prefix, maxResults: PAGE, autoPaginate: false, fields: 'items(name),nextPageToken' };
    while (query) {
      const [files, next] = await this.page(query, folder);
      for (const { name } of files) yield name.slice(prefix.length);
      query = next;
    }
  }

  private async page(query: ListingQuery, folder: string): Promise<[{ name: string }[], ListingQuery | null]> {
    try {
      const [files, next] = await (await this.bucket()).getFiles(query);
      return [files, next ?? null];
    } catch (fault) {
      throw lakeFault(fault, folder, this.location);
    }
  }

  /** @returns undefined for what is no document and is ignored */
  private refOf(kind: DocumentKind, folder: string, name: string): DocumentRef | undefined {
    const slash = name.indexOf('/');
    const [partitionName, file] = slash < 0 ? [name, ''] : [name.slice(0, slash), name.slice(slash + 1)];
    if (isIgnored(partitionName) || isIgnored(file)) return undefined;
    // The console makes an empty object for a folder; its name ends with a slash.
    if (name === '') return undefined;
    const partition = partitionNamed(kind, partitionName);
    if (partition === undefined) return this.unreadable(`${folder}/${partitionName}`, `is not named after a ${kind === 'schedule' ? 'season, as 2024-25' : 'game date, as 2025-01-26'}`);
    if (file === '') return undefined;
    const stamp = file.slice(0, -'.json'.length);
    if (!file.endsWith('.json') || !isStamp(stamp)) return this.unreadable(`${folder}/${name}`, 'is not named <YYYYMMDD_HHMMSS>.json, a stamp in UTC');
    return { path: `${folder}/${name}`, kind, partition, stamp };
  }

  private bucket(): Promise<LakeBucket> {
    this.opened ??= openBucket(this.options.bucket, this.options.client);
    return this.opened;
  }

  private unreadable(path: string, problem: string): never {
    throw new NbaError('LAKE_UNREADABLE', `${path} ${problem} (raw lake at ${this.location}).`, {
      file: path, next: `look at ${this.location}/${path}; move away what is no document, then run the same command again`,
    });
  }
}
