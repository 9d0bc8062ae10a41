import { parseGameDate, parseSeason, seasonSpan } from '@nba/kernel';
import { MemoryLake } from '@nba/testing';
import { LakeIndex, sourceDocuments } from './lake-index';

const SEASON = seasonSpan(parseSeason('2024-25'));
const DATE = parseGameDate('2025-01-26');
const path = (stamp: string): string => `nba-com/player-boxscores/${DATE}/${stamp}.json`;

describe('LakeIndex', () => {
  const lake = new MemoryLake({ [path('20250128_060000')]: [], [path('20250127_060000')]: [], [path('20250129_060000')]: [] });

  it('has the versions of a partition, oldest first, and none that is stamped later than now', async () => {
    const refs = await new LakeIndex(lake, new Date('2025-01-28T12:00:00Z'), SEASON).documents('player-boxscores', DATE);
    expect(refs.map(({ stamp }) => stamp)).toEqual(['20250127_060000', '20250128_060000']);
    expect(sourceDocuments(refs)).toBe(`${path('20250127_060000')},${path('20250128_060000')}`);
  });

  it('lists each kind once', async () => {
    const list = jest.spyOn(lake, 'list');
    const index = new LakeIndex(lake, new Date('2025-01-28T12:00:00Z'), SEASON);
    await Promise.all([index.documents('player-boxscores', DATE), index.documents('player-boxscores', DATE), index.documents('team-boxscores', DATE)]);
    expect(list.mock.calls.map(([kind]) => kind)).toEqual(['player-boxscores', 'team-boxscores']);
  });

  it('has no documents for a partition that the lake does not know', async () => {
    const refs = await new LakeIndex(lake, new Date('2025-01-28T12:00:00Z'), SEASON).documents('player-boxscores', parseGameDate('2025-02-01'));
    expect(refs).toEqual([]);
    expect(sourceDocuments(refs)).toBeNull();
  });
});
