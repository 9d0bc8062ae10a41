import { NbaError, type Clock } from '@nba/kernel';
import { BigQueryWarehouse } from './bigquery-warehouse';
import { Jobs } from './jobs';
import { ObjectLeases } from './object-leases';
import { bigQueryClient, storageBucket } from './open-clients';
import { DEFAULT_RETRY, type RetryPolicy } from './retry';
import { Workplace } from './workplace';

export interface BigQueryOptions {
  /** The Google Cloud project that holds the datasets and pays for the jobs. */
  readonly project: string;
  /** Where the datasets are and every job runs. Default `US`. */
  readonly location?: string;
  readonly clock: Clock;
  /** The bucket of the leases, and of loads too large to be sent with their job. It must be there. Default `<project>-nba-lake`. */
  readonly bucket?: string;
  /** Of the leases' objects. Default `leases/`. */
  readonly leasePrefix?: string;
  /** A query that would be billed for more bytes fails before it runs. Default: no limit. */
  readonly maximumBytesBilled?: number;
  /** The longest a replacement's job may take; a table whose writer has died in the midst of one is given to nobody else before. Default ten minutes. */
  readonly statementTimeoutMs?: number;
  /** How many replacements are sent side by side; BigQuery lets wait by itself what is too much. Default 4. */
  readonly concurrency?: number;
  /** US dollars for a tebibyte processed, for estimates. Default Google's list price. */
  readonly usdPerTiB?: number;
  readonly retry?: RetryPolicy;
  /** An emulator instead of Google's own service: `http://127.0.0.1:9050`. It is asked without credentials. */
  readonly apiEndpoint?: string;
  /** The same for Cloud Storage. */
  readonly storageEndpoint?: string;
}

const TEN_MINUTES_MS = 600_000;

/**
 * The warehouse of a project. Nothing is asked for before the first call: credentials are the machine's own (`gcloud auth application-default login`,
 * or the service account of the place it runs at).
 * Needs the packages `@google-cloud/bigquery` (8) and `@google-cloud/storage` (7).
 * @throws NbaError INVALID_ARGUMENT when the project is no project id, PACKAGE_MISSING when one of Google's clients is not installed
 */
export function openBigQueryWarehouse(options: BigQueryOptions): BigQueryWarehouse {
  const { project, location = 'US', clock, bucket = `${project}-nba-lake`, leasePrefix = 'leases/', apiEndpoint, storageEndpoint, retry = DEFAULT_RETRY } = options;
  if (!/^[a-z][a-z0-9.:-]{0,62}$/.test(project)) {
    throw new NbaError('INVALID_ARGUMENT', `"${project}" is not the id of a Google Cloud project.`, { field: '--warehouse', next: 'write --warehouse bigquery:<project>[/<location>]' });
  }
  const endpoints = { project, location, apiEndpoint, storageEndpoint };
  const jobs = new Jobs(bigQueryClient(endpoints), clock, { location, retry, maximumBytesBilled: options.maximumBytesBilled });
  const place = storageBucket(bucket, endpoints);
  return new BigQueryWarehouse(new Workplace(jobs, place), `bigquery:${project}/${location}`, new ObjectLeases(place, clock, leasePrefix, retry), {
    statementTimeoutMs: options.statementTimeoutMs ?? TEN_MINUTES_MS, usdPerTiB: options.usdPerTiB, concurrency: options.concurrency ?? 4,
  });
}
