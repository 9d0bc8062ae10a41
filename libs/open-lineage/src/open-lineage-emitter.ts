import type { RunEnd, RunFacts, RunListener } from '@nba/kernel';
import type { EventSink } from './event-sink';
import type { LineagePlaces } from './naming';
import { runEvent } from './run-event';

export interface EmitterOptions {
  readonly sink: EventSink;
  readonly places: LineagePlaces;
  /** Told, once, when delivery begins to fail, and at the end how many events were not delivered. */
  readonly report: (message: string) => void;
  /** Most events that wait; what comes beyond is not sent. Default is 10,000. */
  readonly maxWaiting?: number;
  /** How long `close` waits for what has not been sent. Default is 5 s. */
  readonly closeTimeoutMs?: number;
}

/**
 * Sends runs as OpenLineage run events, one after the other in their order, beside the runs: nobody waits for it but
 * `close`, and what cannot be delivered is told and given up. The run history has it all the same.
 */
export class OpenLineageEmitter implements RunListener {
  private readonly waiting: string[] = [];
  private readonly ending = new AbortController();
  private working: Promise<void> | undefined;
  private isFailing = false;
  private lost = 0;

  constructor(private readonly options: EmitterOptions) {}

  started(run: RunFacts): void {
    this.add(run, undefined);
  }

  ended(run: RunFacts, end: RunEnd): void {
    this.add(run, end);
  }

  /** Waits for what is still to be sent, as long as it may take, and says how much was not. Never throws. */
  async close(): Promise<void> {
    const { sink, closeTimeoutMs = 5_000 } = this.options;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, closeTimeoutMs)));
    await Promise.race([this.working, late]);
    clearTimeout(timer);
    this.lost += this.waiting.splice(0).length;
    this.ending.abort();
    await this.working;
    if (this.lost > 0) this.report(`OpenLineage: ${this.lost} events were not delivered to ${sink.name}. The runs themselves are recorded.`);
    this.lost = 0;
  }

  private add(run: RunFacts, end: RunEnd | undefined): void {
    try {
      if (this.waiting.length >= (this.options.maxWaiting ?? 10_000) || this.ending.signal.aborted) {
        this.lost += 1;
        return;
      }
      this.waiting.push(JSON.stringify(runEvent(run, end, this.options.places)));
      this.working ??= this.work();
    } catch (fault) {
      this.fail(fault);
    }
  }

  private async work(): Promise<void> {
    // Whoever tells of a run goes on first.
    await Promise.resolve();
    for (let event = this.waiting.shift(); event !== undefined; event = this.waiting.shift()) {
      try {
        await this.options.sink.send(event, this.ending.signal);
        this.isFailing = false;
      } catch (fault) {
        this.fail(fault);
      }
    }
    this.working = undefined;
  }

  private fail(fault: unknown): void {
    this.lost += 1;
    if (!this.isFailing) this.report(`OpenLineage: events cannot be delivered to ${this.options.sink.name}: ${reasonOf(fault)}. The run goes on without.`);
    this.isFailing = true;
  }

  private report(message: string): void {
    try {
      this.options.report(message);
    } catch {
      // Nobody is left to be told.
    }
  }
}

/** What went wrong, with what is behind it: `fetch failed` alone says nothing. */
function reasonOf(fault: unknown): string {
  const { message = String(fault), cause } = (fault ?? {}) as { readonly message?: string; readonly cause?: { readonly code?: string; readonly message?: string } };
  const behind = cause?.code ?? cause?.message;
  return behind ? `${message} (${behind})` : message;
}
