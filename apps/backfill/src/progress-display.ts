import { Presets, SingleBar } from 'cli-progress';
import { count } from '@nba/command-line';
import type { Progress } from '@nba/pipeline';
import type { Surroundings } from './surroundings';

/** Shows how far a backfill is: a bar with rate and time left for a person, a line now and then for a log. */
export interface ProgressDisplay {
  show(progress: Progress): void;
  end(): void;
}

/** Least time between two plain lines, and between two updates of the sidecar. */
const LINE_EVERY_MS = 5_000;

export function progressDisplay({ isTerminal, output, clock }: Surroundings): ProgressDisplay {
  return isTerminal ? bar() : plainLines((text) => output.error(text), () => clock.now().getTime());
}

function bar(): ProgressDisplay {
  const view = new SingleBar(
    { format: '{bar} {value}/{total} units  {rate}/s  {eta_formatted} left  {processor}', etaBuffer: 50, hideCursor: true, clearOnComplete: true },
    Presets.shades_grey,
  );
  let started: number | undefined;
  return {
    show: ({ phase, done, total, processor, isWaiting }) => {
      const now = performance.now();
      if (isWaiting) started ??= now;
      // Rate and time left need a first piece of work behind them.
      if (started === undefined) {
        started = now;
        return;
      }
      const doing = isWaiting ? `waiting for phase ${phase}` : processor;
      if (!view.isActive) view.start(total, 0, { processor: doing, rate: '–' });
      const seconds = (now - started) / 1000;
      view.setTotal(total);
      view.update(done, { processor: doing, rate: seconds > 0 ? count(Math.round(done / seconds)) : '–' });
    },
    end: () => view.stop(),
  };
}

function plainLines(write: (text: string) => void, nowMs: () => number): ProgressDisplay {
  let started: number | undefined;
  let last = -Infinity;
  return {
    show: ({ phase, processor, range, done, total, isWaiting }) => {
      const now = nowMs();
      started ??= now;
      if ((!range && !isWaiting) || now - last < LINE_EVERY_MS) return;
      last = now;
      if (isWaiting || !range) return write(`waiting for phase ${phase}: ${count(done)} of ${count(total)} units`);
      const rate = now > started ? `, ${count(Math.round((1000 * done) / (now - started)))} units/s` : '';
      write(`phase ${phase}  ${processor}  ${range.from} to ${range.to}  ${count(done)} of ${count(total)} units so far${rate}`);
    },
    end: () => undefined,
  };
}
