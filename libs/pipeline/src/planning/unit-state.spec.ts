import { addDays, days, games, parseGameDate, sameDate, seasonSoFar, sql, type GameDate, type Reach } from '@nba/kernel';
import fc from 'fast-check';
import { blocks, defineProcessor, informs, reads, type Processor } from '../definition/processor';
import { toyForm, toyPoints } from '../toy-processors.fixture';
import { type RecordedChange, findReachingChanges } from './reaching-changes';
import type { RecordedRun } from './recorded-run';
import { type UnitFacts, unitState } from './unit-state';

const DATE = parseGameDate('2025-01-26');
const run: RecordedRun = {
  processor: 'ToyFormProcessor', date: DATE, status: 'success', startedAt: '2024-10-30T12:00:00.000Z', rows: 4, inputVersions: new Map([['nba_raw.toy_points', 7]]), codeVersion: 'abc', sourceDocuments: 'a.json', left: { rows: 4, hash: 'h', version: 3 },
};
const facts: UnitFacts = { date: DATE, expected: true, storedRows: 4, run, documents: 'a.json', codeVersion: 'abc' };
const change = (date: GameDate, over: Partial<RecordedChange> = {}): RecordedChange => ({ table: 'nba_raw.toy_points', date, version: 8, kind: 'rows', columns: ['points'], subjects: [], ...over });

/** A processor that reads points through the given reach. */
const reading = (...reaches: Reach[]): Processor =>
  defineProcessor({
    phase: 3, table: toyForm.table, games: 'final', upstreams: { points: reads(toyPoints, ...reaches.map((reach) => blocks(reach, ['points']))) },
    spine: () => sql`SELECT 1`, query: () => sql`SELECT 1`,
  });
const isStale = (processor: Processor, ...changes: RecordedChange[]): boolean => findReachingChanges(processor, DATE, run, changes).length > 0;

describe('unitState', () => {
  it.each<[string, Partial<UnitFacts>, ReturnType<typeof unitState>]>([
    ['recorded, stored and unchanged', {}, { kind: 'complete' }],
    ['rightly empty', { storedRows: 0, run: { ...run, status: 'empty_ok', rows: 0 } }, { kind: 'complete' }],
    ['expected and never run', { run: undefined, storedRows: 0 }, { kind: 'missing' }],
    ['stored by nobody', { run: undefined }, { kind: 'missing' }],
    ['expected by nobody and not there', { expected: false, run: undefined, storedRows: 0 }, { kind: 'complete' }],
    ['expected no longer and gone, though rows were recorded', { expected: false, storedRows: 0 }, { kind: 'to-be-emptied' }],
    ['expected no longer and still there', { expected: false }, { kind: 'to-be-emptied' }],
    ['expected no longer, there, and of a failed run', { expected: false, run: { ...run, status: 'failed' } }, { kind: 'to-be-emptied' }],
    ['expected no longer and emptied', { expected: false, storedRows: 0, run: { ...run, status: 'partial', rows: 0, left: { rows: 0, hash: null, version: 4 } } }, { kind: 'complete' }],
    ['partial', { run: { ...run, status: 'partial' } }, { kind: 'partial' }],
    ['failed', { run: { ...run, status: 'failed' } }, { kind: 'failed', status: 'failed' }],
    ['blocked', { run: { ...run, status: 'blocked' } }, { kind: 'failed', status: 'blocked' }],
    ['begun and never ended', { run: { ...run, status: 'running' } }, { kind: 'failed', status: 'running' }],
    ['of fewer rows than were recorded', { storedRows: 3 }, { kind: 'vanished' }],
    ['of more rows than were recorded', { storedRows: 5 }, { kind: 'vanished' }],
    ['gone', { storedRows: 0 }, { kind: 'vanished' }],
    ['made by other code', { codeVersion: 'def' }, { kind: 'stale-by-code' }],
    ['made from other documents', { documents: 'a.json,b.json' }, { kind: 'stale-by-input', change: 'the lake has other documents' }],
    ['made from documents that the lake has lost', { documents: null }, { kind: 'complete' }],
    ['failed, whatever else', { run: { ...run, status: 'failed' }, codeVersion: 'def', storedRows: 0 }, { kind: 'failed', status: 'failed' }],
  ])('of a unit %s', (_, over, state) => {
    expect(unitState({ ...facts, ...over }, undefined)).toEqual(state);
  });

  it('names the change that made it stale', () => {
    expect(unitState(facts, change(DATE))).toEqual({ kind: 'stale-by-input', change: 'nba_raw.toy_points 2025-01-26 changed' });
  });
});

