import { MemoryLake } from './memory-lake';
import { rawLakeContract } from './raw-lake-contract';

rawLakeContract('MemoryLake', () => new MemoryLake());

describe('MemoryLake', () => {
  it('is filled with objects, and forgets what is removed', async () => {
    const path = 'nba-com/schedule/2024-25/20250101_000000.json';
    const lake = new MemoryLake({ [path]: { games: 1 } });
    const [ref] = await lake.list('schedule', new Date('2025-02-01T00:00:00Z'));
    expect(ref && (await lake.read(ref))).toBe('{"games":1}');
    lake.remove(path);
    expect(await lake.list('schedule', new Date('2025-02-01T00:00:00Z'))).toEqual([]);
  });
});
