import { copyFileSync, cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type GameDate, addDays } from '@nba/kernel';
import { type BackfillOutcome, isSeasonal } from '@nba/pipeline';
import { BASES, makeBases } from '../bases';
import { correctTurnover } from '../lake-documents';
import { Floor } from '../floor';
import { type League, gameDatesOf } from '../league';
import { compared, medianOf, single } from '../line';
import { type Measurement, Stopwatch } from '../measurement';
import { ASKED, Pipeline, assertComplete } from '../pipeline';
import { registry } from '@nba/wiring';
import { runBackfillProgram } from '../run-program';
import { FLOOR, type Ground, HERE, PROGRAM, type Scenario } from '../scenario';

/** Units that ran in one statement. */
interface Group {
  readonly processor: string;
  readonly dates: readonly GameDate[];
}

const corrected = ({ folder, league }: Ground): League => ({ ...league, lake: join(folder, 'corrected-lake') });
const groupsFile = ({ folder }: Ground): string => join(folder, 'repaired-groups.json');

/** A turnover more in the middle of a season in the middle; what a repair of it runs is found out by one. */
async function prepare(ground: Ground): Promise<void> {
  await makeBases(ground);
  const { folder, league } = ground;
  const { lake } = corrected(ground);
  cpSync(league.lake, lake, { recursive: true });
  const dates = gameDatesOf(league, league.seasons[Math.floor(league.seasons.length / 2)]);
  const date = dates[Math.floor(dates.length / 2)] as GameDate;
  correctTurnover(lake, date, `${addDays(date, 3).replaceAll('-', '')}_150000`);
  const file = join(folder, 'repaired-once.duckdb');
  copyFileSync(join(folder, BASES.complete), file);
  const { phases } = await repair(ground, file);
  const groups = new Map<string, { processor: string; dates: GameDate[] }>();
  for (const { processor, date: ran, runId } of phases.flatMap(({ outcomes }) => outcomes)) {
    const group = groups.get(runId) ?? { processor: processor.name, dates: [] };
    groups.set(runId, group);
    group.dates.push(ran);
  }
  writeFileSync(groupsFile(ground), JSON.stringify([...groups.values()]));
}

/** As the command does it: the plan first, to be shown; then what it says. */
async function repair(ground: Ground, file: string): Promise<BackfillOutcome> {
  const pipeline = await Pipeline.open(file, corrected(ground));
  const planned = await pipeline.repair.plan({});
  if (!planned) throw new Error(`${file} holds no season to repair`);
  const outcome = await planned.run(ASKED);
  await pipeline.close();
  return outcome;
}

/** The statements of the very units that a repair runs, in the same groups. */
async function runFloor(ground: Ground, file: string): Promise<Measurement> {
  const { lake } = corrected(ground);
  const groups = JSON.parse(readFileSync(groupsFile(ground), 'utf8')) as Group[];
  const watch = new Stopwatch();
  const floor = await Floor.open(file);
  for (const { processor: name, dates } of groups) {
    const processor = registry.find(name);
    if (processor.kind === 'query') await floor.compute(processor, { range: { from: dates[0] as GameDate, to: dates.at(-1) as GameDate }, dates, replaces: true });
    else if (!isSeasonal(processor)) for (const date of dates) await floor.read(processor, lake, date);
  }
  floor.close();
  watch.lap('phases 2 to 4');
  return watch.measured();
}

async function runHere(ground: Ground, file: string): Promise<Measurement> {
  const watch = new Stopwatch();
  const outcome = await repair(ground, file);
  watch.lap('phases 2 to 4');
  const statements = new Set(outcome.phases.flatMap(({ outcomes }) => outcomes.map(({ runId }) => runId))).size;
  return watch.measured({ units: assertComplete(outcome), statements });
}

/** One corrected value reaches what later dates have read of it, and no more. */
export const repairOneDate: Scenario = {
  name: 'repair',
  prepare,
  contenders: () => [
    { name: FLOOR, base: BASES.completeFloor, run: runFloor },
    { name: HERE, base: BASES.complete, run: runHere },
    { name: PROGRAM, base: BASES.complete, run: (ground, file) => runBackfillProgram(ground.program, ['repair'], file, corrected(ground)) },
  ],
  alike: () => [[FLOOR, HERE], [HERE, PROGRAM]],
  lines: ({ league }, runs) => {
    const title = `Repair of one corrected turnover among ${league.seasons.length} seasons`;
    return [
      compared(`${title}, in a process that runs`, runs[FLOOR], runs[HERE], { ms: 1000 }),
      compared(`${title}, the program \`repair\``, runs[FLOOR], runs[PROGRAM], { ms: 1000 }),
      single(`${title}: what it runs`, medianOf(runs[HERE], 'units'), `units in ${medianOf(runs[HERE], 'statements')} statements`),
    ];
  },
};
