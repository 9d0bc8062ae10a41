import { setTimeout } from 'node:timers/promises';
import { NbaError } from '@nba/kernel';
import { DATES, ToyLeague, endings } from '../toy-league.fixture';
import { toyForm, toyPoints, toyTiers } from '../toy-processors.fixture';
import type { Processor } from '../definition/processor';
import { Verifier } from '../verification/verifier';
import { datesAsked } from './dates-to-verify';

/** Long enough for whatever does not wait to be over. */
const aWhile = (): Promise<void> => setTimeout(100);

describe('the verification of a phase that has run', () => {
  let league: ToyLeague;
  beforeEach(async () => {
    league = await ToyLeague.open();
  });
  afterEach(() => league.close());

  /** What comes before the question for the keys that `toy_points` has; all else is asked as ever. */
  function beforeItIsAsked(comes: () => Promise<void>): void {
    const query = league.warehouse.query.bind(league.warehouse);
    jest.spyOn(league.warehouse, 'query').mockImplementation(async (text, ...parameters) => {
      if (text.includes('keys_expected') && text.includes(toyPoints.table.name)) await comes();
      return query(text, ...parameters);
    });
  }

  /** Has the rows of Phase 4 written when that has come which `until` waits for. */
  function holdPhase4(until: Promise<void>): { readonly written: Promise<void> } {
    const replace = league.warehouse.replacePartitions.bind(league.warehouse);
    return {
      written: new Promise((resolve) => {
        jest.spyOn(league.warehouse, 'replacePartitions').mockImplementation(async (replacement, lease) => {
          if (replacement.table !== toyTiers.table) return replace(replacement, lease);
          await until;
          return replace(replacement, lease).finally(resolve);
        });
      }),
    };
  }

  const verifiedPhases = async () => (await league.run({ verify: datesAsked })).phases.flatMap(({ verifications }) => verifications.map(({ phase }) => phase));

  it('does not wait for the phases after it', async () => {
    // Who verified when all had run would wait for ever.
    let asked: () => void = () => undefined;
    holdPhase4(new Promise((resolve) => (asked = resolve)));
    beforeItIsAsked(() => Promise.resolve(asked()));
    const verify = jest.spyOn(Verifier.prototype, 'verifyPhase');
    expect(await verifiedPhases()).toEqual([2, 3, 4]);
    // Once each: before the last of its processors has ended, a phase still changes.
    expect(verify.mock.calls.map(([phase]) => phase).sort()).toEqual([2, 3, 4]);
    verify.mockRestore();
  });

  it('does not hold up the phases after it', async () => {
    const { written } = holdPhase4(Promise.resolve());
    beforeItIsAsked(() => written);
    expect(await verifiedPhases()).toEqual([2, 3, 4]);
  });

  it('ends the request when it cannot be made, after the phases that had begun', async () => {
    let refused: () => void = () => undefined;
    const { written } = holdPhase4(new Promise<void>((resolve) => (refused = resolve)).then(aWhile));
    beforeItIsAsked(() => {
      refused();
      return Promise.reject(new NbaError('WAREHOUSE_STATEMENT_FAILED', 'no memory left'));
    });
    let isWritten = false;
    void written.then(() => (isWritten = true));
    await expect(league.run({ verify: datesAsked })).rejects.toThrow('no memory left');
    expect(isWritten).toBe(true);

    jest.restoreAllMocks();
    expect(endings(await league.run(), toyTiers)).toEqual([]);
  });

  it('has ended when a fault of the runs ends the request', async () => {
    let [refuse, isAnswered]: [() => void, boolean] = [() => undefined, false];
    const refused = new Promise<void>((resolve) => (refuse = resolve)).then(() => Promise.reject(new NbaError('WAREHOUSE_LOCKED', 'somebody else has it')));
    holdPhase4(refused);
    beforeItIsAsked(async () => {
      refuse();
      await refused.catch(aWhile);
      isAnswered = true;
    });
    await expect(league.run({ verify: datesAsked })).rejects.toThrow('somebody else has it');
    expect(isAnswered).toBe(true);
  });

  it('is not begun when nobody asks for it', async () => {
    beforeItIsAsked(() => Promise.reject(new Error('it is')));
    expect(endings(await league.run(), toyForm)).toEqual(DATES.map((date) => `${date} success`));
  });

  it('is made of a phase of which nothing was asked for, too', async () => {
    const { phases } = await league.run({ processor: toyPoints, verify: datesAsked });
    expect(phases.filter(({ cause }) => cause === 'request').map(({ phase, verifications }) => [phase, verifications.length])).toEqual([[2, 1], [3, 1], [4, 1]]);
  });

  describe('of an interrupted request', () => {
    /** How many ranges of each phase are verified when somebody interrupts as soon as the first group of a processor has run. */
    async function verifiedWhenInterruptedIn({ name }: Processor): Promise<number[][]> {
      const interruption = new AbortController();
      const { interrupted, phases } = await league.run({ verify: datesAsked, signal: interruption.signal }, undefined, ({ processor }) => processor === name && interruption.abort());
      expect(interrupted).toBe(true);
      return phases.map(({ phase, verifications }) => [phase, verifications.length]);
    }

    it('is not begun for the phase that was interrupted', async () => {
      expect(await verifiedWhenInterruptedIn(toyPoints)).toEqual([[2, 0], [3, 0], [4, 0]]);
    });

    it('is kept for the phase that had run before', async () => {
      expect(await verifiedWhenInterruptedIn(toyForm)).toEqual([[2, 1], [3, 0], [4, 0]]);
    });

    it('ends with the range in hand', async () => {
      const interruption = new AbortController();
      beforeItIsAsked(() => Promise.resolve(interruption.abort()));
      const ranges = DATES.map((date) => ({ from: date, to: date }));
      const { phases } = await league.run({ verify: ({ phase }) => (phase === 2 ? ranges : []), signal: interruption.signal });
      expect(phases[0]?.verifications.map(({ range }) => range)).toEqual(ranges.slice(0, 1));
    });
  });
});
