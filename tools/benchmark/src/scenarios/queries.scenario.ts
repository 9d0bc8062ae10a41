import { type GameDate, seasonSpan } from '@nba/kernel';
import { scopeOfDates } from '@nba/schedule';
import { BASES, makeBases } from '../bases';
import { Floor } from '../floor';
import { gameDatesOf } from '../league';
import { compared } from '../line';
import { type Measurement, Stopwatch, totalMs } from '../measurement';
import { ASKED, Pipeline, assertComplete } from '../pipeline';
import { derivedProcessors } from '../processors';
import { FLOOR, type Ground, HERE, type Scenario } from '../scenario';

/** A date late in the last season, when every window is full. */
const lateDate = ({ league }: Ground): GameDate => gameDatesOf(league).slice(-5)[0] as GameDate;

async function runFloor(ground: Ground, file: string): Promise<Measurement> {
  const { league, repeats } = ground;
  const floor = await Floor.open(file);
  const date = lateDate(ground);
  const spans = league.seasons.map((season) => seasonSpan(season));
  const all = { from: spans[0]?.from ?? date, to: spans.at(-1)?.to ?? date };
  const watch = new Stopwatch();
  for (let time = 0; time <= repeats; time++) {
    if (time === 1) watch.skip();
    for (const processor of derivedProcessors) await floor.yieldRows(processor, { from: date, to: date });
    if (time > 0) watch.lap('one date');
  }
  const measured = meanOf(watch.measured(), repeats);
  const started = performance.now();
  for (const processor of derivedProcessors) await floor.yieldRows(processor, all);
  const allMs = performance.now() - started;
  floor.close();
  return { ...measured, told: { allMs } };
}

async function runHere(ground: Ground, file: string): Promise<Measurement> {
  const { league, repeats } = ground;
  const pipeline = await Pipeline.open(file, league);
  const watch = new Stopwatch();
  for (let time = 0; time <= repeats; time++) {
    if (time === 1) watch.skip();
    assertComplete(await pipeline.backfill.run({ ...ASKED, phases: [3, 4], scope: scopeOfDates([lateDate(ground)]), backfillMode: false, skipDownstreamTrigger: true, force: true }));
    if (time > 0) watch.lap('one date');
  }
  await pipeline.close();
  return meanOf(watch.measured(), repeats);
}

const meanOf = (measured: Measurement, repeats: number): Measurement => ({ ...measured, stages: { 'one date': totalMs(measured) / repeats }, cpuMs: measured.cpuMs / repeats });

/** The nine queries alone, without a row stored; and the units of one date beside them. */
export const queries: Scenario = {
  name: 'queries',
  prepare: makeBases,
  contenders: () => [{ name: FLOOR, base: BASES.completeFloor, run: runFloor }, { name: HERE, base: BASES.complete, run: runHere }],
  alike: () => [[FLOOR, HERE]],
  lines: ({ league }, runs) => [
    compared('The nine queries of one date, nothing stored; here the nine units, run again', runs[FLOOR], runs[HERE]),
    compared(`The nine queries over ${league.seasons.length} seasons, one statement each, nothing stored`, (runs[FLOOR] ?? []).map((run) => ({ ...run, stages: { all: run.told?.['allMs'] ?? NaN }, cpuMs: 0 })), undefined),
  ],
};
