import { type Clock, NbaError } from '@nba/kernel';
import { parseChannels } from '@nba/alerts';
import { type CommonOptions, clockOf, count, positiveInteger, readConfiguration, wholeNumber } from '@nba/command-line';
import { type Progress, RUN_DEFAULTS } from '@nba/pipeline';
import type { Command } from 'commander';
import { type BackfillApp, type Opening, withApp } from './container';
import { progressDisplay } from './progress-display';
import type { Surroundings } from './surroundings';

/** The options of every command that writes. */
export interface RunningOptions extends CommonOptions {
  /** Seconds. */
  readonly wait: number;
  /** Seconds. */
  readonly cascadeTimeout: number;
  readonly alerts?: string;
}

/** Time between two looks at a warehouse that is in use. */
const LOOK_AGAIN_MS = 250;

/** Adds the options of every command that writes. */
export function addRunningOptions(command: Command): Command {
  return command
    .option('--wait <seconds>', 'how long to wait for a warehouse or table that another run is writing', wholeNumber, 0)
    .option('--cascade-timeout <seconds>', 'how long what the finished phases trigger may take; the next run does the rest', positiveInteger, RUN_DEFAULTS.cascadeMs / 1000)
    .option('--alerts <channels>', 'log, webhook:<url>, slack:<url>, with commas; or none (default: log, on a terminal none; or NBA_ALERTS)');
}

/** What these options ask of a run. */
export function limitsOf({ wait, cascadeTimeout }: RunningOptions, { signal, environment }: Surroundings) {
  // Who starts this for a message says whose request that followed from: a job of the handler's.
  return { waitMs: wait * 1000, cascadeMs: cascadeTimeout * 1000, signal, correlationId: environment['NBA_CORRELATION_ID'] || undefined };
}

/** The alert channels that are meant: a person who watches needs none, unless they say so. */
export function channelsOf(options: Pick<RunningOptions, 'alerts'>, { environment, isTerminal, output }: Surroundings, clock: Clock) {
  const wanted = options.alerts ?? environment['NBA_ALERTS'] ?? (isTerminal ? 'none' : 'log');
  return parseChannels(wanted, { write: (line) => output.error(line), clock });
}

/**
 * Opens the app to write, shows how far the work is, and tells the operator afterwards what is wrong at the root, whatever
 * this run was about. An alert that cannot be delivered never fails a run; it is said on standard error.
 */
export async function withRunningApp<T>(
  command: string,
  options: RunningOptions,
  surroundings: Surroundings,
  work: (app: BackfillApp, onProgress: (progress: Progress) => void) => Promise<T>,
): Promise<T> {
  const clock = clockOf(options, surroundings.environment, surroundings.clock);
  const report = (message: string): void => surroundings.output.error(message);
  const opening = { clock, command, readOnly: false, channels: channelsOf(options, surroundings, clock), report };
  const display = progressDisplay(surroundings);
  try {
    return await whenFree(options, opening, surroundings, async (app) => {
      const result = await work(app, (progress) => {
        display.show(progress);
        app.warehouse.reportProgress?.(`${count(progress.done)} of ${count(progress.total)} units`);
      });
      await alert(app, surroundings);
      return result;
    });
  } finally {
    display.end();
  }
}

/** A DuckDB file admits one process: until the deadline it is asked for again, then who holds it is the answer. */
async function whenFree<T>(options: RunningOptions, opening: Opening, surroundings: Surroundings, use: (app: BackfillApp) => Promise<T>): Promise<T> {
  const configuration = readConfiguration(options, surroundings.environment);
  const deadline = surroundings.clock.now().getTime() + options.wait * 1000;
  let isTold = false;
  for (;;) {
    let isOpen = false;
    try {
      return await withApp(configuration, { gameTypes: options.gameTypes }, opening, (app) => {
        isOpen = true;
        return use(app);
      });
    } catch (fault) {
      const isTaken = !isOpen && fault instanceof NbaError && fault.code === 'WAREHOUSE_LOCKED';
      if (!isTaken || surroundings.signal.aborted || surroundings.clock.now().getTime() >= deadline) throw fault;
      if (!isTold) surroundings.output.error(`Waiting: ${fault.message.split('\n')[0]}`);
      isTold = true;
      await surroundings.clock.sleep(LOOK_AGAIN_MS);
    }
  }
}

async function alert(app: BackfillApp, { output }: Surroundings): Promise<void> {
  try {
    const report = await app.incidents.report(await app.recovery.rootCauses());
    for (const { channel, error } of report.undelivered) output.error(`An alert could not be delivered on ${channel}: ${error}`);
    for (const { title, resolution } of report.unheard) output.error(`Nobody has been told: ${title}${resolution ? `. Resolution: ${resolution}` : ''}`);
  } catch (fault) {
    if (!(fault instanceof NbaError)) throw fault;
    output.error(`Alerts could not be kept: ${fault.message}`);
  }
}
