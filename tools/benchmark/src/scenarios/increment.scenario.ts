import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type GameDate, addDays, seasonOf, seasonSpan } from '@nba/kernel';
import { isSeasonal } from '@nba/pipeline';
import { parseScope } from '@nba/schedule';
import { makeBare } from '../bases';
import { type BoxScores, newestDocument, readDocument, scheduleOnMorning, writeDocument } from '../lake-documents';
import { Floor } from '../floor';
import { type League, gameDatesOf } from '../league';
import { compared } from '../line';
import { type Measurement, Stopwatch } from '../measurement';
import { ASKED, Pipeline, assertComplete } from '../pipeline';
import { derivedProcessors, rawTables } from '../processors';
import { runBackfillProgram } from '../run-program';
import { FLOOR, type Ground, HERE, PROGRAM, type Scenario } from '../scenario';

const KINDS: readonly BoxScores[] = ['player-boxscores', 'team-boxscores'];
const [BASE, BARE] = ['all-but-last.duckdb', 'all-but-last.floor.duckdb'] as const;

/** The lake of this scenario: at first without the last date, then with it. */
const morning = ({ folder, league }: Ground): League => ({ ...league, lake: join(folder, 'morning-lake') });
const lastDate = ({ league }: Ground): GameDate => gameDatesOf(league).at(-1) as GameDate;

async function prepare(ground: Ground): Promise<void> {
  const [{ folder, league }, date, before] = [ground, lastDate(ground), morning(ground)];
  const season = seasonOf(date);
  cpSync(league.lake, before.lake, { recursive: true });
  for (const kind of KINDS) rmSync(join(before.lake, 'nba-com', kind, date), { recursive: true });
  const schedule = newestDocument(league.lake, 'schedule', season);
  rmSync(join(before.lake, 'nba-com/schedule', season), { recursive: true });
  const dayBefore = `nba-com/schedule/${season}/${date.replaceAll('-', '')}_100000.json`;
  writeDocument(before.lake, dayBefore, scheduleOnMorning(readDocument(league.lake, schedule), date));

  const pipeline = await Pipeline.open(join(folder, BASE), before);
  const scope = parseScope({ startDate: seasonSpan(league.seasons[0] ?? season).from, endDate: addDays(date, -1) });
  assertComplete(await pipeline.backfill.run({ ...ASKED, phases: [2, 3, 4], scope }));
  await pipeline.close();
  await makeBare(join(folder, BASE), join(folder, BARE));

  for (const kind of KINDS) cpSync(join(league.lake, 'nba-com', kind, date), join(before.lake, 'nba-com', kind, date), { recursive: true });
  writeDocument(before.lake, schedule, readDocument(league.lake, schedule));
}

async function runFloor(ground: Ground, file: string): Promise<Measurement> {
  const [{ lake }, date] = [morning(ground), lastDate(ground)];
  const watch = new Stopwatch();
  const floor = await Floor.open(file);
  for (const processor of rawTables) await floor.read(processor, lake, isSeasonal(processor) ? seasonOf(date) : date);
  for (const processor of derivedProcessors) await floor.compute(processor, { range: { from: date, to: date } });
  floor.close();
  watch.lap('phases 2 to 4');
  return watch.measured();
}

async function runHere(ground: Ground, file: string): Promise<Measurement> {
  const watch = new Stopwatch();
  const pipeline = await Pipeline.open(file, morning(ground));
  const units = assertComplete(await pipeline.daily.run({ date: addDays(lastDate(ground), 1), trigger: 'benchmark', holder: 'benchmark', waitMs: 0 }));
  await pipeline.close();
  watch.lap('phases 2 to 4');
  return watch.measured({ units });
}

/** Everything is loaded but the last date; its documents arrive, and a schedule that knows its results. */
export const increment: Scenario = {
  name: 'increment',
  prepare,
  contenders: () => [
    { name: FLOOR, base: BARE, run: runFloor },
    { name: HERE, base: BASE, run: runHere },
    { name: PROGRAM, base: BASE, run: (ground, file) => runBackfillProgram(ground.program, ['daily', '--date', addDays(lastDate(ground), 1)], file, morning(ground)) },
  ],
  alike: () => [[FLOOR, HERE], [HERE, PROGRAM]],
  lines: ({ league }, runs) => {
    const title = `One date arrives after ${league.seasons.length} seasons, phases 2 to 4`;
    return [
      compared(`${title}, in a process that runs`, runs[FLOOR], runs[HERE], { ms: 1000 }),
      compared(`${title}, the program \`daily\``, runs[FLOOR], runs[PROGRAM], { ms: 1000 }),
    ];
  },
};
