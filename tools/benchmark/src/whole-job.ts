import { seasonSpan } from '@nba/kernel';
import { datesAsked } from '@nba/pipeline';
import { parseScope } from '@nba/schedule';
import { Floor } from './floor';
import type { League } from './league';
import { type Measurement, Stopwatch } from './measurement';
import { ASKED, Pipeline, assertComplete } from './pipeline';
import { derivedProcessors, rawTables } from './processors';

/** Everything from the JSON documents on, in bare DuckDB. */
export async function runWholeFloor({ lake, seasons }: League, file: string): Promise<Measurement> {
  const watch = new Stopwatch();
  const floor = await Floor.open(file);
  for (const processor of rawTables) await floor.read(processor, lake);
  watch.lap('phase 2');
  for (const processor of derivedProcessors) for (const season of seasons) await floor.compute(processor, { range: seasonSpan(season) });
  floor.close();
  watch.lap('phases 3 and 4');
  return watch.measured();
}

/** The same as `backfill all` does it: each phase, then its verification. */
export async function runWholeJob(league: League, file: string): Promise<Measurement> {
  const watch = new Stopwatch();
  const pipeline = await Pipeline.open(file, league);
  const scope = parseScope({ season: league.seasons });
  const outcome = await pipeline.backfill.run({ ...ASKED, phases: [2, 3, 4], scope, verify: datesAsked });
  const units = assertComplete(outcome);
  if (!outcome.phases.every(({ verifications }) => verifications.every(({ complete }) => complete))) throw new Error('What was loaded is not complete');
  await pipeline.close();
  watch.lap('phases 2 to 4, verified');
  return watch.measured({ units });
}
