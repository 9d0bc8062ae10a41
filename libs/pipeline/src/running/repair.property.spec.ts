import { type GameDate, addDays } from '@nba/kernel';
import fc from 'fast-check';
import { type Beginning, HIGH, World, beginnings, edits, steps } from '../random-events.fixture';
import { type Contents, RANDOM_PROCESSORS, RandomLeague, cache, expected, form, points, tiers, unitOf } from '../random-league.fixture';
import type { Processor } from '../definition/processor';
import { Ledger } from '../planning/ledger';
import type { BackfillOutcome } from './backfill';
import { type UnitOutcome, isComplete } from './unit-outcome';

const outcomesOf = ({ phases }: Pick<BackfillOutcome, 'phases'>): UnitOutcome[] => phases.flatMap(({ outcomes }) => outcomes);
const unitsOf = (outcomes: readonly UnitOutcome[]): Set<string> => new Set(outcomes.map(({ processor, date }) => unitOf(processor.table, date)));

/** What the lake as it is now makes in an empty warehouse, and which of it is not settled. */
interface Rebuilt {
  readonly contents: Contents;
  /** Units that a hole keeps from running or runs beside, and all that reads them: of those an older state may be stored. */
  readonly open: ReadonlySet<string>;
}

async function rebuild({ lake, clock }: RandomLeague): Promise<Rebuilt> {
  const fresh = await RandomLeague.open({ lake, clock });
  try {
    const outcomes = outcomesOf(await fresh.repair());
    return { contents: await fresh.contents(), open: openUnits(outcomes) };
  } finally {
    await fresh.close();
  }
}

function openUnits(outcomes: readonly UnitOutcome[]): ReadonlySet<string> {
  const open = new Set<string>();
  const dates = new Map<Processor, GameDate[]>();
  for (const processor of RANDOM_PROCESSORS) {
    const own = outcomes.filter((one) => one.processor === processor).filter((one) => !isComplete(one) || one.coverageGaps !== null || Object.values(processor.upstreams)
      .some(({ processor: upstream, lookbacks }) => dates.get(upstream)?.some((date) => lookbacks.some(({ reach }) => (reach.kind === 'same-date' ? date === one.date : date < one.date)))));
    dates.set(processor, own.map(({ date }) => date));
    for (const { date } of own) open.add(unitOf(processor.table, date));
  }
  return open;
}

/** Units whose stored rows are not those of the rebuild. */
const differing = (stored: Contents, { contents, open }: Rebuilt): string[] =>
  [...new Set([...stored.keys(), ...contents.keys()])].filter((unit) => !open.has(unit) && stored.get(unit) !== contents.get(unit)).sort();

/** The schedule's unit is its season. */
const isOfSchedule = (unit: string): boolean => unit.startsWith('nbac_schedule ');

async function repairAndCheck(league: RandomLeague): Promise<{ readonly ran: ReadonlySet<string>; readonly wasClean: boolean }> {
  const rebuilt = await rebuild(league);
  const wrong = differing(await league.contents(), rebuilt);
  const ran = unitsOf(outcomesOf(await league.repair()));
  // The affected set misses no unit.
  expect(wrong.filter((unit) => !isOfSchedule(unit) && !ran.has(unit))).toEqual([]);
  expect(differing(await league.contents(), rebuilt)).toEqual([]);
  // What is not complete is tried again; nothing else is, and nothing comes of it.
  const again = outcomesOf(await league.repair());
  expect(again.filter((one) => isComplete(one) || one.changes > 0 || !rebuilt.open.has(unitOf(one.processor.table, one.date))).map(({ processor, date, status, changes }) => `${unitOf(processor.table, date)} ${status} ${changes}`)).toEqual([]);
  return { ran, wasClean: rebuilt.open.size === 0 };
}

async function withWorld(beginning: Beginning, use: (league: RandomLeague, world: World) => Promise<void>): Promise<void> {
  const league = await RandomLeague.open();
  try {
    await use(league, await World.begin(league, beginning));
  } finally {
    await league.close();
  }
}

