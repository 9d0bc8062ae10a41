import type { Row, TableDefinition } from '@nba/kernel';
import type { BucketHandle } from './google-clients';
import type { Jobs, JobOptions } from './jobs';
import { toNewlineJson } from './rows';
import { ensureDataset, STAGING_DATASET } from './schema';

/** Newline JSON up to so many bytes is sent with its load job; more goes through Cloud Storage. */
export const UPLOAD_LIMIT_BYTES = 32 * 2 ** 20;

/** Jobs, and the places where rows wait for them. */
export class Workplace {
  private staging: Promise<void> | undefined;

  /** @param bucket for loads that are too large to be sent with their job; without one they are sent all the same */
  constructor(
    readonly jobs: Jobs,
    private readonly bucket: BucketHandle | undefined,
  ) {}

  /** Puts rows into a staging table of their own by one load job: all or none. */
  async loadRows(rows: readonly Row[], columns: TableDefinition['columns'], table: string, options: JobOptions): Promise<void> {
    await this.stagingDataset();
    const content = toNewlineJson(rows);
    const target = { dataset: STAGING_DATASET, table };
    if (!this.bucket || content.length <= UPLOAD_LIMIT_BYTES) return this.jobs.load({ content }, target, columns, options);
    const file = this.bucket.file(`nba_staging/${table}.ndjson`);
    await this.jobs.attempt(`upload ${file.name}`, () => file.save(content, { contentType: 'application/x-ndjson' }));
    try {
      await this.jobs.load({ uri: `gs://${this.bucket.name}/${file.name}` }, target, columns, options);
    } finally {
      await file.delete({ ignoreNotFound: true }).catch(() => undefined);
    }
  }

  private stagingDataset(): Promise<void> {
    this.staging ??= this.jobs.attempt(`create dataset ${STAGING_DATASET}`, () => ensureDataset(this.jobs, STAGING_DATASET)).catch((fault: unknown) => {
      this.staging = undefined;
      throw fault;
    });
    return this.staging;
  }
}
