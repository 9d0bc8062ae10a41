import { parseScope } from '@nba/schedule';
import { BASES, makeBases } from '../bases';
import { Floor } from '../floor';
import { compared } from '../line';
import { type Measurement, Stopwatch } from '../measurement';
import { Pipeline } from '../pipeline';
import { runBackfillProgram } from '../run-program';
import { FLOOR, type Ground, HERE, PROGRAM, type Scenario } from '../scenario';

/** The least that tells whether a date is missing: rows by date of every table. */
async function runFloor(_: Ground, file: string): Promise<Measurement> {
  const watch = new Stopwatch();
  const floor = await Floor.open(file);
  await floor.countRows();
  floor.close();
  watch.lap('count rows by date');
  return watch.measured();
}

async function runHere({ league }: Ground, file: string): Promise<Measurement> {
  const watch = new Stopwatch();
  const pipeline = await Pipeline.open(file, league);
  const plan = await pipeline.planner.plan({ scope: parseScope({ season: league.seasons }) });
  await pipeline.close();
  watch.lap('plan');
  if (plan.statements.length > 0 || plan.waiting.length > 0) throw new Error('The plan of a complete warehouse is not empty');
  return watch.measured({ units: plan.complete });
}

/** The plan of a complete warehouse, which is empty. */
export const noOpPlan: Scenario = {
  name: 'no-op-plan',
  prepare: makeBases,
  contenders: () => [
    { name: FLOOR, base: BASES.completeFloor, run: runFloor },
    { name: HERE, base: BASES.complete, run: runHere },
    { name: PROGRAM, base: BASES.complete, run: ({ program, league }, file) => runBackfillProgram(program, ['plan'], file, league) },
  ],
  alike: () => [[FLOOR, HERE], [HERE, PROGRAM]],
  lines: ({ league }, runs) => {
    const title = `Plan with nothing to do, ${league.seasons.length} seasons`;
    return [compared(`${title}, in a process that runs`, runs[FLOOR], runs[HERE], { ms: 500 }), compared(`${title}, the program \`plan\``, runs[FLOOR], runs[PROGRAM], { ms: 500 })];
  },
};
