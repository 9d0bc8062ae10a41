import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import files from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { DocumentRef, RawLake } from '@nba/kernel';
import { openFolderLake } from './index';

const NOW = new Date('2025-01-27T06:00:00Z');

describe('a lake in a folder', () => {
  let folder: string;
  let root: string;
  let lake: RawLake;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'nba-lake-'));
    root = join(folder, 'lake');
    mkdirSync(root);
    lake = openFolderLake(root);
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function put(path: string, text = '{}'): void {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  const refTo = (path: string): DocumentRef => ({ path, kind: 'schedule', partition: '2024-25' as DocumentRef['partition'], stamp: '20250127_060000' });

  describe('list', () => {
    it('ignores hidden and unfinished files', async () => {
      for (const path of ['2024-25/.20250101_000000.json', '2024-25/20250101_000000.json.tmp', '.DS_Store', '2024-25/20250101_000000.json']) put(`nba-com/schedule/${path}`);
      expect(await lake.list('schedule', NOW)).toHaveLength(1);
    });

    it.each([
      ['schedule', 'nba-com/schedule/2024-25/latest.json'],
      ['schedule', 'nba-com/schedule/2024-25/20250101_000000.json.gz'],
      ['schedule', 'nba-com/schedule/2024-25/20250230_000000.json'],
      ['schedule', 'nba-com/schedule/2024-25/20250101_240000.json'],
      ['schedule', 'nba-com/schedule/2024-25/20250101.json'],
      ['schedule', 'nba-com/schedule/2024-26/20250101_000000.json'],
      ['schedule', 'nba-com/schedule/20250101_000000.json'],
      ['team-boxscores', 'nba-com/team-boxscores/2025-02-30/20250101_000000.json'],
      ['team-boxscores', 'nba-com/team-boxscores/2024-25/20250101_000000.json'],
    ] as const)('of %s refuses %s rather than leave it out', async (kind, path) => {
      put(path);
      const fault = await lake.list(kind, NOW).catch((error: unknown) => error);
      expect(fault).toMatchObject({ code: 'LAKE_UNREADABLE', fields: { file: expect.stringMatching(/^nba-com/) } });
      expect(path.startsWith((fault as { fields: { file: string } }).fields.file)).toBe(true);
    });

    it('says what to do when there is no lake', async () => {
      const fault = await openFolderLake(join(folder, 'nowhere')).list('schedule', NOW).catch((error: unknown) => error);
      expect(fault).toMatchObject({ code: 'LAKE_UNREADABLE', fields: { next: expect.stringContaining('--lake') } });
      expect(String(fault)).toContain(join(folder, 'nowhere'));
    });

  });

  describe('read', () => {
    it.each(['nba-com/gone.json', 'nba-com'])('refuses %s', async (path) => {
      mkdirSync(join(root, 'nba-com'));
      await expect(lake.read(refTo(path))).rejects.toMatchObject({ code: 'LAKE_UNREADABLE', fields: { file: path } });
    });

    it.each(['../secret.json', 'nba-com/../../secret.json', '/etc/hostname', 'nba-com\\..\\..\\secret.json', 'C:/secret.json', '', 'nba-com//x.json', 'a\0b'])(
      'refuses to leave the lake: %j',
      async (path) => {
        writeFileSync(join(folder, 'secret.json'), 'secret');
        await expect(lake.read(refTo(path))).rejects.toMatchObject({ code: 'LAKE_UNREADABLE', message: expect.stringContaining('leaves the lake') });
      },
    );

    it('refuses to follow a link out of the lake, and follows one within', async () => {
      writeFileSync(join(folder, 'secret.json'), 'secret');
      put('nba-com/real.json', 'real');
      symlinkSync(join(folder, 'secret.json'), join(root, 'nba-com/out.json'));
      symlinkSync(folder, join(root, 'nba-com/outside'));
      symlinkSync(join(root, 'nba-com/real.json'), join(root, 'nba-com/within.json'));
      await expect(lake.read(refTo('nba-com/out.json'))).rejects.toMatchObject({ code: 'LAKE_UNREADABLE' });
      await expect(lake.read(refTo('nba-com/outside/secret.json'))).rejects.toMatchObject({ code: 'LAKE_UNREADABLE' });
      expect(await lake.read(refTo('nba-com/within.json'))).toBe('real');
    });

    it('works through a link to the lake itself, but not into a neighbour with a longer name', async () => {
      put('nba-com/real.json', 'real');
      mkdirSync(join(folder, 'lake-too'));
      writeFileSync(join(folder, 'lake-too/x.json'), 'secret');
      symlinkSync(root, join(folder, 'link'));
      symlinkSync(join(folder, 'lake-too'), join(root, 'nba-com/too'));
      expect(await openFolderLake(join(folder, 'link')).read(refTo('nba-com/real.json'))).toBe('real');
      await expect(lake.read(refTo('nba-com/too/x.json'))).rejects.toMatchObject({ code: 'LAKE_UNREADABLE' });
    });
  });

  describe('write', () => {
    const PATH = 'nba-com/schedule/2024-25/20250127_060000.json';

    it('stores a document that can be listed and read, and creates what is missing', async () => {
      const fresh = openFolderLake(join(folder, 'new/lake'));
      await fresh.write(PATH, '{"é":1}');
      expect(await fresh.list('schedule', NOW)).toEqual([refTo(PATH)]);
      expect(await fresh.read(refTo(PATH))).toBe('{"é":1}');
    });

    it('replaces a document whole, and leaves nothing else behind', async () => {
      await Promise.all(['a'.repeat(1_000_000), 'b'.repeat(1_000_000)].map((text) => lake.write(PATH, text)));
      expect(readFileSync(join(root, PATH), 'utf8')).toMatch(/^(a{1000000}|b{1000000})$/);
      expect(readdirSync(dirname(join(root, PATH)))).toEqual(['20250127_060000.json']);
    });

    it('leaves nothing behind when it fails', async () => {
      mkdirSync(join(root, PATH), { recursive: true });
      await expect(lake.write(PATH, '{}')).rejects.toThrow();
      expect(readdirSync(dirname(join(root, PATH)))).toEqual(['20250127_060000.json']);
    });

    it.each(['../escaped.json', 'nba-com/../../escaped.json', '/tmp/escaped.json', 'nba-com\\..\\..\\escaped.json', ''])('refuses to leave the lake: %j', async (path) => {
      await expect(lake.write(path, '{}')).rejects.toMatchObject({ code: 'INVALID_ARGUMENT' });
      expect(readdirSync(folder)).toEqual(['lake']);
    });

    it('refuses to leave through a link, also into folders yet to be made', async () => {
      mkdirSync(join(folder, 'outside'));
      symlinkSync(join(folder, 'outside'), join(root, 'nba-com'));
      await expect(lake.write(PATH, '{}')).rejects.toMatchObject({ code: 'INVALID_ARGUMENT' });
      expect(readdirSync(join(folder, 'outside'))).toEqual([]);
    });
  });

  it.each([['EMFILE', 'LAKE_UNAVAILABLE'], ['EIO', 'LAKE_UNAVAILABLE'], ['EACCES', 'LAKE_UNREADABLE']])('tells a document that is out of reach for a moment from one that is not to be read: %s', async (code, expected) => {
    put('nba-com/team-boxscores/2025-01-26/20250127_040000.json');
    const [ref] = await lake.list('team-boxscores', NOW);
    const reading = jest.spyOn(files, 'readFile').mockRejectedValueOnce(Object.assign(new Error(code), { code }));
    await expect(lake.read(ref as DocumentRef)).rejects.toMatchObject({ code: expected, message: expect.stringContaining('20250127_040000.json') });
    await expect(lake.read(ref as DocumentRef)).resolves.toBe('{}');
    reading.mockRestore();
  });
});
