import type { GameDate, RootCause } from '@nba/kernel';
import fc from 'fast-check';
import { type Named, type ProblemUnit, type Problems, type UnitName, findRootCauses, nameOf } from './root-causes';

const [PLAYERS, TEAMS, SUMMARY, CACHE] = ['NbacPlayerBoxscoreProcessor', 'NbacTeamBoxscoreProcessor', 'PlayerGameSummaryProcessor', 'PlayerDailyCacheProcessor'] as const;
const PROCESSORS: ReadonlyMap<string, Named> = new Map([
  [PLAYERS, { phase: 2, table: 'nba_raw.nbac_player_boxscore' }], [TEAMS, { phase: 2, table: 'nba_raw.nbac_team_boxscore' }],
  [SUMMARY, { phase: 3, table: 'nba_analytics.player_game_summary' }], [CACHE, { phase: 4, table: 'nba_precompute.player_daily_cache' }],
]);
const on = (day: number, month = '01'): GameDate => `2025-${month}-${String(day).padStart(2, '0')}` as GameDate;
const name = (processor: string, date: GameDate): UnitName => ({ processor, date });

function problem(processor: string, date: GameDate, over: Partial<ProblemUnit> = {}): ProblemUnit {
  const { phase, table } = PROCESSORS.get(processor) as Named;
  return { processor, phase, table, date, status: 'failed', runId: 'run', errorCode: 'DOCUMENT_MISSING', errors: null, blockedBy: [], ...over };
}

const blocked = (processor: string, date: GameDate, ...blockedBy: UnitName[]): ProblemUnit =>
  problem(processor, date, { status: 'blocked', errorCode: 'UPSTREAM_FAILURE', errors: 'waits', blockedBy });

const causesOf = (units: readonly ProblemUnit[], gaps: readonly UnitName[] = []): RootCause[] => findRootCauses({ units, gaps, processors: PROCESSORS });

