import type { Bucket, StorageOptions } from '@google-cloud/storage' with { 'resolution-mode': 'import' };

/** Retries of one request, by the client itself: with growing pauses, and only of what may be repeated. */
const RETRIES = { autoRetry: true, maxRetries: 5, totalTimeout: 120 };

/**
 * A bucket as the client library sees it, with the machine's own credentials.
 * The library is loaded here and not sooner: whoever keeps the lake in a folder shall not wait for it.
 */
export async function openBucket(name: string, options: StorageOptions = {}): Promise<Bucket> {
  const { Storage } = await import('@google-cloud/storage');
  const storage = new Storage({ retryOptions: RETRIES, ...options });
  // The client reads STORAGE_EMULATOR_HOST, but leaves out the path under which the service, and every emulator, answers.
  if (process.env['STORAGE_EMULATOR_HOST']) storage.baseUrl = `${storage.apiEndpoint}/storage/v1`;
  return storage.bucket(name);
}
