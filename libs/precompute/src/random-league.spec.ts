import * as fc from 'fast-check';
import type { Row } from '@nba/kernel';
import { playerCompositeFactors, playerDailyCache, playerShotProfile, precomputeProcessors, teamDefenseShotProfile } from './index';
import { Oracle } from './oracle.fixture';
import { LEAGUE_DATES, randomLeague } from './random-league.fixture';
import { spineOf, stored, storeAll, useWarehouse } from './warehouse.fixture';

const keyed = (rows: readonly Row[]) => new Map(rows.map((row) => [`${row['game_id']}|${row['player_id'] ?? row['team_id']}`, row]));

describe('Phase 4 on random leagues', () => {
  const warehouseWith = useWarehouse();

  it('answers as plain loops do, in every row and column, two seasons in one statement', async () => {
    const { from, to } = LEAGUE_DATES;
    await fc.assert(
      fc.asyncProperty(randomLeague, async (given) => {
        const warehouse = await warehouseWith(given);
        await storeAll(warehouse, from, to);
        const oracle = new Oracle(given);
        expect(keyed(await stored(warehouse, teamDefenseShotProfile.table))).toEqual(keyed(oracle.teamDefenseShotProfile()));
        expect(keyed(await stored(warehouse, playerShotProfile.table))).toEqual(keyed(oracle.playerShotProfile()));
        expect(keyed(await stored(warehouse, playerDailyCache.table))).toEqual(keyed(oracle.playerDailyCache()));
        expect(keyed(await stored(warehouse, playerCompositeFactors.table))).toEqual(keyed(oracle.playerCompositeFactors()));
        for (const processor of precomputeProcessors) {
          const keys = (await stored(warehouse, processor.table)).map((row) => Object.fromEntries(['game_date', ...processor.spineKey].map((name) => [name, row[name]])));
          expect(await spineOf(warehouse, processor, from, to)).toEqual(keys);
        }
      }),
      { numRuns: 5, endOnFailure: true },
    );
  }, 30_000);
});
