import { rawLakeContract } from '@nba/testing';
import { CloudStorageLake } from './index';

const host = process.env['STORAGE_EMULATOR_HOST'];
const PATH = 'nba-com/schedule/2024-25/20250127_060000.json';
const NOW = new Date('2025-01-28T00:00:00Z');

let buckets = 0;
async function freshBucket(): Promise<string> {
  const name = `nba-lake-${process.pid}-${(buckets += 1)}`;
  await fetch(`${host}/storage/v1/b?project=nba`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ name }) });
  return name;
}

(host ? describe : describe.skip)(`Cloud Storage, emulated${host ? '' : ' (skipped: STORAGE_EMULATOR_HOST is not set; npm run emulated sets it)'}`, () => {
  rawLakeContract('A lake in a bucket', async () => new CloudStorageLake({ bucket: await freshBucket() }));
  rawLakeContract('A lake in a folder of a bucket', async () => new CloudStorageLake({ bucket: await freshBucket(), prefix: 'raw/lake' }));

  it('never overwrites a document: the first text stays, the same one again is no fault, another is refused', async () => {
    const lake = new CloudStorageLake({ bucket: await freshBucket() });
    await lake.write(PATH, '{"first":1}');
    await lake.write(PATH, '{"first":1}');
    await expect(lake.write(PATH, '{"second":2}')).rejects.toMatchObject({ code: 'INVALID_ARGUMENT', fields: { file: PATH } });
    const [ref] = await lake.list('schedule', NOW);
    expect(ref && (await lake.read(ref))).toBe('{"first":1}');
  });

  it('keeps lakes in one bucket apart', async () => {
    const bucket = await freshBucket();
    const [one, other] = [new CloudStorageLake({ bucket, prefix: 'one' }), new CloudStorageLake({ bucket, prefix: 'one-more' })];
    await other.write(PATH, '{}');
    expect(await one.list('schedule', NOW)).toEqual([]);
    expect(await other.list('schedule', NOW)).toHaveLength(1);
  });

  it('lists more than a page', async () => {
    const lake = new CloudStorageLake({ bucket: await freshBucket() });
    const stamps = Array.from({ length: 1005 }, (_, i) => `20250101_00${String(Math.floor(i / 60)).padStart(2, '0')}${String(i % 60).padStart(2, '0')}`);
    for (let i = 0; i < stamps.length; i += 50) await Promise.all(stamps.slice(i, i + 50).map((stamp) => lake.write(`nba-com/schedule/2024-25/${stamp}.json`, '{}')));
    expect((await lake.list('schedule', NOW)).map(({ stamp }) => stamp)).toEqual(stamps);
  });

  it.each(['list', 'read', 'write'] as const)('says that there is no such bucket: %s', async (act) => {
    const lake = new CloudStorageLake({ bucket: 'nba-lake-that-nobody-made' });
    const ref = { path: PATH, kind: 'schedule', partition: '2024-25', stamp: '20250127_060000' } as Parameters<typeof lake.read>[0];
    const acts = { list: () => lake.list('schedule', NOW), read: () => lake.read(ref), write: () => lake.write(PATH, '{}') };
    await expect(acts[act]()).rejects.toMatchObject({ code: 'LAKE_UNREADABLE', message: expect.stringContaining('nba-lake-that-nobody-made') });
  });
});
