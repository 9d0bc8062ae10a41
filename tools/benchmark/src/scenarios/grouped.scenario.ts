import { seasonSpan } from '@nba/kernel';
import { parseScope } from '@nba/schedule';
import { BASES, makeBases } from '../bases';
import { Floor } from '../floor';
import { compared, medianOf, single } from '../line';
import { type Measurement, Stopwatch } from '../measurement';
import { ASKED, Pipeline, assertComplete } from '../pipeline';
import { derivedProcessors } from '../processors';
import { FLOOR, type Ground, HERE, type Runs, type Scenario } from '../scenario';

interface Grouped {
  readonly name: string;
  /** Whether all of it is there already and run once more. */
  readonly isForced: boolean;
  /** Most times the floor. */
  readonly times: number;
}

/** Phases 3 and 4 of all seasons, a season in a statement; Phase 2 is there. */
function defineGrouped({ name, isForced, times }: Grouped): Scenario {
  const what = isForced ? 'run again' : 'first load';
  const runFloor = async ({ league }: Ground, file: string): Promise<Measurement> => {
    const watch = new Stopwatch();
    const floor = await Floor.open(file);
    for (const processor of derivedProcessors) {
      for (const season of league.seasons) await floor.compute(processor, { range: seasonSpan(season), replaces: isForced });
    }
    floor.close();
    watch.lap('phases 3 and 4');
    return watch.measured();
  };
  const runHere = async ({ league }: Ground, file: string): Promise<Measurement> => {
    const watch = new Stopwatch();
    const pipeline = await Pipeline.open(file, league);
    const scope = parseScope({ season: league.seasons });
    const started = performance.now();
    const units = assertComplete(await pipeline.backfill.run({ ...ASKED, phases: [3, 4], scope, force: isForced, backfillMode: false }));
    const besideMs = performance.now() - started - pipeline.statementsMs;
    await pipeline.close();
    watch.lap('phases 3 and 4');
    return watch.measured({ units, statementsMs: pipeline.statementsMs, besideMs });
  };
  return {
    name,
    prepare: makeBases,
    contenders: () => [
      { name: FLOOR, base: isForced ? BASES.completeFloor : BASES.rawFloor, run: runFloor },
      { name: HERE, base: isForced ? BASES.complete : BASES.raw, run: runHere },
    ],
    alike: () => [[FLOOR, HERE]],
    lines: ({ league }, runs: Runs) => {
      const title = `Phases 3 and 4, ${league.seasons.length} seasons grouped, ${what}`;
      const beside = (100 * medianOf(runs[HERE], 'besideMs')) / medianOf(runs[HERE], 'statementsMs');
      return [
        compared(title, runs[FLOOR], runs[HERE], { times }),
        single(`${title}: plan, guard, leases, records and events, of the time in statements`, beside, '%', 20),
      ];
    },
  };
}

export const grouped: Scenario = defineGrouped({ name: 'grouped', isForced: false, times: 1.7 });
export const groupedAgain: Scenario = defineGrouped({ name: 'grouped-again', isForced: true, times: 2 });

