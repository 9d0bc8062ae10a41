import { parseGameDate, parseSeason } from '@nba/kernel';
import { parseScope } from '@nba/schedule';
import { scopeOfPlan } from './scope-of-plan';

const PLANNED = parseScope({ season: ['2021-22', '2022-23', '2024-25'].map((season) => parseSeason(season)) });
const named = { processor: 'P', phase: 3, table: 'nba_analytics.p' } as const;

describe('what of a scope a plan is about', () => {
  it('is the seasons in which something runs or waits, from end to end', () => {
    const statements = [{ ...named, units: [{ date: parseGameDate('2025-01-26'), kind: 'missing' as const, reason: 'missing' }] }];
    const waiting = [{ ...named, season: parseSeason('2021-22'), dates: [parseGameDate('2021-12-25')], waitingFor: [parseGameDate('2021-12-23')] }];
    expect(scopeOfPlan({ statements, waiting }, PLANNED)).toMatchObject({
      seasons: ['2021-22', '2024-25'], ranges: [{ from: '2021-10-01', to: '2022-09-30' }, { from: '2024-10-01', to: '2025-09-30' }],
    });
  });

  it('is no season when there is nothing to do', () => {
    expect(scopeOfPlan({ statements: [], waiting: [] }, PLANNED)).toMatchObject({ seasons: [], ranges: [] });
  });
});
