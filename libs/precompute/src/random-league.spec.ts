import * as fc from 'fast-check';
import type { Row } from '@nba/kernel';
import { playerCompositeFactors, playerDailyCache, playerShotProfile, precomputeProcessors, teamDefenseShotProfile } from './index';
import { Oracle } from './oracle.fixture';
import { LEAGUE_DATES, randomLeague } from './random-league.fixture';
import { answer, spineOf, stored, storeAll, warehouseWith } from './warehouse.fixture';

const keyed = (rows: readonly Row[]) => new Map(rows.map((row) => [`${row['game_id']}|${row['player_id'] ?? row['team_id']}`, row]));

describe('Phase 4 on random leagues', () => {
  it('answers as plain loops do, in every row and column, for all dates at once', async () => {
    await fc.assert(
      fc.asyncProperty(randomLeague, async (given) => {
        const warehouse = await warehouseWith(given);
        await storeAll(warehouse, LEAGUE_DATES.from, '2024-09-30');
        await storeAll(warehouse, '2024-10-01', LEAGUE_DATES.to);
        const oracle = new Oracle(given);
        expect(keyed(await stored(warehouse, teamDefenseShotProfile.table))).toEqual(keyed(oracle.teamDefenseShotProfile()));
        expect(keyed(await stored(warehouse, playerShotProfile.table))).toEqual(keyed(oracle.playerShotProfile()));
        expect(keyed(await stored(warehouse, playerDailyCache.table))).toEqual(keyed(oracle.playerDailyCache()));
        expect(keyed(await stored(warehouse, playerCompositeFactors.table))).toEqual(keyed(oracle.playerCompositeFactors()));
        // The same rows when one statement spans both seasons, and one row for each key of the spine.
        for (const processor of precomputeProcessors) {
          const rows = await stored(warehouse, processor.table);
          expect(await answer(warehouse, processor, LEAGUE_DATES.from, LEAGUE_DATES.to)).toEqual(rows);
          const spine = await spineOf(warehouse, processor, LEAGUE_DATES.from, LEAGUE_DATES.to);
          expect(spine).toEqual(rows.map((row) => Object.fromEntries(['game_date', ...processor.spineKey].map((name) => [name, row[name]]))));
        }
        await warehouse.close();
      }),
      { numRuns: 6 },
    );
  });
});
