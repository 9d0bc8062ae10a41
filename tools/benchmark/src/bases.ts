import { copyFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseScope } from '@nba/schedule';
import { Floor } from './floor';
import { ASKED, Pipeline, assertComplete } from './pipeline';
import type { Ground } from './scenario';

/** The files that contenders start from, of the ground's league: raw tables only, or everything; as the pipeline leaves them, and bare. */
export const BASES = { raw: 'raw.duckdb', rawFloor: 'raw.floor.duckdb', complete: 'complete.duckdb', completeFloor: 'complete.floor.duckdb' } as const;

/** Makes the bases that are not there yet. */
export async function makeBases({ folder, league }: Ground): Promise<void> {
  if (existsSync(join(folder, BASES.completeFloor))) return;
  const scope = parseScope({ season: league.seasons });
  for (const [name, bare, phases] of [[BASES.raw, BASES.rawFloor, [2]], [BASES.complete, BASES.completeFloor, [3, 4]]] as const) {
    const file = join(folder, name);
    if (name === BASES.complete) copyFileSync(join(folder, BASES.raw), file);
    const pipeline = await Pipeline.open(file, league);
    assertComplete(await pipeline.backfill.run({ ...ASKED, phases, scope, skipDownstreamTrigger: true }));
    await pipeline.close();
    await makeBare(file, join(folder, bare));
  }
}

/** The same rows in a file without anything else. */
export async function makeBare(file: string, bare: string): Promise<void> {
  const floor = await Floor.open(bare);
  await floor.takeOver(file);
  floor.close();
}
