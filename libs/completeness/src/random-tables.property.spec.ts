import fc from 'fast-check';
import { type GameDate, type Row, type Warehouse, addDays, column, defineTable } from '@nba/kernel';
import { memoryWarehouse } from '@nba/testing';
import { CompletenessChecker } from './completeness-checker';
import { countDays } from './compare-days';
import { calendarDays, expectedBy, scheduledGames } from './expected';
import { type EntityWindow, days, games, seasonSoFar } from './entity-window';
import { game, players, schedule, store, teams, together } from './raw-tables.fixture';

const columns = { game_date: column.date('Date'), game_id: column.text('Game'), team_id: column.integer('Team'), player_id: column.integer('Player') };
const stored = defineTable({ dataset: 'shop', name: 'stored', description: 'Under check', key: ['game_id', 'team_id', 'player_id'], columns });
const wanted = defineTable({ dataset: 'shop', name: 'wanted', description: 'Expected', key: ['game_id', 'team_id', 'player_id'], columns });
const day = (n: number): GameDate => addDays('2024-11-01' as GameDate, n);
const keyOf = (row: Row) => `${row['game_date']} ${row['game_id']} ${row['team_id']}`;
const sorted = (keys: Iterable<string>) => [...new Set(keys)].sort();
const RUNS = { numRuns: 40 };

/** Rows of few days, games and teams, so that they meet, and often more than once. */
const rows = fc.array(
  fc.record({ game_date: fc.integer({ min: 0, max: 6 }).map(day), game_id: fc.constantFrom('A', 'B'), team_id: fc.integer({ min: 1, max: 3 }), player_id: fc.integer({ min: 1, max: 2 }) }),
  { maxLength: 25 },
);

