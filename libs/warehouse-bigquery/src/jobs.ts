import { Readable } from 'node:stream';
import type { Clock, Parameters, Row, Statement, TableDefinition } from '@nba/kernel';
import { parameterType, toCell } from './cells';
import { isDuplicate, isTransientFault, JobAtLarge, warehouseFault } from './faults';
import type { BigQueryClient, JobHandle, QueryRequest } from './google-clients';
import type { JobName } from './job-identity';
import type { JobLabels } from './job-labels';
import { type RetryPolicy, withRetries } from './retry';
import { schemaFields } from './schema-fields';

/** A list of rows bound to one parameter, with the types of their columns: what SQL reads by UNNEST. */
export interface RowsParameter {
  readonly rows: readonly Row[];
  readonly columns: TableDefinition['columns'];
}

/** What a job is besides its statement. */
export interface JobOptions {
  readonly name: JobName;
  readonly labels: JobLabels;
  /** BigQuery itself ends a job that runs longer. */
  readonly timeoutMs?: number;
  readonly lists?: Readonly<Record<string, RowsParameter>>;
}

export interface JobsSettings {
  readonly location: string;
  /** A query that would be billed for more fails before it runs. No limit when absent. */
  readonly maximumBytesBilled?: number;
  readonly retry: RetryPolicy;
}

/** What a dry run tells. */
export interface DryRun {
  readonly bytesProcessed: number;
  /** Columns with their types, by BigQuery's older names for types (INTEGER, FLOAT, BOOLEAN). */
  readonly fields: readonly { readonly name: string; readonly type: string }[];
}

/** What is read of a job's state. */
interface JobMetadata {
  readonly status?: {
    readonly state?: string;
    readonly errorResult?: { readonly reason?: string; readonly message?: string };
    readonly errors?: readonly { readonly message?: string }[];
  };
}

const LOAD_POLL_MS = 500;

/** Runs jobs: named before they are sent, labelled, in one location, tried again when BigQuery was busy. */
export class Jobs {
  constructor(
    readonly client: BigQueryClient,
    readonly clock: Clock,
    private readonly settings: JobsSettings,
  ) {}

  get location(): string {
    return this.settings.location;
  }

  /** Runs a statement or a script for the rows of its last SELECT. @throws NbaError with the statement's head */
  async query(statement: Statement, options: JobOptions): Promise<Row[]> {
    return this.asJob(statement.text, 'query', options, (jobId) => this.client.createQueryJob(this.request(statement, options, { jobId })), async (job) => {
      // Whole numbers come as big ones: the client library itself would round them.
      const [rows] = await job.getQueryResults({ wrapIntegers: { integerTypeCastFunction: BigInt } });
      return rows.map((row: Record<string, unknown>) => Object.fromEntries(Object.entries(row).map(([column, value]) => [column, toCell(value, column)])));
    });
  }

  /** What a statement would read and yield. Nothing is run and nothing billed. */
  async dryRun(statement: Statement): Promise<DryRun> {
    return this.attempt(statement.text, async () => {
      const [job] = await this.client.createQueryJob(this.request(statement, undefined, { dryRun: true }));
      const { statistics } = job.metadata as { statistics: { totalBytesProcessed?: string; query?: { totalBytesProcessed?: string; schema?: { fields?: DryRun['fields'] } } } };
      return {
        bytesProcessed: Number(statistics.totalBytesProcessed ?? statistics.query?.totalBytesProcessed ?? 0),
        fields: statistics.query?.schema?.fields ?? [],
      };
    });
  }

  /** Loads newline JSON into a table, which is made when it is not there: all rows or none. */
  async load(source: { readonly content: string } | { readonly uri: string }, target: { readonly dataset: string; readonly table: string }, columns: TableDefinition['columns'], options: JobOptions): Promise<void> {
    const load = {
      destinationTable: { projectId: this.client.projectId, datasetId: target.dataset, tableId: target.table },
      schema: { fields: schemaFields(columns) },
      sourceFormat: 'NEWLINE_DELIMITED_JSON',
      createDisposition: 'CREATE_IF_NEEDED',
      writeDisposition: 'WRITE_TRUNCATE',
      maxBadRecords: 0,
      ...('uri' in source && { sourceUris: [source.uri] }),
    };
    const configuration = { load, labels: options.labels };
    const send = (jobId: string) => ('uri' in source ? this.client.createJob({ jobId, location: this.settings.location, configuration }) : this.upload(jobId, configuration, source.content));
    await this.asJob(`load into ${target.dataset}.${target.table}`, 'load', options, send, (job) => this.ended(job));
  }

