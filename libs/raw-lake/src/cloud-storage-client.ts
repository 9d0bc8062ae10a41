import { packageFault } from '@nba/kernel';

/**
 * What is told Google's client library: the part of its `StorageOptions` that matters here, and the whole of one is accepted too.
 * A type of our own, because the library is installed only where a lake lies in Cloud Storage.
 */
export interface StorageClientOptions {
  /** Default is the machine's own project. */
  readonly projectId?: string;
  /** An emulator or a mirror instead of Google's own service. */
  readonly apiEndpoint?: string;
  /** The file of a service account's key. Default is what the machine has. */
  readonly keyFilename?: string;
  /** A key itself, as its file has it. */
  readonly credentials?: object;
  readonly retryOptions?: { readonly autoRetry?: boolean; readonly maxRetries?: number; readonly totalTimeout?: number };
}

/** What of a listing is asked for, page by page. */
export interface ListingQuery {
  readonly prefix?: string;
  readonly maxResults?: number;
  readonly autoPaginate?: boolean;
  readonly fields?: string;
  readonly pageToken?: string;
}

/** What the lake asks of the client library's bucket. */
export interface LakeBucket {
  file(name: string): {
    save(text: string, options: { readonly resumable: boolean; readonly contentType: string; readonly preconditionOpts: { readonly ifGenerationMatch: number } }): Promise<void>;
    download(): Promise<[{ toString(encoding: 'utf8'): string }]>;
  };
  /** The objects, and the query for the next page where there is one. */
  getFiles(query: ListingQuery): Promise<[{ readonly name: string }[], ListingQuery | null, ...unknown[]]>;
}

/** Retries of one request, by the client itself: with growing pauses, and only of what may be repeated. */
const RETRIES = { autoRetry: true, maxRetries: 5, totalTimeout: 120 };

/**
 * A bucket as the client library sees it, with the machine's own credentials.
 * The library is loaded here and not sooner: whoever keeps the lake in a folder shall not wait for it, nor install it.
 * @throws NbaError PACKAGE_MISSING when it is not installed
 */
export async function openBucket(name: string, options: StorageClientOptions = {}): Promise<LakeBucket> {
  const { Storage } = await import('@google-cloud/storage').catch((fault: unknown) => {
    throw packageFault(fault, '@google-cloud/storage@7', `A lake in Cloud Storage (gs://${name})`);
  });
  const storage = new Storage({ retryOptions: RETRIES, ...options });
  // The client reads STORAGE_EMULATOR_HOST, but leaves out the path under which the service, and every emulator, answers.
  if (process.env['STORAGE_EMULATOR_HOST']) storage.baseUrl = `${storage.apiEndpoint}/storage/v1`;
  return storage.bucket(name);
}
