/** Work for a job: the arguments of the backfill program, and what it is for. */
export interface JobRequest {
  readonly args: readonly string[];
  /** The runs whose events asked for it: the same ones do not start it twice while it runs. */
  readonly runIds: readonly string[];
  readonly correlationId: string;
}

export interface LaunchedJob {
  /** `running`: it had been started for the same events already. */
  readonly kind: 'launched' | 'running';
  /** As the place names it, for the log. */
  readonly execution: string;
}

/** Where work goes that is too long for a request. */
export interface JobLauncher {
  /** @throws Error when it cannot be started; another try may succeed */
  launch(request: JobRequest): Promise<LaunchedJob>;
}
