import type { JobLauncher, JobRequest, LaunchedJob } from './job-launcher';

export interface CloudRunJobOptions {
  /** `projects/P/locations/L/jobs/nba-backfill`. */
  readonly job: string;
  /** An access token for Cloud Run's administration. */
  readonly accessToken: () => Promise<string>;
  /** By default Google's. */
  readonly endpoint?: string;
}

/** What is read of an execution: which of a job's runs it is, what for, and whether it has ended. */
interface Execution {
  readonly name: string;
  readonly completionTime?: string;
  readonly template?: { readonly containers?: readonly { readonly args?: readonly string[]; readonly env?: readonly { readonly name: string; readonly value?: string }[] }[] };
}

/** Names the runs in an execution, so that it is found again. */
const LAUNCHED_FOR = 'NBA_LAUNCHED_FOR';
/** As much of them as an environment variable should hold: an execution that is not recognised is started once more, and finds nothing to do. */
const NAMED_RUNS = 300;
const ANSWER_MS = 20_000;
const RECENT = 50;

/** Starts executions of one Cloud Run job with arguments of their own. */
export class CloudRunJobLauncher implements JobLauncher {
  constructor(private readonly options: CloudRunJobOptions) {}

  async launch(request: JobRequest): Promise<LaunchedJob> {
    const running = await this.findRunning(request);
    if (running) return { kind: 'running', execution: running.name };
    const env = [{ name: LAUNCHED_FOR, value: request.runIds.slice(0, NAMED_RUNS).join(',') }, { name: 'NBA_CORRELATION_ID', value: request.correlationId }];
    const body = { overrides: { containerOverrides: [{ args: request.args, env }], taskCount: 1 } };
    const operation = await this.ask<{ readonly name: string; readonly metadata?: { readonly name?: string } }>('POST', `${this.options.job}:run`, body);
    return { kind: 'launched', execution: operation.metadata?.name ?? operation.name };
  }

  /**
   * An execution that was started for all of these runs: what it reads was there before them. One that was started for others,
   * even of the same request, may have planned too early.
   */
  private async findRunning({ args, runIds }: JobRequest): Promise<Execution | undefined> {
    const { executions = [] } = await this.ask<{ readonly executions?: readonly Execution[] }>('GET', `${this.options.job}/executions?pageSize=${RECENT}`);
    return executions.find(({ completionTime, template }) => {
      const [container] = template?.containers ?? [];
      const launchedFor = (container?.env ?? []).find(({ name }) => name === LAUNCHED_FOR)?.value?.split(',') ?? [];
      return !completionTime && JSON.stringify(container?.args) === JSON.stringify(args) && runIds.every((id) => launchedFor.includes(id));
    });
  }

  private async ask<T>(method: 'GET' | 'POST', path: string, body?: object): Promise<T> {
    const { endpoint = 'https://run.googleapis.com', accessToken } = this.options;
    const answer = await fetch(`${endpoint}/v2/${path}`, {
      method, body: body && JSON.stringify(body), signal: AbortSignal.timeout(ANSWER_MS),
      headers: { authorization: `Bearer ${await accessToken()}`, ...(body && { 'content-type': 'application/json' }) },
    });
    if (!answer.ok) throw new Error(`Cloud Run answers ${answer.status} to ${method} ${path}: ${(await answer.text()).slice(0, 300)}`);
    return (await answer.json()) as T;
  }
}