  /** Runs a call that is no job, with the same retries and faults. */
  attempt<T>(text: string, call: () => Promise<T>): Promise<T> {
    return withRetries(call, this.clock, this.settings.retry).catch((fault: unknown) => {
      throw warehouseFault(fault, text);
    });
  }

  /**
   * Runs a job to its end. A call that was lost is made again for the same job, which runs once; only a job that has itself failed for a passing reason is
   * followed by another.
   */
  private asJob<T>(text: string, step: string, { name }: JobOptions, send: (jobId: string) => Promise<readonly [JobHandle, ...unknown[]]>, finish: (job: JobHandle) => Promise<T>): Promise<T> {
    let run = 1;
    return this.attempt(text, async () => {
      const job = await this.started(name(step, run), send).catch((fault: unknown) => { throw isTransientFault(fault) ? new JobAtLarge(fault) : fault; });
      try {
        return await finish(job);
      } catch (fault) {
        if (!isTransientFault(fault)) throw fault;
        if (!(await this.hasFailed(job))) throw new JobAtLarge(fault);
        run++;
        throw fault;
      }
    });
  }

  private async hasFailed(job: JobHandle): Promise<boolean> {
    const [{ status }] = await job.getMetadata().catch(() => [{}]) as unknown as [JobMetadata];
    return status?.state === 'DONE' && status.errorResult !== undefined;
  }

  /** Sends a job; one of that name that is there already is this one, whose answer had been lost. */
  private async started(jobId: string, send: (jobId: string) => Promise<readonly [JobHandle, ...unknown[]]>): Promise<JobHandle> {
    try {
      return (await send(jobId))[0];
    } catch (fault) {
      if (!isDuplicate(fault)) throw fault;
      return this.client.job(jobId, { location: this.settings.location });
    }
  }

  /** The client library's own upload cannot carry labels. */
  private async upload(jobId: string, configuration: object, content: string): Promise<[JobHandle]> {
    const jobReference = { projectId: this.client.projectId, jobId, location: this.settings.location };
    const multipart = [
      { 'Content-Type': 'application/json', body: JSON.stringify({ jobReference, configuration }) },
      // The library ends the request with the end of this stream.
      { 'Content-Type': 'application/octet-stream', body: Readable.from([Buffer.from(content)]) },
    ];
    const answer = await new Promise<{ jobReference: { jobId: string } }>((resolve, reject) => {
      const uri = `${this.client.apiEndpoint}/upload/bigquery/v2/projects/${this.client.projectId}/jobs`;
      this.client.request({ method: 'POST', uri, qs: { uploadType: 'multipart' }, multipart }, (fault: Error | null, body: { jobReference: { jobId: string } }) => (fault ? reject(fault) : resolve(body)));
    });
    return [this.client.job(answer.jobReference.jobId, { location: this.settings.location })];
  }

  private async ended(job: JobHandle): Promise<void> {
    for (;;) {
      const [{ status }] = await job.getMetadata() as unknown as [JobMetadata];
      if (status?.state === 'DONE') {
        if (!status.errorResult) return;
        throw Object.assign(new Error([status.errorResult, ...(status.errors ?? [])].map(({ message }) => message).join('; ')), { errors: [status.errorResult] });
      }
      await this.clock.sleep(LOAD_POLL_MS);
    }
  }

  private request({ text, parameters }: Statement, options: JobOptions | undefined, extra: Pick<QueryRequest, 'jobId' | 'dryRun'>): QueryRequest {
    const lists = Object.entries(options?.lists ?? {});
    const { maximumBytesBilled, location } = this.settings;
    return {
      query: text,
      location,
      useLegacySql: false,
      params: { ...parameters, ...Object.fromEntries(lists.map(([name, { rows, columns }]) => [name, rows.map((row) => complete(row, columns))])) },
      types: { ...typesOf(parameters), ...Object.fromEntries(lists.map(([name, { columns }]) => [name, [Object.fromEntries(Object.entries(columns).map(([column, { type }]) => [column, type]))]])) },
      ...(options && { labels: { ...options.labels } }),
      ...(options?.timeoutMs !== undefined && { jobTimeoutMs: options.timeoutMs }),
      ...(maximumBytesBilled !== undefined && !extra.dryRun && { maximumBytesBilled: String(maximumBytesBilled) }),
      ...extra,
    };
  }
}

const typesOf = (parameters: Parameters) => Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, parameterType(value)]));
/** A whole row with what it leaves out as NULL. The client library takes dates and instants in a wrapping, and sends NULL for those that have none. */
const complete = (row: Row, columns: TableDefinition['columns']) => Object.fromEntries(Object.entries(columns).map(([column, { type }]) => {
  const cell = row[column] ?? null;
  return [column, cell !== null && (type === 'DATE' || type === 'TIMESTAMP') ? { value: cell } : cell];
}));
