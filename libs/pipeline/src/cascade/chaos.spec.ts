import type { GameDate } from '@nba/kernel';
import fc from 'fast-check';
import { completionOf } from '../completion-event.fixture';
import { D1, DATES, linesOn, ToyLeague } from '../toy-league.fixture';
import { TOY_PROCESSORS, toyPoints } from '../toy-processors.fixture';
import { ChaosBus } from './chaos-bus.fixture';
import { computedForNothing } from './computed-for-nothing.fixture';

/** Phase 2 of a date; before it, perhaps, a newer document of a date in which player 11 scored so much. */
interface Step {
  readonly date: GameDate;
  readonly scrape: { readonly date: GameDate; readonly points: number } | null;
}

async function play(league: ToyLeague, steps: readonly Step[], bus: ChaosBus, backfillMode: boolean): Promise<void> {
  for (const { date, scrape } of steps) {
    if (scrape) await league.scrape(scrape.date, linesOn(scrape.date, { 11: scrape.points }));
    await league.run({ phases: [2], backfillMode }, { date }, undefined, { bus });
  }
  await league.run({}, undefined, undefined, { bus });
}

/** All the documents that the steps have left, loaded at once on a bus that behaves. */
async function cleanLeague(steps: readonly Step[]): Promise<ToyLeague> {
  const clean = await ToyLeague.open();
  for (const { scrape } of steps) if (scrape) await clean.scrape(scrape.date, linesOn(scrape.date, { 11: scrape.points }));
  await clean.run();
  return clean;
}

const steps = fc.shuffledSubarray(DATES, { minLength: 3 }).chain((dates) => fc.tuple(...dates.map((date) => fc.record({
  date: fc.constant(date),
  // 25 points are a high tier, which Phase 4 reads; 11 are not; 10 are what everybody knew.
  scrape: fc.option(fc.record({ date: fc.constantFrom(...DATES), points: fc.constantFrom(10, 11, 25) }), { freq: 2 }),
}))));

describe('events that come in any order, twice, late or never', () => {
  it('end in the same tables, and each unit is computed once per content', async () => {
    await fc.assert(
      fc.asyncProperty(steps, fc.array(fc.nat(999), { minLength: 60, maxLength: 60 }), fc.boolean(), async (played, draws, backfillMode) => {
        const bus = new ChaosBus(draws);
        const [league, clean] = [await ToyLeague.open(), await cleanLeague(played)];
        try {
          await play(league, played, bus, backfillMode);
          for (const { table } of TOY_PROCESSORS) {
            const rows = await clean.rows(table);
            expect(rows.length).toBeGreaterThan(0);
            expect(await league.rows(table)).toEqual(rows);
          }
          expect(await computedForNothing(league)).toEqual([]);
          // What was lost is not missed: the plan is empty.
          expect((await league.run({}, undefined, undefined, { bus })).phases.flatMap(({ outcomes }) => outcomes)).toEqual([]);
        } finally {
          await Promise.all([league.close(), clean.close()]);
        }
      }),
      { numRuns: 8, endOnFailure: true },
    );
  }, 60_000);

  it('are not what makes it right: a bus that loses everything does no harm either', async () => {
    const [league, clean] = [await ToyLeague.open(), await cleanLeague([])];
    const deaf = new ChaosBus([5]);
    await play(league, DATES.map((date) => ({ date, scrape: null })), deaf, true);
    expect([...deaf.fates.keys()]).toEqual(['lost']);
    for (const { table } of TOY_PROCESSORS) expect(await league.rows(table)).toEqual(await clean.rows(table));
    await Promise.all([league.close(), clean.close()]);
  });

  it('come so on the bus of this test', async () => {
    const bus = new ChaosBus([0, 2, 3, 0, 4, 0, 0, 5]);
    const delivered: string[] = [];
    const end = bus.subscribe('nba-phase2-raw-complete', async ({ runId }) => void delivered.push(runId));
    for (const runId of ['once', 'twice', 'late', 'late twice', 'lost']) await bus.publish(completionOf(toyPoints, [D1], { runId }));
    expect([...bus.fates.keys()]).toEqual(['once', 'twice', 'late', 'late twice', 'lost']);
    await bus.drain();
    expect(delivered.splice(0).sort()).toEqual(['once', 'twice', 'twice']);
    await bus.drain();
    expect(delivered.splice(0).sort()).toEqual(['late', 'late twice', 'late twice']);
    end();
    await bus.publish(completionOf(toyPoints, [D1]));
    for (let i = 0; i < 8; i++) await bus.drain();
    expect(delivered).toEqual([]);
  });

  it('would be found to compute for nothing, if they did', async () => {
    const league = await ToyLeague.open();
    await league.run();
    expect(await computedForNothing(league)).toEqual([]);
    await league.run({ phases: [3], force: true }, { date: D1 });
    expect(await computedForNothing(league)).toEqual([expect.stringContaining(`ToyFormProcessor ${D1}`)]);
    await league.close();
  });
});
