import { type DateRange, type DocumentRef, type RawLake, parseGameDate } from '@nba/kernel';

const SCHEDULE = 'nba-com/schedule/2024-25/20250101_000000.json';
const boxScore = (date: string, stamp: string) => `nba-com/player-boxscores/${date}/${stamp}.json`;

/**
 * What every implementation of the RawLake port must do, as one jest suite.
 * @param create yields an empty lake
 */
export function rawLakeContract(name: string, create: () => RawLake | Promise<RawLake>): void {
  describe(`${name} keeps the RawLake contract`, () => {
    let lake: RawLake;
    const now = new Date('2025-01-27T06:00:00Z');
    beforeEach(async () => {
      lake = await create();
    });

    it('gives back the text of what was written', async () => {
      await lake.write(SCHEDULE, '{"name":"Jokić \\u0000"}\n');
      const [ref] = await lake.list('schedule', now);
      expect(ref).toEqual({ path: SCHEDULE, kind: 'schedule', partition: '2024-25', stamp: '20250101_000000' });
      expect(await lake.read(ref as DocumentRef)).toBe('{"name":"Jokić \\u0000"}\n');
    });

    it('lists one kind, by partition and then by stamp, in whatever order it was written', async () => {
      const paths = [boxScore('2025-01-25', '20250126_060000'), boxScore('2025-01-26', '20250126_230000'), boxScore('2025-01-26', '20250127_050000')];
      for (const path of [paths[2], SCHEDULE, paths[0], paths[1]] as string[]) await lake.write(path, '{}');
      expect((await lake.list('player-boxscores', now)).map((ref) => ref.path)).toEqual(paths);
    });

    it('knows nothing that is stamped later than asked for; the very second counts', async () => {
      for (const stamp of ['20250127_055959', '20250127_060000', '20250127_060001']) await lake.write(boxScore('2025-01-26', stamp), '{}');
      expect((await lake.list('player-boxscores', now)).map((ref) => ref.stamp)).toEqual(['20250127_055959', '20250127_060000']);
    });

    it('lists what is of interest: the dates from the first to the last, and the schedules of their seasons', async () => {
      const dates = ['2024-09-30', '2024-10-01', '2025-01-25', '2025-01-26'];
      for (const date of dates) await lake.write(boxScore(date, '20250127_050000'), '{}');
      for (const season of ['2023-24', '2024-25', '2025-26']) await lake.write(`nba-com/schedule/${season}/20250101_000000.json`, '{}');
      const listed = async (kind: 'schedule' | 'player-boxscores', from: string, to: string) => {
        const within: DateRange = { from: parseGameDate(from), to: parseGameDate(to) };
        return (await lake.list(kind, now, within)).map(({ partition }) => partition as string);
      };
      expect(await listed('player-boxscores', '2024-10-01', '2025-01-25')).toEqual(['2024-10-01', '2025-01-25']);
      expect(await listed('schedule', '2024-10-01', '2025-01-25')).toEqual(['2024-25']);
      expect(await listed('schedule', '2024-09-30', '2024-10-01')).toEqual(['2023-24', '2024-25']);
    });

    it('is empty for a kind of which there is nothing', async () => {
      await lake.write(SCHEDULE, '{}');
      expect(await lake.list('team-boxscores', now)).toEqual([]);
    });

    it('holds one of the texts written at once, whole, and of those that it has not refused', async () => {
      const written = ['a', 'b', 'c'].map((letter) => letter.repeat(200_000));
      // A lake may replace a document or keep the first one, but it tells whose text it did not take.
      const outcomes = await Promise.allSettled(written.map((text) => lake.write(SCHEDULE, text)));
      const texts = written.filter((_text, index) => outcomes[index]?.status === 'fulfilled');
      const refs = await lake.list('schedule', now);
      expect(refs).toHaveLength(1);
      expect(texts).toContain(await lake.read(refs[0] as DocumentRef));
    });

    it.each(['../outside.json', 'nba-com/../../outside.json', '/tmp/outside.json', 'nba-com\\..\\..\\outside.json', ''])('refuses to write %p', async (path) => {
      await expect(lake.write(path, '{}')).rejects.toMatchObject({ code: 'INVALID_ARGUMENT' });
    });

    it.each(['../outside.json', '/etc/hostname', boxScore('2025-01-26', '20250127_050000')])('cannot read %p, which is not in it', async (path) => {
      const ref: DocumentRef = { path, kind: 'schedule', partition: '2024-25' as DocumentRef['partition'], stamp: '20250101_000000' };
      await expect(lake.read(ref)).rejects.toMatchObject({ code: 'LAKE_UNREADABLE' });
    });
  });
}
