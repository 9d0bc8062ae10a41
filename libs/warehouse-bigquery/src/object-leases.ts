import { randomUUID } from 'node:crypto';
import { NbaError, type Clock, type Lease, type LeaseAnswer, type TableLeases } from '@nba/kernel';
import { warehouseFault } from './faults';
import type { BucketHandle, FileHandle } from './google-clients';
import { DEFAULT_RETRY, withRetries, type RetryPolicy } from './retry';

/** What a table's object says. It stays when the lease is given back: the count of leases must outlive them. */
interface LeaseRecord extends Lease {
  readonly isFree: boolean;
  /** Set while a job of the holder may still write, whatever has become of the holder: the table is not given away before. ISO 8601, UTC. */
  readonly writingUntil: string | null;
  /** Of the grant, so that who has written it knows it again: the answer to the writing may be lost. */
  readonly grant?: string;
}

interface StoredRecord {
  readonly record: LeaseRecord;
  readonly generation: string;
}

const isPreconditionFailed = (fault: unknown): boolean => (fault as { code?: unknown }).code === 412;
/** A job that has not begun so long after it was made ready does not begin any more. */
const BEGIN_WITHIN_MS = 60_000;
/** Added to what others wait for a job: their clocks may be a little ahead. */
const CLOCK_MARGIN_MS = 10_000;
const ATTEMPTS_TO_WRITE = 5;

/**
 * Leases on tables as objects in Cloud Storage, one for each table. A write carries the generation that was read, so of two who
 * write at once one is refused and looks again: the compare-and-set that BigQuery does not offer cheaply.
 */
export class ObjectLeases implements TableLeases {
  /** @param prefix of the objects' names, with a slash at its end */
  constructor(
    private readonly bucket: BucketHandle,
    private readonly clock: Clock,
    private readonly prefix: string,
    private readonly retry: RetryPolicy = DEFAULT_RETRY,
  ) {}

  async acquire(table: string, holder: string, durationMs: number): Promise<LeaseAnswer> {
    const grant = randomUUID();
    for (;;) {
      const stored = await this.read(table);
      if (stored?.record.grant === grant) return { granted: true, lease: leaseOf(stored.record) };
      if (stored && this.isHeld(stored.record)) return { granted: false, heldBy: leaseOf(stored.record) };
      const lease = { table, holder, version: (stored?.record.version ?? 0) + 1, expiresAt: this.end(durationMs) };
      // Who was faster is seen when it is read again.
      if (await this.write({ ...lease, isFree: false, writingUntil: null, grant }, stored?.generation ?? '0')) return { granted: true, lease };
    }
  }

  async renew(lease: Lease, durationMs: number): Promise<Lease> {
    return leaseOf((await this.change(lease, (record) => ({ ...record, expiresAt: this.end(durationMs) }))).record);
  }

  async release(lease: Lease): Promise<void> {
    for (let attempt = 0; attempt < ATTEMPTS_TO_WRITE; attempt++) {
      const stored = await this.read(lease.table);
      if (!stored || stored.record.isFree || stored.record.version !== lease.version) return;
      // A job that may still write keeps the table, whatever has become of its lease.
      if (await this.write({ ...stored.record, isFree: true }, stored.generation)) return;
    }
  }

  async held(): Promise<readonly Lease[]> {
    const [files] = await this.run('list leases', () => this.bucket.getFiles({ prefix: this.prefix }));
    const records = await Promise.all(files.map(({ name }) => this.read(name.slice(this.prefix.length).replace(/\.json$/, ''))));
    return records.flatMap((stored) => (stored && this.isHeld(stored.record) ? [leaseOf(stored.record)] : [])).sort((a, b) => (a.table < b.table ? -1 : 1));
  }

  async lastVersion(table: string): Promise<number> {
    return (await this.read(table))?.record.version ?? 0;
  }

  /**
   * Keeps the table from being given away until a job that is about to be sent has ended for certain, even if this process dies meanwhile.
   * @param timeoutMs after which BigQuery itself ends the job
   * @returns until when the job must have begun, by Cloud Storage's own clock, which is BigQuery's too: ISO 8601, UTC
   * @throws NbaError LEASE_LOST when the lease has run out, been released or given to somebody else
   */
  async openWriteWindow(lease: Lease, timeoutMs: number): Promise<string> {
    const { writtenAt } = await this.change(lease, (record) => {
      if (record.expiresAt <= this.now()) throw lost(lease, `run out at ${record.expiresAt}`);
      return { ...record, writingUntil: this.end(BEGIN_WITHIN_MS + timeoutMs + CLOCK_MARGIN_MS) };
    });
    return new Date(Date.parse(writtenAt) + BEGIN_WITHIN_MS).toISOString();
  }

