/*
 * What this library asks of Google's client libraries, as types of its own: they are installed only where BigQuery is used, and what
 * imports this library must compile without them. The clients themselves fit these types, and so does whoever plays them in a test.
 */

/** A job that has been sent. */
export interface JobHandle {
  getQueryResults(options: { readonly wrapIntegers: { readonly integerTypeCastFunction: (text: string) => bigint } }): Promise<[Record<string, unknown>[], ...unknown[]]>;
  getMetadata(): Promise<[unknown, ...unknown[]]>;
  readonly metadata: unknown;
}

/** A query as it is sent. */
export interface QueryRequest {
  readonly query: string;
  readonly location: string;
  readonly useLegacySql: boolean;
  readonly params: Readonly<Record<string, unknown>>;
  /** Of each parameter: a type's name, or for a list of rows the types of their columns. */
  readonly types: Record<string, string | Record<string, string>[]>;
  readonly labels?: Readonly<Record<string, string>>;
  readonly jobTimeoutMs?: number;
  readonly maximumBytesBilled?: string;
  readonly jobId?: string;
  readonly dryRun?: boolean;
}

export interface TableHandle {
  getMetadata(): Promise<[unknown, ...unknown[]]>;
  delete(): Promise<unknown>;
}

export interface DatasetHandle {
  exists(): Promise<[boolean]>;
  createTable(name: string, metadata: object): Promise<unknown>;
  table(name: string): TableHandle;
}

/** `BigQuery` of `@google-cloud/bigquery`. */
export interface BigQueryClient {
  readonly projectId: string;
  readonly apiEndpoint: string;
  createQueryJob(request: QueryRequest): Promise<[JobHandle, ...unknown[]]>;
  createJob(options: { readonly jobId: string; readonly location: string; readonly configuration: object }): Promise<[JobHandle, ...unknown[]]>;
  job(id: string, options: { readonly location: string }): JobHandle;
  dataset(name: string): DatasetHandle;
  createDataset(name: string, options: object): Promise<unknown>;
  request<T>(options: object, callback: (fault: Error | null, body: T) => void): void;
}

/** An object of a bucket. */
export interface FileHandle {
  readonly name: string;
  readonly metadata: { readonly updated?: string };
  getMetadata(): Promise<[{ readonly generation?: string | number }, ...unknown[]]>;
  download(): Promise<[{ toString(encoding: 'utf8'): string }]>;
  save(content: string, options: { readonly resumable?: boolean; readonly contentType: string; readonly preconditionOpts?: { readonly ifGenerationMatch: string } }): Promise<void>;
  delete(options: { readonly ignoreNotFound: boolean }): Promise<unknown>;
}

/** `Bucket` of `@google-cloud/storage`. */
export interface BucketHandle {
  readonly name: string;
  file(name: string): FileHandle;
  getFiles(query: { readonly prefix: string }): Promise<[{ readonly name: string }[], ...unknown[]]>;
}