/** The dates after a change of a player's row up to the `count`th of his next games: those of his games, or also those of his teams. */
function windowAfter(world: World, player: number, date: GameDate, count: number, of: 'his games' | 'his teams'): GameDate[] {
  const next = world.datesOf(player).filter((one) => one > date);
  if (of === 'his games') return next.slice(0, count);
  const last = next[count - 1];
  const teams = [...world.teamsOf(player)];
  return [...new Set(world.games.map((game) => game.date))].filter((one) => one > date && (last === undefined || one <= last) && teams.some((team) => world.teamsOn(one).has(team)));
}

describe('a repair', () => {
  /** What has been noted in a ledger, rather than read. */
  const noted = new Map<Ledger, Set<Processor>>();
  beforeAll(() => {
    const { note } = Ledger.prototype;
    jest.spyOn(Ledger.prototype, 'note').mockImplementation(function (this: Ledger, processor, ...rest) {
      noted.set(this, (noted.get(this) ?? new Set()).add(processor));
      return note.call(this, processor, ...rest);
    });
  });
  afterAll(() => jest.restoreAllMocks());

  it('knows afterwards what is recorded and stored as if it had read it', async () => {
    let compared = 0;
    await fc.assert(
      fc.asyncProperty(beginnings, fc.array(steps, { minLength: 2, maxLength: 4 }), async (beginning, happened) => withWorld(beginning, async (league, world) => {
        for (const step of [[], ...happened]) {
          for (const event of step) await world.happens(event);
          noted.clear();
          await league.repair();
          for (const [ledger, processors] of noted) {
            for (const processor of processors) {
              const read = new Ledger(ledger.port, ledger['span'], [processor]);
              expect(await ledger.page(processor)).toEqual(await read.page(processor));
              compared += 1;
            }
          }
        }
      })),
      { numRuns: 3, endOnFailure: true },
    );
    expect(compared).toBeGreaterThan(20);
  }, 60_000);

  it('ends in what a rebuild from the same lake has, whatever has happened, and misses no unit', async () => {
    await fc.assert(
      fc.asyncProperty(beginnings, fc.array(steps, { minLength: 2, maxLength: 4 }), async (beginning, happened) => withWorld(beginning, async (league, world) => {
        await league.repair();
        for (const step of happened) {
          for (const event of step) await world.happens(event);
          await repairAndCheck(league);
        }
        await world.heal();
        const { wasClean } = await repairAndCheck(league);
        expect(wasClean).toBe(true);
      })),
      { numRuns: 2, endOnFailure: true },
    );
  }, 60_000);

  it('of one value runs its date and, through a window of games, the dates up to the last of them', async () => {
    await fc.assert(
      fc.asyncProperty(beginnings, fc.array(edits, { minLength: 1, maxLength: 3 }), async (beginning, some) => withWorld(beginning, async (league, world) => {
        await world.heal();
        await league.repair();
        for (const edit of some) {
          const found = world.lineAt(edit.at);
          if (!found || edit.kind !== 'edited' || !(await world.happens(edit))) continue;
          const { date, line: [, team, player, before] } = found;
          const flips = (before >= HIGH) !== (edit.points >= HIGH);
          const inDays = [...new Set(world.games.map((game) => game.date))].filter((one) => one > date && one <= addDays(date, 3) && world.teamsOn(one).has(team));
          const dates: [Processor, GameDate[]][] = [
            [points, [date]],
            [form, [date, ...windowAfter(world, player, date, 2, 'his teams')]],
            [expected, windowAfter(world, player, date, 2, 'his teams')],
            [tiers, flips ? inDays : []],
            [cache, [...windowAfter(world, player, date, 2, 'his teams'), ...(flips ? windowAfter(world, player, date, 3, 'his teams') : [])]],
          ];
          const allowed = new Set(dates.flatMap(([processor, on]) => on.map((one) => unitOf(processor.table, one))));
          const { ran } = await repairAndCheck(league);
          expect([...ran].filter((unit) => !allowed.has(unit))).toEqual([]);
        }
      })),
      { numRuns: 2, endOnFailure: true },
    );
  }, 60_000);
});
