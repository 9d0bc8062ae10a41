import { seasonSpan } from '@nba/kernel';
import { parseScope } from '@nba/schedule';
import { BASES, makeBases } from '../bases';
import { Floor } from '../floor';
import { gameDatesOf } from '../league';
import { compared, medianOf, single } from '../line';
import { type Measurement, Stopwatch } from '../measurement';
import { ASKED, Pipeline, assertComplete } from '../pipeline';
import { derivedProcessors } from '../processors';
import { FLOOR, type Ground, HERE, type Scenario } from '../scenario';

/** The seasons that are run date by date: the last one, or all. */
const seasonsOf = ({ league, isFull }: Ground) => (isFull ? league.seasons : league.seasons.slice(-1));

/** One transaction a date, as the pipeline does it: table after table, date after date. */
async function runFloor(ground: Ground, file: string): Promise<Measurement> {
  const dates = seasonsOf(ground).flatMap((season) => gameDatesOf(ground.league, season));
  const watch = new Stopwatch();
  const floor = await Floor.open(file);
  for (const processor of derivedProcessors) for (const date of dates) await floor.compute(processor, { range: { from: date, to: date } });
  floor.close();
  watch.lap('phases 3 and 4');
  return watch.measured();
}

/** With every gate: the guard for each date and the date before, in strict mode; events; and both phases verified at the end. */
async function runHere(ground: Ground, file: string): Promise<Measurement> {
  const seasons = seasonsOf(ground);
  const watch = new Stopwatch();
  const pipeline = await Pipeline.open(file, ground.league);
  const started = performance.now();
  const units = assertComplete(await pipeline.backfill.run({ ...ASKED, phases: [3, 4], scope: parseScope({ season: seasons }), backfillMode: false, maxGroup: 1 }));
  const besideMs = performance.now() - started - pipeline.statementsMs;
  watch.lap('phases 3 and 4');
  for (const phase of [3, 4] as const) {
    for (const season of seasons) {
      if (!(await pipeline.verifier.verifyPhase(phase, seasonSpan(season))).complete) throw new Error(`phase ${phase} of ${season} is not complete`);
    }
  }
  await pipeline.close();
  watch.lap('verification');
  return watch.measured({ units, statementsMs: pipeline.statementsMs, besideMs });
}

/** Phases 3 and 4 date by date, with all gates on. */
export const dateByDate: Scenario = {
  name: 'date-by-date',
  prepare: makeBases,
  contenders: () => [{ name: FLOOR, base: BASES.rawFloor, run: runFloor }, { name: HERE, base: BASES.raw, run: runHere }],
  alike: () => [[FLOOR, HERE]],
  lines: (ground, runs) => {
    const seasons = seasonsOf(ground).length;
    const title = `Phases 3 and 4, ${seasons === 1 ? 'one season' : `${seasons} seasons`} date by date, all gates on`;
    return [
      compared(title, runs[FLOOR], runs[HERE], { times: 1.3 }),
      single(`${title}: plan, guard, leases, records and events`, medianOf(runs[HERE], 'besideMs') / medianOf(runs[HERE], 'units'), 'ms a unit', 3),
    ];
  },
};
