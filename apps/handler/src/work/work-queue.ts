/** More waits than can be answered in time. */
export class QueueFull extends Error {}
/** The time for it was up, or the service is going down, before its turn. */
export class TurnMissed extends Error {}

export interface QueueOptions<T, R> {
  /** Answers some items at once, in their order; stops between units when the signal says so. */
  readonly answer: (items: readonly T[], signal: AbortSignal) => Promise<readonly R[]>;
  /** Whether the fault of several items may be that of one of them: then they are tried in halves. */
  readonly isDivisible: (fault: unknown) => boolean;
  /** From the moment an item comes to the moment at which its work must stop. */
  readonly deadlineMs: number;
  /** How long the unit in flight may take after that, before the item is answered without it. */
  readonly graceMs: number;
  readonly maxWaiting: number;
}

interface Waiting<T, R> {
  /** Undefined for work of its own. */
  readonly item?: T;
  readonly work?: (signal: AbortSignal) => Promise<R>;
  /** Milliseconds since 1970. */
  readonly endsAt: number;
  readonly resolve: (result: R) => void;
  readonly reject: (fault: unknown) => void;
}

/**
 * One piece of work at a time in this process; items that come meanwhile are answered together when it is done. So five
 * hundred messages about one evening are a few plans, and no two of them want the same table.
 */
export class WorkQueue<T, R> {
  private waiting: Waiting<T, R>[] = [];
  private readonly closing = new AbortController();
  private working: Promise<void> | undefined;

  constructor(private readonly options: QueueOptions<T, R>) {}

  /** @throws QueueFull at once; TurnMissed when it has waited in vain; or the fault of the work */
  add(item: T): Promise<R> {
    return this.enqueue({ item });
  }

  /** Work of its own, between the items. @throws as {@link add} */
  run(work: (signal: AbortSignal) => Promise<R>): Promise<R> {
    return this.enqueue({ work });
  }

  /** Takes nothing more, stops what is under way between its units, and resolves when that has ended. */
  async close(): Promise<void> {
    this.closing.abort();
    for (const { reject } of this.waiting.splice(0)) reject(new TurnMissed('The service is going down.'));
    await this.working;
  }

  private enqueue(what: Pick<Waiting<T, R>, 'item' | 'work'>): Promise<R> {
    const { deadlineMs, graceMs, maxWaiting } = this.options;
    if (this.closing.signal.aborted) return Promise.reject(new TurnMissed('The service is going down.'));
    if (this.waiting.length >= maxWaiting) return Promise.reject(new QueueFull(`${maxWaiting} requests are waiting already.`));
    return new Promise<R>((resolve, reject) => {
      const timer = setTimeout(() => {
        this.waiting = this.waiting.filter((one) => one !== entry);
        reject(new TurnMissed('It was not done in time.'));
      }, deadlineMs + graceMs).unref();
      const entry: Waiting<T, R> = { ...what, endsAt: performance.now() + deadlineMs, resolve: (result) => (clearTimeout(timer), resolve(result)), reject: (fault) => (clearTimeout(timer), reject(fault)) };
      this.waiting.push(entry);
      this.working ??= this.work();
    });
  }

  private async work(): Promise<void> {
    for (let first = this.waiting[0]; first; first = this.waiting[0]) {
      const isAlone = first.work !== undefined;
      const taken = isAlone ? [first] : this.waiting.filter(({ work }) => !work);
      this.waiting = this.waiting.filter((one) => !taken.includes(one));
      // Whoever has waited longest is answered in time all the same, and the others have theirs.
      const remaining = Math.max(0, Math.max(...taken.map(({ endsAt }) => endsAt)) - performance.now());
      const signal = AbortSignal.any([this.closing.signal, AbortSignal.timeout(Math.ceil(remaining))]);
      await (first.work ? settle(first, first.work(signal)) : this.answer(taken, signal));
    }
    this.working = undefined;
  }

  private async answer(taken: readonly Waiting<T, R>[], signal: AbortSignal): Promise<void> {
    try {
      const results = await this.options.answer(taken.map(({ item }) => item as T), signal);
      for (const [i, { resolve }] of taken.entries()) resolve(results[i] as R);
    } catch (fault) {
      if (taken.length === 1 || !this.options.isDivisible(fault)) return taken.forEach(({ reject }) => reject(fault));
      const half = Math.ceil(taken.length / 2);
      await this.answer(taken.slice(0, half), signal);
      await this.answer(taken.slice(half), signal);
    }
  }
}

async function settle<R>({ resolve, reject }: Waiting<never, R> | Waiting<unknown, R>, work: Promise<R>): Promise<void> {
  try {
    resolve(await work);
  } catch (fault) {
    reject(fault);
  }
}