describe('a change reaches a unit', () => {
  const [before, after] = [addDays(DATE, -1), addDays(DATE, 1)];
  const SEASON_START = parseGameDate('2024-10-01');
  const LAST_SEASON = parseGameDate('2024-09-30');

  it.each<[string, Reach, GameDate, boolean]>([
    ['the same date', sameDate(), DATE, true],
    ['the day before, by the same date', sameDate(), before, false],
    ['the day after, by the same date', sameDate(), after, false],
    ['seven days before, by days', days(7, 'player'), addDays(DATE, -7), true],
    ['eight days before, by days', days(7, 'player'), addDays(DATE, -8), false],
    ['yesterday, by days', days(7, 'player'), before, true],
    ['the date itself, by days', days(7, 'player'), DATE, false],
    ['tomorrow, by days', days(7, 'player'), after, false],
    ['the season\'s first day, by games', games(1, 'player'), SEASON_START, true],
    ['the season before, by games', games(15, 'player'), LAST_SEASON, false],
    ['the date itself, by games', games(15, 'player'), DATE, false],
    ['the season\'s first day, by season', seasonSoFar('team'), SEASON_START, true],
    ['the season before, by season', seasonSoFar('team'), LAST_SEASON, false],
    ['the date itself, by season', seasonSoFar('team'), DATE, false],
    ['tomorrow, by season', seasonSoFar('team'), after, false],
  ])('on %s: %#', (_, reach, date, reached) => {
    expect(isStale(reading(reach), change(date))).toBe(reached);
  });

  it('not across the season\'s start, however many days are read', () => {
    const early = parseGameDate('2024-10-05');
    expect(findReachingChanges(reading(days(30, 'league')), early, run, [change(SEASON_START)])).toHaveLength(1);
    expect(findReachingChanges(reading(days(30, 'league')), early, run, [change(LAST_SEASON)])).toEqual([]);
  });

  it('only in a column that is read, or in one that says which row it is', () => {
    expect(isStale(reading(sameDate()), change(DATE, { columns: ['assists'] }))).toBe(false);
    expect(isStale(reading(sameDate()), change(DATE, { columns: ['assists', 'points'] }))).toBe(true);
    expect(isStale(reading(sameDate()), change(DATE, { columns: ['team_id'] }))).toBe(true);
  });

  it('when rows came or went, whatever is read', () => {
    expect(isStale(reading(sameDate()), change(DATE, { columns: null }))).toBe(true);
  });

  it('by the lookback that reads the column, not by another', () => {
    const processor = { ...toyForm, upstreams: { points: reads(toyPoints, blocks(sameDate(), ['points']), informs(days(7, 'player'), ['assists'])) } };
    expect(isStale(processor, change(before, { columns: ['points'] }))).toBe(false);
    expect(isStale(processor, change(before, { columns: ['assists'] }))).toBe(true);
  });

  it('of another table never', () => {
    expect(isStale(reading(sameDate()), change(DATE, { table: 'nba_raw.other' }))).toBe(false);
  });

  it('whose version was never read', () => {
    const unread = { ...run, inputVersions: new Map() };
    expect(findReachingChanges(reading(sameDate()), DATE, unread, [change(DATE, { version: 1 })])).toHaveLength(1);
  });
});

describe('properties of staleness', () => {
  const reach = fc.oneof(
    fc.constant(sameDate()),
    fc.integer({ min: 1, max: 30 }).map((n) => games(n, 'player')),
    fc.integer({ min: 1, max: 40 }).map((n) => days(n, 'team')),
    fc.constant(seasonSoFar('league')),
  );
  const nearby = fc.integer({ min: -150, max: 30 }).map((n) => addDays(DATE, n));
  const columns = fc.option(fc.subarray(['points', 'assists', 'team_id'], { minLength: 1 }), { nil: null });
  const changes = fc.array(fc.record({ table: fc.constant('nba_raw.toy_points'), date: nearby, version: fc.integer({ min: 1, max: 14 }), kind: fc.constant('rows' as const), columns, subjects: fc.constant([]) }));

  it('changes up to the version that was read never matter', () => {
    fc.assert(
      fc.property(fc.array(reach, { minLength: 1, maxLength: 3 }), changes, (reaches, all) => {
        const known = all.map((one) => ({ ...one, version: Math.min(one.version, 7) }));
        expect(isStale(reading(...reaches), ...known)).toBe(false);
      }),
    );
  });

  it('a unit is stale exactly when one newer change lies in the days of a lookback and in its columns', () => {
    const seasonStart = '2024-10-01';
    const inWindow = (one: Reach, changed: GameDate): boolean => {
      if (one.kind === 'same-date') return changed === DATE;
      const first = one.kind === 'days' ? [addDays(DATE, -one.count), seasonStart].sort()[1] as string : seasonStart;
      return first <= changed && changed < DATE;
    };
    fc.assert(
      fc.property(fc.array(reach, { minLength: 1, maxLength: 3 }), changes, (reaches, all) => {
        const matters = all.some(
          (one) => one.version > 7 && (!one.columns || one.columns.includes('points') || one.columns.includes('team_id')) && reaches.some((each) => inWindow(each, one.date)),
        );
        expect(isStale(reading(...reaches), ...all)).toBe(matters);
      }),
    );
  });
});