  /** The job has ended, well or not. Nothing happens when the lease has been lost meanwhile. */
  async closeWriteWindow(lease: Lease): Promise<void> {
    await this.change(lease, (record) => ({ ...record, writingUntil: null })).catch((fault: unknown) => {
      if (!(fault instanceof NbaError)) throw fault;
    });
  }

  /** Changes the record of a lease that is still this one. @throws NbaError LEASE_LOST otherwise */
  private async change(lease: Lease, change: (record: LeaseRecord) => LeaseRecord): Promise<{ record: LeaseRecord; writtenAt: string }> {
    for (let attempt = 0; attempt < ATTEMPTS_TO_WRITE; attempt++) {
      const stored = await this.read(lease.table);
      if (!stored || stored.record.isFree) throw lost(lease, 'released');
      if (stored.record.version !== lease.version) throw lost(lease, `given to ${stored.record.holder} meanwhile`);
      const record = change(stored.record);
      const writtenAt = await this.write(record, stored.generation);
      if (writtenAt) return { record, writtenAt };
    }
    throw new NbaError('WAREHOUSE_UNAVAILABLE', `The lease of ${lease.table} was changed by others ${ATTEMPTS_TO_WRITE} times while it was being written.`, { table: lease.table, next: 'run the same command again' });
  }

  private file(table: string): FileHandle {
    return this.bucket.file(`${this.prefix}${table}.json`);
  }

  private async read(table: string): Promise<StoredRecord | undefined> {
    return this.run(`read the lease of ${table}`, async () => {
      try {
        // The generation first: if the object is written between, what is read is newer, and the write that builds on it is refused.
        const [{ generation }] = await this.file(table).getMetadata();
        const [content] = await this.file(table).download();
        return { record: JSON.parse(content.toString('utf8')) as LeaseRecord, generation: String(generation) };
      } catch (fault) {
        if ((fault as { code?: unknown }).code === 404) return undefined;
        throw fault;
      }
    });
  }

  /** @returns when it was written, by Cloud Storage's clock; undefined when somebody else has written since it was read */
  private async write(record: LeaseRecord, generation: string): Promise<string | undefined> {
    return this.run(`write the lease of ${record.table}`, async () => {
      const file = this.file(record.table);
      try {
        await file.save(JSON.stringify(record), { resumable: false, contentType: 'application/json', preconditionOpts: { ifGenerationMatch: generation } });
        return String(file.metadata.updated);
      } catch (fault) {
        if (isPreconditionFailed(fault)) return undefined;
        throw fault;
      }
    });
  }

  private run<T>(what: string, call: () => Promise<T>): Promise<T> {
    return withRetries(call, this.clock, this.retry).catch((fault: unknown) => {
      throw this.bucketFault(fault) ?? warehouseFault(fault, what);
    });
  }

  /** A lease that is not there is no fault: what is not found here is the bucket. */
  private bucketFault(fault: unknown): NbaError | undefined {
    const { code } = fault as { code?: unknown };
    const place = `gs://${this.bucket.name}/${this.prefix}`;
    if (code === 404) {
      return new NbaError('INVALID_ARGUMENT', `The bucket ${this.bucket.name} does not exist: the leases on BigQuery's tables are kept in ${place}.`, {
        field: '--lake', next: 'make it (docs/deploy.md), or name the bucket of the lake with --lake gs://<bucket>',
      }, fault);
    }
    if (code !== 401 && code !== 403) return undefined;
    return new NbaError('INVALID_ARGUMENT', `These credentials may not write ${place}, where the leases on BigQuery's tables are kept.`, {
      field: '--lake', next: 'grant the account roles/storage.objectUser on the bucket (docs/deploy.md)',
    }, fault);
  }

  private isHeld({ isFree, expiresAt, writingUntil }: LeaseRecord): boolean {
    return (!isFree && expiresAt > this.now()) || (writingUntil ?? '') > this.now();
  }

  private now(): string {
    return this.clock.now().toISOString();
  }

  private end(durationMs: number): string {
    return new Date(this.clock.now().getTime() + durationMs).toISOString();
  }
}

const leaseOf = ({ table, holder, version, expiresAt }: LeaseRecord): Lease => ({ table, holder, version, expiresAt });

function lost({ table }: Lease, why: string): NbaError {
  return new NbaError('LEASE_LOST', `${table} may not be written: its lease has been ${why}. Nothing was stored.`, {
    table, next: 'run the same command again when the other run has ended: it does what is left',
  });
}