describe('random tables', () => {
  let warehouse: Warehouse;

  beforeAll(async () => {
    warehouse = await memoryWarehouse([schedule, players, teams, stored, wanted]);
  });
  afterAll(() => warehouse.close());

  async function fill(table: typeof stored, content: readonly Row[]) {
    await warehouse.query(`DELETE FROM shop.${table.name} WHERE TRUE`);
    if (content.length > 0) await warehouse.append(table, content);
  }

  it('lack, hold too much, and hold twice what sets of their keys say', async () => {
    await fc.assert(
      fc.asyncProperty(rows, rows, fc.nat(3), fc.nat(6), fc.double({ min: 0, max: 1, noNaN: true }), async (have, need, first, length, threshold) => {
        await fill(stored, have);
        await fill(wanted, need);
        const [startDate, endDate] = [day(first), day(first + length)];
        const expected = expectedBy({ query: 'SELECT * FROM shop.wanted WHERE game_date BETWEEN CAST(@from AS DATE) AND CAST(@to AS DATE)', key: ['game_id', 'team_id'] });
        const report = await new CompletenessChecker(warehouse).checkDateRange({ table: 'shop.stored', startDate, endDate, expected, rowKey: ['game_id', 'team_id'], threshold });

        const within = (list: readonly Row[]) => list.filter((row) => String(row['game_date']) >= startDate && String(row['game_date']) <= endDate).map(keyOf);
        const [haveKeys, needKeys] = [within(have), within(need)];
        const told = (kind: string) => report.gaps.filter((gap) => gap.kind === kind).map(({ date, gameId, teamId }) => `${date} ${gameId} ${teamId}`);
        expect(told('missing').sort()).toEqual(sorted(needKeys.filter((key) => !haveKeys.includes(key))));
        expect(told('unexpected').sort()).toEqual(sorted(haveKeys.filter((key) => !needKeys.includes(key))));
        expect(told('duplicate').sort()).toEqual(sorted(haveKeys.filter((key, i) => haveKeys.indexOf(key) !== i)));
        expect(report.gaps.map(({ date }) => date)).toEqual(report.gaps.map(({ date }) => date).sort());

        const dates = sorted(needKeys.map((key) => key.slice(0, 10)));
        const byDate = dates.map((date) => {
          const ofDate = sorted(needKeys.filter((key) => key.startsWith(date)));
          const present = ofDate.filter((key) => haveKeys.includes(key)).length;
          return { date, expected: ofDate.length, present, fraction: present / ofDate.length, meetsThreshold: present / ofDate.length >= threshold };
        });
        const [all, there] = [byDate.reduce((sum, one) => sum + one.expected, 0), byDate.reduce((sum, one) => sum + one.present, 0)];
        const wrong = new Set(report.gaps.map(({ date }) => date as string));
        expect(report).toMatchObject({
          byDate, coverage: { expected: all, present: there, fraction: all === 0 ? 1 : there / all },
          hasGaps: report.gaps.length > 0, gapCount: wrong.size, dates: { expected: dates.length, present: dates.filter((date) => !wrong.has(date)).length },
          missingDates: dates.filter((date) => !haveKeys.some((key) => key.startsWith(date))),
          meetsThreshold: (all === 0 || there / all >= threshold) && byDate.every((date) => date.meetsThreshold),
        });
        expect(sorted([...report.missingDates, ...report.incompleteDates])).toEqual(sorted(wrong));
        expect(sorted(needKeys.map((key) => key.slice(0, 12)))).toHaveLength(report.games.expected);
        expect(report.games.expected - report.games.present).toBe(sorted(told('missing').map((key) => key.slice(0, 12))).length);
      }),
      RUNS,
    );
  });

  it('against a calendar: present and missing rows are what is expected, whatever is stored', () => {
    const counted = fc.array(fc.tuple(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 1, max: 9 })), { maxLength: 15 });
    fc.assert(
      fc.property(counted, fc.uniqueArray(fc.integer({ min: 0, max: 20 })), fc.integer({ min: 1, max: 6 }), (have, expectedDays, minRows) => {
        const byDay = new Map(have.map(([n, rowCount]) => [day(n), rowCount]));
        const { counts, gaps } = countDays(byDay, expectedDays.map(day), minRows);
        expect(counts.map(({ date }) => date)).toEqual(expectedDays.map(day));
        for (const n of Array.from({ length: 21 }, (_, i) => i)) {
          const [has, needs] = [byDay.get(day(n)) ?? 0, expectedDays.includes(n) ? minRows : 0];
          const kind = needs > has ? 'missing' : needs === 0 && has > 0 ? 'unexpected' : undefined;
          expect(gaps.filter(({ date }) => date === day(n))).toEqual(kind ? [{ kind, date: day(n), rows: kind === 'missing' ? needs - has : has }] : []);
        }
      }),
    );
  });

  it('against a calendar and against a query that yields the same days: alike', async () => {
    await fc.assert(
      fc.asyncProperty(rows, fc.uniqueArray(fc.integer({ min: 0, max: 6 }), { maxLength: 5 }), async (have, off) => {
        await fill(stored, have);
        await fill(wanted, [0, 1, 2, 3, 4, 5, 6].filter((n) => !off.includes(n)).map((n) => ({ game_date: day(n), game_id: 'A', team_id: 1, player_id: 1 })));
        const check = { table: 'shop.stored', startDate: day(0), endDate: day(6) };
        const checker = new CompletenessChecker(warehouse);
        const [calendar, query] = [
          await checker.checkDateRange({ ...check, expected: calendarDays({ except: off.map(day) }) }),
          await checker.checkDateRange({ ...check, expected: expectedBy({ query: 'SELECT game_date FROM shop.wanted', key: [] }) }),
        ];
        const bare = ({ gaps, ...report }: typeof calendar) => ({ ...report, gaps: gaps.map(({ kind, date }) => ({ kind, date })) });
        expect(bare(calendar)).toEqual(bare(query));
      }),
      RUNS,
    );
  });

  describe('of a random league', () => {
    /** On every day some of three pairings of six teams, played or not; who of its two players appears; which rows the table has. */
    const slate = fc.array(fc.record({ on: fc.integer({ min: 0, max: 13 }), home: fc.integer({ min: 1, max: 6 }), away: fc.integer({ min: 1, max: 6 }), isPlayed: fc.boolean() }), { minLength: 1, maxLength: 14 });
    const leagues = slate.map((all) => all.filter(({ home, away }) => home !== away).map((one, i) => ({ ...one, gameId: `00224000${String(i + 10)}` })));
    const windows = fc.oneof<fc.Arbitrary<EntityWindow>[]>(fc.integer({ min: 1, max: 4 }).map(games), fc.integer({ min: 1, max: 9 }).map(days), fc.constant(seasonSoFar()));
    const sieve = fc.array(fc.boolean(), { minLength: 64, maxLength: 64 });

    it('teams and players lack what loops over all games say, and the schedule says the same of teams', async () => {
      await fc.assert(
        fc.asyncProperty(leagues, windows, fc.integer({ min: 0, max: 15 }), sieve, sieve, async (league, window, asOfDay, appears, keeps) => {
          fc.pre(league.length > 0);
          const all = together(...league.map(({ gameId, on, home, away, isPlayed }) => game(gameId, day(on), home, away, { status: isPlayed ? 3 : 1 })));
          // At least one player of each team appears, or nobody would know that the team has played.
          const appeared = all.players.filter((row, i) => Number(row['player_id']) % 10 === 1 || appears[i % 64]);
          const kept = appeared.filter((_, i) => keeps[i % 64]);
          await store(warehouse, { ...all, players: appeared });
          await fill(stored, kept.map((row) => Object.fromEntries(Object.keys(columns).map((name) => [name, row[name] ?? null]))));
          const asOf = day(asOfDay);

          for (const entity of ['team', 'player'] as const) {
            const report = await new CompletenessChecker(warehouse).checkEntities({ table: 'shop.stored', entity, window, asOf });
            const id = `${entity}_id`;
            const source = entity === 'team' ? all.teams : appeared;
            const ids = sorted(entity === 'team' ? league.flatMap(({ home, away }) => [`${home}`, `${away}`]) : appeared.filter((row) => String(row['game_date']) < asOf).map((row) => `${row[id]}`));
            expect(report.entities.map((one) => one.id).sort((a, b) => a - b)).toEqual(ids.map(Number).sort((a, b) => a - b));
            for (const one of report.entities) {
              const before = sorted(source.filter((row) => row[id] === one.id && String(row['game_date']) < asOf).map((row) => `${row['game_date']} ${row['game_id']}`));
              const held = window.kind === 'games' ? before.slice(-window.count) : window.kind === 'days' ? before.filter((key) => key.slice(0, 10) >= addDays(asOf, -window.count)) : before;
              const has = (key: string) => kept.some((row) => row[id] === one.id && `${row['game_date']} ${row['game_id']}` === key);
              const keys = (list: readonly { date: string; gameId: string }[]) => list.map(({ date, gameId }) => `${date} ${gameId}`);
              expect(keys(one.expected)).toEqual(held);
              expect(keys(one.missing)).toEqual(held.filter((key) => !has(key)));
              expect(keys(one.present)).toEqual(held.filter(has));
              expect(one).toMatchObject({ unknown: [], meetsThreshold: held.every(has) });
            }
          }

          const range = { table: 'shop.stored', startDate: day(0), endDate: day(13), expected: scheduledGames() };
          const whole = await new CompletenessChecker(warehouse).checkDateRange(range);
          const soFar = await new CompletenessChecker(warehouse).checkEntities({ table: 'shop.stored', entity: 'team', window: seasonSoFar(), asOf: day(14) });
          expect(soFar.coverage).toEqual(whole.coverage);
        }),
        { numRuns: 25 },
      );
    }, 120_000);
  });
});
