import { type GameDate, type PartitionReplacement, type Row, processorRunHistory, seasonOf, sql } from '@nba/kernel';
import { type Scope, parseScope } from '@nba/schedule';
import { endings, ToyLeague } from '../toy-league.fixture';
import { TOY_PROCESSORS, type ToyLine, toyForm, toyPoints, toySchedule } from '../toy-processors.fixture';
import type { BackfillOutcome, BackfillRequest } from './backfill';
import { asOneOutcome, inParts, progressOfParts } from './in-parts';
import { type PhaseOutcome, isPhaseComplete } from './phase-outcome';
import type { Progress } from './run-options';

/** The last, 2024-25, is the toy league's own, of six game dates; each of the others has two, of which player 11 makes ten points. */
const SEASONS = Array.from({ length: 9 }, (_, i) => seasonOf(`${2016 + i}-10-22` as GameDate));
const datesOf = (season: string): GameDate[] => ['10-22', '11-03'].map((day) => `${season.slice(0, 4)}-${day}` as GameDate);
const EARLY = SEASONS.slice(0, -1);

const gameIdOn = (date: GameDate): string => `002${date.slice(2, 4)}000${date.slice(5, 7)}`;
const linesOn = (date: GameDate): ToyLine[] => [[gameIdOn(date), 1, 11, 10, 0], [gameIdOn(date), 2, 21, 20, 0]];

async function openNineSeasons(): Promise<ToyLeague> {
  const league = await ToyLeague.open();
  for (const season of EARLY) {
    await league.scrapeSchedule(datesOf(season).map((date) => [gameIdOn(date), date, 3]), season);
    for (const date of datesOf(season)) await league.scrape(date, linesOn(date));
  }
  return league;
}

