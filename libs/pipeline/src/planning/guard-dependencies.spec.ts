import { DependencyGuard } from '@nba/dependency-guard';
import { D3, D5, ToyLeague, linesOn } from '../toy-league.fixture';
import { toyForm, toyTiers } from '../toy-processors.fixture';
import { guardDependencies } from './guard-dependencies';

describe('guardDependencies', () => {
  it('has one entry for each lookback of the declaration, in the words of the guard', () => {
    const points = { upstreamProcessorName: 'ToyPointsProcessor', upstreamTable: 'nba_raw.toy_points', effect: 'blocks', games: 'final', dateColumn: 'game_date', teamColumn: 'team_id', phase: 2 };
    expect(guardDependencies(toyForm)).toEqual([
      { ...points, lookback: { kind: 'same-date', per: 'game' } },
      { ...points, lookback: { kind: 'games', count: 2, per: 'player' } },
    ]);
  });

  it('leaves the schedule out, and says what only informs', () => {
    expect(guardDependencies(toyTiers).map(({ upstreamTable, effect }) => `${upstreamTable} ${effect}`)).toEqual(['nba_analytics.toy_form blocks', 'nba_analytics.toy_form informs']);
  });

  it('lets the guard alone say what the planner says, and can be written over', async () => {
    const league = await ToyLeague.open();
    await league.scrape(D3, 'no JSON');
    await league.run({ phases: [2] });
    const guard = new DependencyGuard(league.warehouse, { gameTypes: ['regular-season'] });
    const check = (dependencies: ReturnType<typeof guardDependencies>) => guard.check({ date: D5, dependencies });
    const planned = await league.run({ phases: [3], skipDownstreamTrigger: true }, { date: D5 });
    expect(planned.phases[0]?.outcomes[0]?.reasons).toMatchObject([{ kind: 'upstream-failure', missingDates: [D3] }]);
    expect(await check(guardDependencies(toyForm))).toMatchObject({ kind: 'blocked', reasons: [{ kind: 'upstream-failure', missingDates: [D3] }] });
    // Of the two games before the 28th, the 24th is the hole.
    const shorter = guardDependencies(toyForm).map((one) => ({ ...one, lookback: { games: 1 } }));
    expect((await check(shorter)).kind).toBe('clear');
    await league.scrape(D3, linesOn(D3));
    await league.run({ phases: [2] });
    expect((await check(guardDependencies(toyForm))).kind).toBe('clear');
    await league.close();
  });
});
