import { type Row, type Warehouse, column, defineTable } from '@nba/kernel';
import { checkInvariants } from '@nba/completeness';
import { memoryWarehouse } from '@nba/testing';
import { ANALYTICS_INVARIANTS } from './analytics-invariants';

const summary = defineTable({
  dataset: 'nba_analytics', name: 'player_game_summary', description: 'What the invariants read', key: ['game_id', 'player_name'],
  columns: {
    game_id: column.text('Game'), game_date: column.date('Date'), player_name: column.text('Name'),
    seconds_played: column.integer('Seconds'), usage_rate: column.float('Usage'),
  },
});
const RANGE = { from: '2025-01-01', to: '2025-01-31' } as never;
const row = (usage: number | null, date = '2025-01-26', name = 'Somebody'): Row => ({
  game_id: '0022400645', game_date: date, player_name: name, seconds_played: 60, usage_rate: usage,
});

describe('the invariants of Phase 3', () => {
  let warehouse: Warehouse;

  beforeAll(async () => {
    warehouse = await memoryWarehouse([summary]);
  });
  afterAll(() => warehouse.close());

  async function violations(...rows: Row[]) {
    await warehouse.query('DELETE FROM nba_analytics.player_game_summary WHERE TRUE');
    await warehouse.append(summary, rows);
    return checkInvariants(warehouse, ANALYTICS_INVARIANTS, RANGE);
  }

  it('hold for rates from 0 to 100 and for one that is not known', async () => {
    expect(await violations(row(0), row(31.4), row(100), row(null))).toEqual([]);
  });

  it('fail a negative usage rate', async () => {
    expect(await violations(row(31.4), row(-0.1, '2025-01-27', 'Else'))).toEqual([
      { invariant: 'usage-rate-is-not-negative', severity: 'fails', date: '2025-01-27', gameId: '0022400645', who: 'Else', detail: 'usage rate -0.1 in 60 seconds' },
    ]);
  });

  it('report a usage rate above 100 and change nothing', async () => {
    expect(await violations(row(31.4), row(150.5))).toEqual([
      { invariant: 'usage-rate-is-at-most-100', severity: 'reports', date: '2025-01-26', gameId: '0022400645', who: 'Somebody', detail: 'usage rate 150.5 in 60 seconds' },
    ]);
  });

  it('look at the range only', async () => {
    expect(await violations(row(-1, '2024-12-31'), row(200, '2025-02-01'))).toEqual([]);
  });
});
