import { packageFault } from '@nba/kernel';
import type { BigQueryClient, BucketHandle } from './google-clients';

/** Where the two services answer, and for whom. */
export interface GoogleEndpoints {
  readonly project: string;
  readonly location: string;
  readonly apiEndpoint?: string;
  readonly storageEndpoint?: string;
}

/* eslint-disable @typescript-eslint/no-require-imports -- Who only imports this library need not have the clients; and `import()` would make opening a warehouse asynchronous. */

/** @throws NbaError PACKAGE_MISSING when `@google-cloud/bigquery` is not installed */
export function bigQueryClient({ project, location, apiEndpoint }: GoogleEndpoints): BigQueryClient {
  const { BigQuery } = installed('@google-cloud/bigquery@8', () => require('@google-cloud/bigquery') as typeof import('@google-cloud/bigquery'));
  // Retries are ours alone: the library would try again what must not be run twice.
  const client = new BigQuery({ projectId: project, autoRetry: false, maxRetries: 0, location, ...(apiEndpoint && { apiEndpoint, authClient: withoutCredentials() }) });
  // The libraries would take an address from the environment instead, and leave out the path.
  if (apiEndpoint) client.baseUrl = `${client.apiEndpoint}/bigquery/v2`;
  return client;
}

/** @throws NbaError PACKAGE_MISSING when `@google-cloud/storage` is not installed */
export function storageBucket(name: string, { project, storageEndpoint }: GoogleEndpoints): BucketHandle {
  const { Storage } = installed('@google-cloud/storage@7', () => require('@google-cloud/storage') as typeof import('@google-cloud/storage'));
  const storage = new Storage({ projectId: project, retryOptions: { autoRetry: false, maxRetries: 0 }, ...(storageEndpoint && { apiEndpoint: storageEndpoint }) });
  if (storageEndpoint) storage.baseUrl = `${storage.apiEndpoint}/storage/v1`;
  return storage.bucket(name);
}

/** For emulators. */
function withoutCredentials() {
  const { PassThroughClient } = installed('google-auth-library@10', () => require('google-auth-library') as typeof import('google-auth-library'));
  return new PassThroughClient();
}

function installed<T>(wanted: string, load: () => T): T {
  try {
    return load();
  } catch (fault) {
    throw packageFault(fault, wanted, 'The warehouse on BigQuery');
  }
}