describe('findRootCauses', () => {
  it('finds nothing where nothing is wrong', () => {
    expect(causesOf([])).toEqual([]);
    expect(causesOf([], [name(PLAYERS, on(26))])).toEqual([]);
  });

  it('tells a chain of waiting once, by what failed at its end, with everything that it holds up', () => {
    const failed = problem(PLAYERS, on(26), { errors: '2025-01-26: no document' });
    const summary = blocked(SUMMARY, on(26), name(PLAYERS, on(26)));
    const cache = blocked(CACHE, on(28), name(SUMMARY, on(26)));
    const cause: RootCause = {
      key: `${PLAYERS} DOCUMENT_MISSING`,
      title: 'Analytics BLOCKED: Upstream Failure — NbacPlayerBoxscoreProcessor failed for 2025-01-26',
      dates: [on(26)],
      heldUp: [{ processor: CACHE, dates: [on(28)] }, { processor: SUMMARY, dates: [on(26)] }],
      errors: ['2025-01-26: no document'],
      resolution: 'nx run backfill:phase2 --dates=2025-01-26',
    };
    expect(causesOf([failed, summary, cache])).toEqual([cause]);
    expect(causesOf([cache, summary, failed])).toEqual([cause]);
  });

  it('tells a date that lacks rows, though nothing is recorded of it, as a gap', () => {
    expect(causesOf([blocked(SUMMARY, on(18, '11'), name(PLAYERS, on(15, '11')))], [name(PLAYERS, on(15, '11'))])).toEqual([{
      key: `${PLAYERS} DATA_GAPS`,
      title: 'Analytics BLOCKED: Data Gaps — 1 missing date in nba_raw.nbac_player_boxscore: 2025-11-15',
      dates: [on(15, '11')], heldUp: [{ processor: SUMMARY, dates: [on(18, '11')] }], errors: [], resolution: 'nx run backfill:phase2 --dates=2025-11-15',
    }]);
  });

  it('counts several missing dates', () => {
    const gaps = [name(PLAYERS, on(17)), name(PLAYERS, on(15))];
    expect(causesOf([blocked(SUMMARY, on(18), ...gaps)], gaps)).toMatchObject([{
      title: 'Analytics BLOCKED: Data Gaps — 2 missing dates in nba_raw.nbac_player_boxscore: 2025-01-15, 2025-01-17', dates: [on(15), on(17)],
    }]);
  });

  it('makes one cause of two dates that went wrong alike, and says each error once', () => {
    const causes = causesOf([problem(PLAYERS, on(27), { errors: 'late' }), problem(PLAYERS, on(26), { errors: 'late' }), problem(PLAYERS, on(28), { errors: 'later' })]);
    expect(causes).toMatchObject([{
      title: 'Raw FAILED: NbacPlayerBoxscoreProcessor failed for 2025-01-26, 2025-01-27, 2025-01-28', dates: [on(26), on(27), on(28)], heldUp: [],
      errors: ['late', 'later'], resolution: 'nx run backfill:phase2 --dates=2025-01-26,2025-01-27,2025-01-28',
    }]);
  });

  it('tells what went wrong for different reasons, or at different processors, apart', () => {
    expect(causesOf([problem(PLAYERS, on(26)), problem(PLAYERS, on(27), { errorCode: 'DOCUMENT_INVALID' }), problem(TEAMS, on(26))]).map(({ key }) => key).sort()).toEqual([
      `${PLAYERS} DOCUMENT_INVALID`, `${PLAYERS} DOCUMENT_MISSING`, `${TEAMS} DOCUMENT_MISSING`,
    ]);
  });

  it('says nothing of a unit that waits for what has been repaired meanwhile', () => {
    expect(causesOf([blocked(SUMMARY, on(26), name(PLAYERS, on(26))), blocked(CACHE, on(28), name(SUMMARY, on(26)))])).toEqual([]);
  });

  it('leaves out of what a unit waits for the part that has been repaired', () => {
    const causes = causesOf([problem(TEAMS, on(26)), blocked(SUMMARY, on(26), name(PLAYERS, on(26)), name(TEAMS, on(26)))]);
    expect(causes.map(({ key, heldUp }) => [key, heldUp])).toEqual([[`${TEAMS} DOCUMENT_MISSING`, [{ processor: SUMMARY, dates: [on(26)] }]]]);
  });

  it('names a unit under each of the causes that it waits for, in the order of the phases', () => {
    const units = [
      blocked(CACHE, on(28), name(SUMMARY, on(27)), name(PLAYERS, on(26))), problem(SUMMARY, on(27), { errorCode: 'WAREHOUSE_STATEMENT_FAILED' }), problem(PLAYERS, on(26)),
    ];
    expect(causesOf(units).map(({ title, heldUp, resolution }) => [title, heldUp, resolution])).toEqual([
      ['Precompute BLOCKED: Upstream Failure — NbacPlayerBoxscoreProcessor failed for 2025-01-26', [{ processor: CACHE, dates: [on(28)] }], 'nx run backfill:phase2 --dates=2025-01-26'],
      ['Precompute BLOCKED: Upstream Failure — PlayerGameSummaryProcessor failed for 2025-01-27', [{ processor: CACHE, dates: [on(28)] }], 'nx run backfill:phase3 --dates=2025-01-27'],
    ]);
  });

  it('takes a blocked unit that waits for no unit for a root: its guard could not look', () => {
    expect(causesOf([problem(SUMMARY, on(26), { status: 'blocked', errorCode: 'GUARD_FAILED', errors: 'no table' })])).toMatchObject([{
      key: `${SUMMARY} GUARD_FAILED`, title: 'Analytics FAILED: PlayerGameSummaryProcessor blocked for 2025-01-26', heldUp: [], errors: ['no table'], resolution: 'nx run backfill:phase3 --dates=2025-01-26',
    }]);
  });

  it.each([
    ['running', 'Raw FAILED: NbacPlayerBoxscoreProcessor died while running for 2025-01-26', `${PLAYERS} RUNNING`],
    ['partial', 'Raw FAILED: NbacPlayerBoxscoreProcessor partial for 2025-01-26', `${PLAYERS} PARTIAL`],
  ] as const)('has a word for a unit that is %s, and a key where no code is recorded', (status, title, key) => {
    expect(causesOf([problem(PLAYERS, on(26), { status, errorCode: null })])).toMatchObject([{ key, title }]);
  });

  it('names five dates in a title and counts the rest; the command names them all', () => {
    const six = [1, 2, 3, 4, 5, 6].map((day) => on(day));
    const five = six.slice(0, 5);
    expect(causesOf(six.map((date) => problem(PLAYERS, date)))).toMatchObject([{
      title: `Raw FAILED: NbacPlayerBoxscoreProcessor failed for ${five.join(', ')} and 1 more`, dates: six, resolution: `nx run backfill:phase2 --dates=${six.join(',')}`,
    }]);
    expect(causesOf(five.map((date) => problem(PLAYERS, date)))[0]?.title).toBe(`Raw FAILED: NbacPlayerBoxscoreProcessor failed for ${five.join(', ')}`);
  });

  describe('whatever waits for what', () => {
    const DAYS = [1, 2, 3].map((day) => on(day));
    const NAMES = [...PROCESSORS.keys()].flatMap((processor) => DAYS.map((date) => name(processor, date)));
    const unit = ({ processor, date }: UnitName) => fc.record({
      status: fc.constantFrom('failed' as const, 'partial' as const, 'running' as const, 'blocked' as const, 'blocked' as const, 'blocked' as const),
      errorCode: fc.constantFrom(null, 'A', 'B'), errors: fc.constantFrom(null, 'one', 'two'), blockedBy: fc.subarray(NAMES, { maxLength: 3 }),
    }).map((over) => problem(processor, date, { ...over, blockedBy: over.status === 'blocked' ? over.blockedBy : [] }));
    const all: fc.Arbitrary<Problems> = fc.shuffledSubarray(NAMES).chain((chosen) => fc.record({
      units: fc.tuple(...chosen.map(unit)), gaps: fc.subarray(NAMES.filter((one) => !chosen.includes(one))), processors: fc.constant(PROCESSORS),
    }));

    /** What every unit can reach by waiting, by adding what its neighbours reach until nothing is new. */
    function reachable(units: readonly ProblemUnit[]): Map<string, Set<string>> {
      const reach = new Map(units.map((one) => [nameOf(one), new Set([nameOf(one), ...one.blockedBy.map(nameOf)])]));
      for (let grown = true; grown;) {
        grown = false;
        for (const set of reach.values()) {
          const before = set.size;
          for (const next of [...set]) for (const further of reach.get(next) ?? []) set.add(further);
          grown ||= set.size > before;
        }
      }
      return reach;
    }

    it('has every unit under exactly its roots, and each cause once', () => {
      let [chains, several] = [0, 0];
      fc.assert(fc.property(all, (problems) => {
        const { units, gaps } = problems;
        const keys = new Map([
          ...units.filter((one) => one.blockedBy.length === 0).map((one) => [nameOf(one), `${one.processor} ${one.errorCode ?? one.status.toUpperCase()}`] as const),
          ...gaps.map((gap) => [nameOf(gap), `${gap.processor} DATA_GAPS`] as const),
        ]);
        const reach = reachable(units);
        const expected = new Map<string, { dates: Set<string>; heldUp: Set<string> }>();
        for (const one of units) {
          const roots = [...(reach.get(nameOf(one)) ?? [])].filter((reached) => keys.has(reached));
          chains += roots.length;
          several += roots.length > 1 ? 1 : 0;
          for (const root of roots) {
            const key = keys.get(root) as string;
            const cause = expected.get(key) ?? { dates: new Set(), heldUp: new Set() };
            expected.set(key, cause);
            cause.dates.add(root.split(' ')[1] as string);
            if (root !== nameOf(one)) cause.heldUp.add(nameOf(one));
          }
        }
        const found = findRootCauses(problems);
        expect(found.map(({ key }) => key).sort()).toEqual([...expected.keys()].sort());
        for (const { key, dates, heldUp } of found) {
          expect(dates).toEqual([...(expected.get(key)?.dates ?? [])].sort());
          expect(heldUp.flatMap((held) => held.dates.map((date) => nameOf({ ...held, date }))).sort()).toEqual([...(expected.get(key)?.heldUp ?? [])].sort());
          expect(new Set(heldUp.map(({ processor }) => processor)).size).toBe(heldUp.length);
          for (const held of heldUp) expect(held.dates).toEqual([...held.dates].sort());
        }
        expect(findRootCauses({ ...problems, units: [...units].reverse(), gaps: [...gaps].reverse() }).map(({ key }) => key)).toEqual(found.map(({ key }) => key));
      }), { numRuns: 300 });
      expect(Math.min(chains, several)).toBeGreaterThan(100);
    });
  });
});
