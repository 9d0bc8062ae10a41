import { type CostEstimate, DEFAULT_GAME_TYPES, type GameDate, type Statement, addDays, parseGameDate } from '@nba/kernel';
import { toyForm, toyPoints, toyTiers } from '../toy-processors.fixture';
import { planCost } from './plan-cost';

const SETTINGS = { gameTypes: DEFAULT_GAME_TYPES };
const FIRST = parseGameDate('2024-10-22');
const day = (n: number): GameDate => addDays(FIRST, n);

describe('planCost', () => {
  const asked: Statement[] = [];
  /** A thousand bytes for each day of the range, billed twice, a dollar a byte billed. */
  const byDays = async (statement: Statement): Promise<CostEstimate> => {
    asked.push(statement);
    const bytes = 1000 * (1 + (Date.parse(String(statement.parameters['to'])) - Date.parse(String(statement.parameters['from']))) / 86_400_000);
    return { bytesProcessed: bytes, bytesBilled: 2 * bytes, usd: 2 * bytes };
  };
  beforeEach(() => asked.splice(0));

  it('adds up what the queries read over their ranges; documents are loaded for nothing', async () => {
    const statements = [{ processor: toyPoints, dates: [day(0)] }, { processor: toyForm, dates: [day(0), day(1), day(4)] }, { processor: toyTiers, dates: [day(9)] }];
    expect(await planCost(statements, { estimateCost: byDays }, SETTINGS)).toEqual({ bytesProcessed: 6000, bytesBilled: 12_000, usd: 12_000, asked: 2, queries: 2 });
    expect(asked.map(({ parameters }) => [parameters['from'], parameters['to'], parameters['season_start']])).toEqual([[day(0), day(4), '2024-10-01'], [day(9), day(9), '2024-10-01']]);
    expect(asked[0]?.text).toContain('toy_points');
  });

  it('asks about five of many alike, from the first to the last, and lets each stand for its share', async () => {
    const statements = Array.from({ length: 101 }, (_, i) => ({ processor: toyForm, dates: [day(i)] }));
    expect(await planCost(statements, { estimateCost: byDays }, SETTINGS)).toEqual({ bytesProcessed: 101_000, bytesBilled: 202_000, usd: expect.closeTo(202_000, 6), asked: 5, queries: 101 });
    expect(asked.map(({ parameters }) => parameters['from'])).toEqual([0, 25, 50, 75, 100].map(day));
  });

  it('is not known where nothing is billed, nor of nothing', async () => {
    expect(await planCost([{ processor: toyForm, dates: [day(0)] }], { estimateCost: async () => null }, SETTINGS)).toBeNull();
    expect(await planCost([{ processor: toyPoints, dates: [day(0)] }], { estimateCost: byDays }, SETTINGS)).toBeNull();
    expect(asked).toEqual([]);
  });
});
