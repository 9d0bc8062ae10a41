import { column, dateRange, defineTable, parseGameDate, seasonSpan, parseSeason, sql, type GameDate, type TableDefinition } from '@nba/kernel';
import { FixedClock } from '@nba/testing';
import type { Processor } from '../definition/processor';
import { createRegistry } from '../definition/registry';
import { datesAsked } from '../running/dates-to-verify';
import { D1, D2, D3, D5, D6, DATES, endings, gameIdOn, ToyLeague } from '../toy-league.fixture';
import { scheduleTable, toyForm, toyPoints, toyTiers, type ToyGame } from '../toy-processors.fixture';
import { Verifier } from './verifier';

/** What the invariants of Phase 3 read. */
const playerGameSummary = defineTable({
  dataset: 'nba_analytics', name: 'player_game_summary', description: 'What the invariants read', key: ['game_id', 'player_name'],
  columns: {
    game_id: column.text('game'), game_date: column.date('date'), player_name: column.text('name'),
    seconds_played: column.integer('seconds'), usage_rate: column.float('usage'),
  },
});

const SEASON = seasonSpan(parseSeason('2024-25'));
const LATER = '2025-03-01';
/** All six games and one that lies in the future, so that the season is not over. */
const SCHEDULE: ToyGame[] = [...DATES.map((date): ToyGame => [gameIdOn(date), date, 3]), ['0022400099', LATER, 1]];

