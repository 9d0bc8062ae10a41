import { NbaError } from '@nba/kernel';
import fc from 'fast-check';
import { World, beginnings } from '../random-events.fixture';
import { RANDOM_PROCESSORS, RandomLeague, unitOf } from '../random-league.fixture';
import type { BackfillOutcome } from './backfill';

/** How each unit ended, beside which gaps; no unit ends twice. */
function endingsOf({ phases }: Pick<BackfillOutcome, 'phases'>): string[] {
  const endings = phases.flatMap(({ outcomes }) => outcomes).map(({ processor, date, status, coverageGaps }) => `${unitOf(processor.table, date)} ${status} ${coverageGaps ?? ''}`).sort();
  expect(new Set(endings.map((ending) => ending.split(' ').slice(0, 2).join(' '))).size).toBe(endings.length);
  return endings;
}

/**
 * Lets a write fail for a moment where the draws say so, and never three times in a row: then it would be called failed.
 * In a row for its table: beside it others write, and one that succeeds among them does not begin its attempts again.
 */
function failNowAndThen({ warehouse }: RandomLeague, draws: readonly boolean[]): { readonly failed: () => number } {
  const write = warehouse.replacePartitions.bind(warehouse);
  const inARow = new Map<string, number>();
  let [calls, failed] = [0, 0];
  jest.spyOn(warehouse, 'replacePartitions').mockImplementation((replacement, lease) => {
    const { name } = replacement.table;
    const before = inARow.get(name) ?? 0;
    if (draws[calls++ % draws.length] && before < 2) {
      inARow.set(name, before + 1);
      failed += 1;
      return Promise.reject(new NbaError('WAREHOUSE_UNAVAILABLE', 'the warehouse is busy'));
    }
    inARow.set(name, 0);
    return write(replacement, lease);
  });
  return { failed: () => failed };
}

const damages = fc.array(fc.record({ at: fc.nat(9999), points: fc.constantFrom(666, 'ten' as unknown as number) }), { minLength: 1, maxLength: 3 });

describe('the size of the groups, the order of the processors and a warehouse that is away for moments', () => {
  it('change neither a row nor which units fail and wait, on a first load and on a repair', async () => {
    let [away, failed, waited] = [0, 0, 0];
    // A broken line near the season's end holds nothing up: then two draws more are made.
    for (let draw = 0; draw < 6 && Math.min(away, failed, waited) === 0; draw++) await fc.assert(
      fc.asyncProperty(
        beginnings, damages, fc.array(fc.boolean(), { minLength: 40, maxLength: 40 }), fc.constantFrom(1, 2, 5, Infinity),
        fc.shuffledSubarray([...RANDOM_PROCESSORS], { minLength: RANDOM_PROCESSORS.length }), fc.array(fc.nat(9999), { maxLength: 3 }),
        async (beginning, broken, draws, maxGroup, order, edited) => {
          const one = await RandomLeague.open();
          const world = await World.begin(one, beginning);
          await world.heal();
          const other = await RandomLeague.open({ lake: one.lake, clock: one.clock }, order);
          try {
            const flaky = failNowAndThen(other, draws);
            // 666 points are more than the statement of one table can bear, a word more than the raw table can.
            for (const { at, points } of broken) await world.happens({ kind: 'edited', at, points });
            const endings = endingsOf(await one.repair());
            failed += endings.filter((ending) => ending.includes(' failed ')).length;
            waited += endings.filter((ending) => ending.includes(' blocked ')).length;
            expect(endingsOf(await other.repair({ maxGroup }))).toEqual(endings);
            expect(await other.contents()).toEqual(await one.contents());
            for (const at of edited) await world.happens({ kind: 'edited', at, points: 25 });
            for (const { at } of broken) await world.happens({ kind: 'edited', at, points: 11 });
            expect(endingsOf(await other.repair({ maxGroup }))).toEqual(endingsOf(await one.repair()));
            expect(await other.contents()).toEqual(await one.contents());
            away += flaky.failed();
          } finally {
            await Promise.all([one.close(), other.close()]);
          }
        },
      ),
      { numRuns: 2, endOnFailure: true },
    );
    expect(Math.min(away, failed, waited)).toBeGreaterThan(0);
  }, 60_000);
});