describe('a request for nine seasons', () => {
  let league: ToyLeague;
  beforeEach(async () => {
    league = await openNineSeasons();
  });
  afterEach(() => league.close());

  const run = (request: Partial<BackfillRequest> = {}, onProgress?: (progress: Progress) => void) => league.run(request, { season: SEASONS }, onProgress);

  /** The tables and seasons that are written from now on, in order: `toy_form 2016-17`. */
  function recordWrites(): string[] {
    const writes: string[] = [];
    const write = league.warehouse.replacePartitions.bind(league.warehouse);
    jest.spyOn(league.warehouse, 'replacePartitions').mockImplementation((replacement: PartitionReplacement, lease) => {
      writes.push(`${replacement.table.name} ${seasonOf(replacement.range.from)}`);
      return write(replacement, lease);
    });
    return writes;
  }

  it('is answered four seasons at a time, through all phases', async () => {
    const writes = recordWrites();
    await run();
    const seasons = writes.map((write) => SEASONS.findIndex((season) => write.endsWith(season)));
    const partOf = seasons.map((season) => Math.floor(season / 4));
    expect(partOf).toEqual([...partOf].sort());
    expect(new Set(writes).size).toBe(TOY_PROCESSORS.length * SEASONS.length);
    // Within a part a table is written in all of its seasons before the tables that read it.
    expect(writes.slice(0, 8)).toEqual([...SEASONS.slice(0, 4).map((season) => `nbac_schedule ${season}`), ...SEASONS.slice(0, 4).map((season) => `toy_points ${season}`)]);
  });

  it('is answered phase by phase when the policy is to stop', async () => {
    const writes = recordWrites();
    await run({ failurePolicy: 'stop' });
    const ofPhase3 = writes.findIndex((write) => write.startsWith('toy_form'));
    expect(writes.slice(0, ofPhase3).sort()).toEqual(SEASONS.flatMap((season) => [`nbac_schedule ${season}`, `toy_points ${season}`]).sort());
  });

  it('is answered as one request', async () => {
    const outcome = await run();
    expect(outcome).toMatchObject({ interrupted: false, isLate: false, stoppedBefore: undefined, seasonsWithoutSchedule: [] });
    expect(outcome.phases.map(({ phase, cause, alreadyComplete }) => [phase, cause, alreadyComplete])).toEqual([[2, 'request', 0], [3, 'request', 0], [4, 'request', 0]]);
    expect(endings(outcome, toySchedule)).toEqual(SEASONS.map((season) => `${season.slice(0, 4)}-10-01 success`));
    expect(endings(outcome, toyForm).slice(0, 16)).toEqual(EARLY.flatMap(datesOf).map((date) => `${date} success`));
    expect(endings(outcome, toyForm)).toHaveLength(8 * 2 + 6);
    const requests = await league.warehouse.query(sql`SELECT DISTINCT correlation_id FROM ${processorRunHistory}`.text);
    expect(requests).toHaveLength(1);

    const again = await run();
    // Nine schedules and 22 dates in Phase 2; 22 dates of one table each in Phases 3 and 4.
    expect(again.phases.map(({ outcomes, alreadyComplete }) => [outcomes.length, alreadyComplete])).toEqual([[0, 31], [0, 22], [0, 22]]);
  });

  it('makes the rows of nine requests for one season each', async () => {
    await run();
    const other = await openNineSeasons();
    for (const season of [...SEASONS].reverse()) await other.run({}, { season: [season] });
    const form: Row[] = [];
    for (const { table } of TOY_PROCESSORS) {
      const rows = await league.rows(table);
      expect(await other.rows(table)).toEqual(rows);
      if (table === toyForm.table) form.push(...rows);
    }
    // No window reaches back into the season before.
    expect(form.filter((row) => row['player_id'] === 11).slice(0, 6).map((row) => row['points_last_2'])).toEqual([null, 10, null, 10, null, 10]);
    await other.close();
  });

  it('tells how far it is in the whole', async () => {
    const told: Progress[] = [];
    await run({ maxGroup: 1 }, (progress) => told.push(progress));
    const done = told.map((progress) => progress.done);
    expect(done).toEqual([...done].sort((a, b) => a - b));
    expect(told.every((progress) => progress.done <= progress.total && Number.isInteger(progress.total))).toBe(true);
    // A season is its schedule and three tables on two dates; when four are done, five are still ahead.
    const first = told.filter(({ range }) => range && range.to < '2020-10').at(-1);
    expect(first).toMatchObject({ done: 4 * (1 + 2 * 3), total: 9 * (1 + 2 * 3) });
    expect(told.at(-1)).toMatchObject({ done: 31 + 22 + 22, total: 31 + 22 + 22 });
  });

  it('begins no further part when it is interrupted, and does the rest when it is asked again', async () => {
    const stop = new AbortController();
    const fifth = datesOf(SEASONS[4] as string)[0];
    const outcome = await run({ maxGroup: 1, signal: stop.signal }, ({ processor, range }) => {
      if (processor === toyPoints.name && range?.from === fifth) stop.abort();
    });
    expect(outcome.interrupted).toBe(true);
    expect(endings(outcome, toyForm)).toEqual(SEASONS.slice(0, 4).flatMap(datesOf).map((date) => `${date} success`));
    expect(endings(outcome, toySchedule)).toHaveLength(8);
    expect(await league.rows(toyForm.table)).toHaveLength(4 * 2 * 2);

    const rest = await run();
    expect(endings(rest, toyForm)).toHaveLength(4 * 2 + 6);
    expect(rest.phases.map(({ outcomes, alreadyComplete }) => outcomes.length + alreadyComplete)).toEqual([31, 22, 22]);
  });

  it('tells units that a part found blocked as they ended in a later one', async () => {
    // An earlier request has stored the second date of the fifth season and not the first, and could not tell anybody.
    const [first, second] = datesOf(SEASONS[4] as string) as [GameDate, GameDate];
    await league.scrape(first, 'no JSON');
    const publish = jest.spyOn(league.bus, 'publish').mockRejectedValue(new Error('the bus is away'));
    await expect(league.run({ phases: [2] }, { season: SEASONS.slice(4, 5) })).rejects.toThrow('the bus is away');
    publish.mockRestore();
    await league.scrape(first, linesOn(first));
    const outcome = await run({ phases: [2] });
    const ofFifth = outcome.phases.flatMap(({ outcomes }) => outcomes).filter(({ processor, date }) => processor === toyForm && [first, second].includes(date));
    expect(ofFifth.map(({ date, status }) => `${date} ${status}`).sort()).toEqual([`${first} success`, `${second} success`]);
    const blocked = await league.warehouse.query(`${sql`SELECT data_date FROM ${processorRunHistory}`.text} WHERE status = 'blocked'`);
    expect(blocked).toEqual([{ data_date: second }]);
    expect(outcome.phases.every(isPhaseComplete)).toBe(true);
  });

  it('names the seasons of all parts of which there is no schedule', async () => {
    const outcome = await league.run({}, { season: ['2009-10', ...SEASONS, '2025-26'] });
    expect(outcome.seasonsWithoutSchedule).toEqual(['2009-10', '2025-26']);
    expect(endings(outcome, toyForm)).toHaveLength(8 * 2 + 6);
  });
});

