import { type Measurement, median, totalMs } from './measurement';

/** One line of the table, as it is written. */
export interface Line {
  readonly what: string;
  readonly floor: string;
  readonly here: string;
  readonly ratio: string;
  readonly aim: string;
  readonly met: string;
  /** Processor time of the floor and of the pipeline: what stays nearly the same when the machine is not idle. */
  readonly cpu: string;
  /** Peak memory of the floor and of the pipeline. */
  readonly memory: string;
}

/** What is aimed at: at most so many times the floor, or so many of a unit. */
export type Aim = { readonly times: number } | { readonly ms: number };

const NONE = '–';

/** Two contenders' medians beside each other; without a floor, the one. */
export function compared(what: string, floor: readonly Measurement[] | undefined, here: readonly Measurement[] | undefined, aim?: Aim): Line {
  const [floorMs, hereMs] = [floor, here].map((runs) => median((runs ?? []).map(totalMs)));
  const ratio = Number(hereMs) / Number(floorMs);
  const isMet = aim && ('times' in aim ? ratio <= aim.times : Number(hereMs) <= aim.ms);
  return {
    what, floor: time(floorMs), here: time(hereMs), ratio: Number.isNaN(ratio) ? NONE : `${ratio.toFixed(2)} ×`,
    aim: aim ? ('times' in aim ? `≤ ${aim.times} ×` : `≤ ${time(aim.ms)}`) : NONE, met: yesOrNo(isMet),
    cpu: [floor, here].map((runs) => cpuTime(runs)).join(' / '), memory: [floor, here].map((runs) => memory(runs)).join(' / '),
  };
}

/** A line about one number. @param most at most so much is aimed at */
export function single(what: string, value: number, unit: string, most?: number): Line {
  const shown = `${value >= 100 ? value.toFixed(0) : value.toFixed(2)} ${unit}`;
  return { what, floor: NONE, here: shown, ratio: NONE, aim: most === undefined ? NONE : `≤ ${most} ${unit}`, met: yesOrNo(most === undefined ? undefined : value <= most), cpu: NONE, memory: NONE };
}

export const medianOf = (runs: readonly Measurement[] | undefined, name: string): number => median((runs ?? []).map(({ told }) => told?.[name] ?? NaN));

export const medianPeak = (runs: readonly Measurement[] | undefined): number => median((runs ?? []).map(({ peakBytes }) => peakBytes));

const yesOrNo = (isMet: boolean | undefined): string => (isMet === undefined ? '' : isMet ? 'yes' : '**no**');

function time(ms: number | undefined): string {
  if (ms === undefined || Number.isNaN(ms)) return NONE;
  return ms < 1000 ? `${ms.toFixed(0)} ms` : `${(ms / 1000).toFixed(ms < 10_000 ? 2 : 1)} s`;
}

function cpuTime(runs: readonly Measurement[] | undefined): string {
  const ms = median((runs ?? []).map(({ cpuMs }) => cpuMs));
  return ms === 0 ? NONE : time(ms);
}

function memory(runs: readonly Measurement[] | undefined): string {
  const bytes = medianPeak(runs);
  return Number.isNaN(bytes) || bytes === 0 ? NONE : `${(bytes / 2 ** 20).toFixed(0)} MiB`;
}
