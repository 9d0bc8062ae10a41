import fc from 'fast-check';
import { computedFrom, differences, storedRows, type Dates } from './computed.fixture';
import { analyticsProcessors } from './index';
import { inOracle, oracle, type Oracle } from './oracle.fixture';
import { randomLeague } from './random-league.fixture';

const GROUPINGS: readonly (readonly Dates[])[] = [
  [['2023-10-01', '2025-06-30']],
  [['2023-10-01', '2023-11-05'], ['2023-11-06', '2024-11-01'], ['2024-11-02', '2025-06-30']],
];

describe('random leagues', () => {
  it('are summed up as loops over their raw rows would, however the dates are grouped', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer(), fc.constantFrom(...GROUPINGS), async (seed, groups) => {
        const league = randomLeague(seed);
        const expected = oracle(league);
        const warehouse = await computedFrom(league, groups);
        for (const { table } of analyticsProcessors.filter(inOracle)) {
          const rows = expected[table.name as keyof Oracle];
          expect(rows.length).toBeGreaterThan(50);
          expect({ table: table.name, differ: differences(table, rows, await storedRows(warehouse, table)) }).toEqual({ table: table.name, differ: [] });
        }
        await warehouse.close();
      }),
      { numRuns: 3 },
    );
  }, 60_000);
});