describe('the parts of a scope', () => {
  const seasonsOf = (scope: Scope): number[] => inParts(scope).map(({ seasons }) => seasons.length);

  it('are one up to four seasons, as they were asked for', () => {
    const range = parseScope({ startDate: '2021-12-01', endDate: '2025-01-31' });
    expect(inParts(range)).toEqual([range]);
    const singles = parseScope({ dates: '2016-12-01,2018-12-01,2020-12-01,2024-12-01' });
    expect(inParts(singles)).toEqual([singles]);
  });

  it('are four seasons each beyond, and the rest', () => {
    expect(seasonsOf(parseScope({ season: SEASONS }))).toEqual([4, 4, 1]);
    expect(seasonsOf(parseScope({ season: SEASONS.slice(0, 5) }))).toEqual([4, 1]);
    expect(seasonsOf(parseScope({ season: SEASONS.slice(0, 8) }))).toEqual([4, 4]);
  });

  it('hold every day of a range once', () => {
    const [first, second, ...none] = inParts(parseScope({ startDate: '2016-12-01', endDate: '2020-12-31' }));
    expect(none).toEqual([]);
    expect(first?.ranges[0]?.from).toBe('2016-12-01');
    expect(first?.ranges.at(-1)?.to).toBe('2020-09-30');
    expect(second?.ranges).toEqual([{ from: '2020-10-01', to: '2020-12-31' }]);
  });
});

describe('the progress of parts', () => {
  it('takes the seasons ahead to be as large as those at work', () => {
    const whole = parseScope({ season: SEASONS });
    const told: number[][] = [];
    const tellOf = progressOfParts(whole, ({ done, total }) => told.push([done, total]));
    for (const [part, steps] of [[0, [[40, 80], [80, 80]]], [1, [[50, 100], [100, 100]]], [2, [[10, 10]]]] as const) {
      const tell = tellOf(inParts(whole)[part] as Scope);
      for (const [done, total] of steps) tell({ phase: 2, processor: 'P', range: null, done, total });
    }
    // 20 units a season, then 25 a season and one season more, then what there was.
    expect(told).toEqual([[40, 180], [80, 180], [130, 205], [180, 205], [190, 190]]);
  });
});

describe('the outcome of parts', () => {
  const phase = (over: Partial<PhaseOutcome>): PhaseOutcome => ({ phase: 3, cause: 'request', outcomes: [], alreadyComplete: 0, verifications: [], ...over });
  const part = (over: Partial<BackfillOutcome>): BackfillOutcome => ({ gate: [], phases: [], stoppedBefore: undefined, interrupted: false, isLate: false, seasonsWithoutSchedule: [], ...over });
  const verified = (complete: boolean) => ({ phase: 3, complete }) as PhaseOutcome['verifications'][number];

  it('has each phase once for each cause, with what was verified of all parts', () => {
    const outcome = asOneOutcome([
      part({ gate: [verified(true)], phases: [phase({ alreadyComplete: 2, verifications: [verified(true)] })] }),
      part({ gate: [verified(false)], phases: [phase({ alreadyComplete: 3, verifications: [verified(false)] }), phase({ cause: 'cascade', alreadyComplete: 1 })], isLate: true }),
    ]);
    expect(asOneOutcome([part({ isLate: true }), part({})]).isLate).toBe(false);
    expect(outcome.phases).toEqual([phase({ alreadyComplete: 5, verifications: [verified(true), verified(false)] }), phase({ cause: 'cascade', alreadyComplete: 1 })]);
    expect(outcome.gate).toEqual([verified(true), verified(false)]);
    expect(outcome).toMatchObject({ isLate: true, interrupted: false });
  });
});