describe('verification', () => {
  let league: ToyLeague;
  beforeEach(async () => {
    league = await ToyLeague.open();
    await league.scrapeSchedule(SCHEDULE);
  });
  afterEach(() => league.close());

  const verifier = (clock: FixedClock | undefined = league.clock): Verifier =>
    new Verifier(createRegistry(league.processors), league.warehouse, { gameTypes: ['regular-season'] }, clock);
  const drop = (table: TableDefinition, where: string) => league.warehouse.query(`${sql`DELETE FROM ${table}`.text} WHERE ${where}`);

  describe('of what is complete', () => {
    beforeEach(() => league.run());

    it('finds every table complete, per team of the schedule and per key of the spine', async () => {
      const [raw, analytics, precompute] = [await verifier().verifyPhase(2, SEASON), await verifier().verifyPhase(3, SEASON), await verifier().verifyPhase(4, SEASON)];
      expect([raw, analytics, precompute].map(({ complete }) => complete)).toEqual([true, true, true]);
      const counted = [raw, analytics, precompute].flatMap(({ reports }) => reports).map(({ table, per, dates, coverage }) => [table, per, dates.expected, coverage.expected]);
      expect(counted).toEqual([
        ['nba_raw.toy_points', 'team', 6, 12],
        ['nba_analytics.toy_form', 'team', 6, 12],
        ['nba_analytics.toy_form', 'player', 6, 24],
        ['nba_precompute.toy_tiers', 'team', 6, 12],
      ]);
    });

    it('finds one deleted row, and names the player', async () => {
      await drop(toyForm.table, `game_date = '${D3}' AND player_id = 21`);
      const { complete, reports } = await verifier().verifyPhase(3, SEASON);
      expect(complete).toBe(false);
      // The team still has a row in the game: only the spine's keys tell.
      expect(reports.map(({ per, hasGaps, gaps }) => [per, hasGaps, gaps])).toEqual([
        ['team', false, []],
        ['player', true, [{ kind: 'missing', date: D3, gameId: gameIdOn(D3), playerId: 21 }]],
      ]);
    });

    it('finds a date that is gone together with all that was made from it', async () => {
      for (const { table } of [toyPoints, toyForm]) await drop(table, `game_date = '${D2}'`);
      const { reports } = await verifier().verifyPhase(3, SEASON);
      expect(reports.map(({ per, missingDates }) => [per, missingDates])).toEqual([['team', [D2]], ['player', []]]);
    });

    it('finds a row that should not be there, and one that is there twice', async () => {
      const [row] = await league.rows(toyForm.table, D1);
      await league.warehouse.append(toyForm.table, [{ ...row }, { ...row, player_id: 99 }]);
      const { reports } = await verifier().verifyPhase(3, dateRange(D1, D1));
      expect(reports.find(({ per }) => per === 'player')?.gaps.map(({ kind, playerId }) => [kind, playerId])).toEqual([['duplicate', 11], ['unexpected', 99]]);
    });

    it('finds rows under the date that a postponed game has left, until that date is emptied in every phase', async () => {
      // The only game of the 28th goes to March.
      await league.scrapeSchedule(SCHEDULE.map(([gameId, date, status]): ToyGame => (date === D5 ? [gameId, LATER, 1] : [gameId, date, status])));
      await league.run({ phases: [2], skipDownstreamTrigger: true, processor: league.processors.find((one) => one.table === scheduleTable) });
      const phases = async () => [await verifier().verifyPhase(2, SEASON), await verifier().verifyPhase(3, SEASON), await verifier().verifyPhase(4, SEASON)];
      const before = await phases();
      expect(before.map(({ complete }) => complete)).toEqual([false, false, false]);
      expect(new Set(before.flatMap(({ reports }) => reports).flatMap(({ gaps }) => gaps).map(({ kind, date }) => `${kind} ${date}`))).toEqual(new Set([`unexpected ${D5}`]));
      const outcome = await league.run();
      for (const processor of [toyPoints, toyForm, toyTiers]) {
        expect(endings(outcome, processor)).toContain(`${D5} empty_ok`);
        expect(await league.rows(processor.table, D5)).toEqual([]);
        expect(new Set((await league.rows(processor.table)).map((row) => row['game_date']))).toEqual(new Set(DATES.filter((date) => date !== D5)));
      }
      const after = await phases();
      expect(after.map(({ complete }) => complete)).toEqual([true, true, true]);
      expect(after.flatMap(({ reports }) => reports).map(({ table, per, dates }) => [table, per, dates.expected])).toEqual([
        ['nba_raw.toy_points', 'team', 5], ['nba_analytics.toy_form', 'team', 5], ['nba_analytics.toy_form', 'player', 5], ['nba_precompute.toy_tiers', 'team', 5],
      ]);
    });

    it('expects nothing after today, and everything that is scheduled when it has no clock', async () => {
      expect((await verifier().verifyPhase(4, SEASON)).complete).toBe(true);
      const inMarch = await verifier(new FixedClock(`${LATER}T12:00:00Z`)).verifyPhase(4, SEASON);
      expect(inMarch.reports.map(({ missingDates }) => missingDates)).toEqual([[LATER]]);
      const timeless = new Verifier(createRegistry(league.processors), league.warehouse, { gameTypes: ['regular-season'] });
      expect((await timeless.verifyPhase(4, SEASON)).complete).toBe(false);
      const future = await verifier().verifyPhase(4, dateRange(parseGameDate('2025-02-01'), SEASON.to));
      expect(future).toMatchObject({ complete: true, reports: [] });
    });

    it('asks no invariant about a table that is not of the pipeline: another team has other tables', async () => {
      const asked = jest.spyOn(league.warehouse, 'query');
      await verifier().verifyPhase(3, SEASON);
      expect(asked.mock.calls.filter(([text]) => text.includes('player_game_summary'))).toEqual([]);
    });

    it('looks at the invariants too: some fail, some are told', async () => {
      const registry = createRegistry(league.processors);
      const withSummary = { ...registry, processors: [...registry.processors, { table: playerGameSummary } as Processor] };
      const verifier = () => new Verifier(withSummary, league.warehouse, { gameTypes: ['regular-season'] }, league.clock);
      await league.warehouse.ensureTable(playerGameSummary);
      const odd = (name: string, usage: number) => ({ game_id: gameIdOn(D1), game_date: D1, player_name: name, seconds_played: 60, usage_rate: usage });
      await league.warehouse.append(playerGameSummary, [odd('Busy', 120)]);
      expect(await verifier().verifyPhase(3, SEASON)).toMatchObject({ complete: true, violations: [{ severity: 'reports', who: 'Busy' }] });
      await league.warehouse.append(playerGameSummary, [odd('Wrong', -1)]);
      expect(await verifier().verifyPhase(3, SEASON)).toMatchObject({ complete: false });
    });
  });

  it('finds everything missing where nothing has been loaded', async () => {
    await league.run({ phases: [2], skipDownstreamTrigger: true });
    const { complete, reports } = await verifier().verifyPhase(3, SEASON);
    expect(complete).toBe(false);
    expect(reports[0]?.missingDates).toEqual(DATES);
  });

  describe('within a backfill', () => {
    const range = { startDate: D5, endDate: D6 };
    const gateOf = (dates: readonly GameDate[]) => [{ phase: 2, range: { from: '2024-10-01', to: D6 }, reports: [{ missingDates: dates }] }];

    it('follows every phase of the request when asked for', async () => {
      const outcome = await league.run({ verify: datesAsked });
      expect(outcome.phases.map(({ phase, verifications }) => [phase, verifications.map(({ complete }) => complete)])).toEqual([[2, [true]], [3, [true]], [4, [true]]]);
    });

    it('looks at Phase 2 for the range and the season before it, first (backfill mode)', async () => {
      await league.run({ phases: [2], skipDownstreamTrigger: true });
      const complete = await league.run({ phases: [3], backfillMode: true, skipDownstreamTrigger: true }, range);
      expect(complete.gate).toMatchObject([{ complete: true, ...gateOf([])[0] }]);
      await drop(toyPoints.table, `game_date = '${D1}'`);
      const incomplete = await league.run({ phases: [3], backfillMode: true, skipDownstreamTrigger: true, force: true }, range);
      expect(incomplete.gate).toMatchObject([{ complete: false, ...gateOf([D1])[0] }]);
      // The hole lies outside the windows of these dates.
      expect(endings(incomplete, toyForm)).toEqual([`${D5} success`, `${D6} success`]);
    });

    it('runs nothing behind an incomplete gate when told to stop', async () => {
      await league.scrape(D1, 'no JSON');
      await league.run({ phases: [2], skipDownstreamTrigger: true });
      const outcome = await league.run({ phases: [3, 4], backfillMode: true, failurePolicy: 'stop' }, range);
      expect(outcome).toMatchObject({ stoppedBefore: 3, phases: [] });
      expect(await league.rows(toyTiers.table)).toEqual([]);
    });

    it('has no gate when Phase 2 is asked for, nor out of backfill mode', async () => {
      expect((await league.run({ phases: [2, 3], backfillMode: true })).gate).toEqual([]);
      expect((await league.run({ phases: [3] })).gate).toEqual([]);
    });
  });
});
