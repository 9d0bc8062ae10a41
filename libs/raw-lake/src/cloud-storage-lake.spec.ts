import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { DocumentRef } from '@nba/kernel';
import { CloudStorageLake } from './index';

const PATH = 'nba-com/schedule/2024-25/20250127_060000.json';
const REF: DocumentRef = { path: PATH, kind: 'schedule', partition: '2024-25' as DocumentRef['partition'], stamp: '20250127_060000' };
const NOW = new Date('2025-01-28T00:00:00Z');

describe('a lake in Cloud Storage', () => {
  let server: Server;
  let requests: string[];
  let answer: RequestListener;

  beforeEach(async () => {
    requests = [];
    server = createServer((request, response) => {
      requests.push(`${request.method} ${decodeURIComponent(request.url ?? '')}`);
      request.resume().on('end', () => answer(request, response));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterEach(() => new Promise((resolve) => {
    server.closeAllConnections();
    server.close(resolve);
  }));

  const lakeAt = (port = (server.address() as AddressInfo).port, prefix?: string) =>
    new CloudStorageLake({ bucket: 'nba-lake', prefix, client: { apiEndpoint: `http://127.0.0.1:${port}`, projectId: 'p', retryOptions: { autoRetry: false } } });
  const says = (status: number, body: unknown = { error: { code: status, message: `says ${status}` } }): RequestListener => (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };

  describe.each([
    [429, 'LAKE_UNAVAILABLE'], [500, 'LAKE_UNAVAILABLE'], [503, 'LAKE_UNAVAILABLE'], [408, 'LAKE_UNAVAILABLE'],
    [400, 'LAKE_UNREADABLE'], [401, 'LAKE_UNREADABLE'], [403, 'LAKE_UNREADABLE'], [404, 'LAKE_UNREADABLE'],
  ])('answered with %i', (status, code) => {
    beforeEach(() => (answer = says(status)));

    it.each([
      ['list', (lake: CloudStorageLake) => lake.list('schedule', NOW), 'nba-com/schedule/'],
      ['read', (lake: CloudStorageLake) => lake.read(REF), PATH],
      ['write', (lake: CloudStorageLake) => lake.write(PATH, '{}'), PATH],
    ])('%s says what to do about it', async (_name, act, file) => {
      await expect(act(lakeAt())).rejects.toMatchObject({ code, message: expect.stringContaining('gs://nba-lake'), fields: { file, next: expect.any(String) } });
    });
  });

  it('is unavailable when nobody answers, or the connection breaks', async () => {
    answer = (request) => request.socket.destroy();
    await expect(lakeAt().read(REF)).rejects.toMatchObject({ code: 'LAKE_UNAVAILABLE' });
    // Port 1 of the machine itself: nobody listens there.
    await expect(lakeAt(1).list('schedule', NOW)).rejects.toMatchObject({ code: 'LAKE_UNAVAILABLE' });
  });

  it('asks for one kind, page after page, and puts the pages together', async () => {
    const pages = [['2024-25/20250127_060000.json', '2024-25/20250101_060000.json'], ['2023-24/20240101_060000.json', '2024-25/20250201_060000.json']];
    answer = (request, response) => {
      const index = new URL(request.url ?? '', 'http://x').searchParams.get('pageToken') === 'second' ? 1 : 0;
      says(200, { items: (pages[index] as string[]).map((name) => ({ name: `raw/nba-com/schedule/${name}` })), ...(index === 0 && { nextPageToken: 'second' }) })(request, response);
    };
    expect((await lakeAt(undefined, '/raw/').list('schedule', NOW)).map(({ path }) => path)).toEqual([
      'nba-com/schedule/2023-24/20240101_060000.json', 'nba-com/schedule/2024-25/20250101_060000.json', 'nba-com/schedule/2024-25/20250127_060000.json',
    ]);
    expect(requests).toHaveLength(2);
    for (const request of requests) expect(request).toMatch(/^GET \/storage\/v1\/b\/nba-lake\/o\?.*prefix=raw\/nba-com\/schedule\//);
  });

  it.each([
    ['schedule', '2024-25/latest.json'], ['schedule', '2024-25/20250230_000000.json'], ['schedule', '2024-25/20250101_000000.json.gz'],
    ['schedule', '2024-25/deeper/20250101_000000.json'], ['schedule', '20250101_000000.json'], ['team-boxscores', '2025-02-30/20250101_000000.json'],
  ] as const)('of %s refuses %s rather than leave it out', async (kind, name) => {
    answer = says(200, { items: [{ name: `nba-com/${kind}/${name}` }] });
    await expect(lakeAt().list(kind, NOW)).rejects.toMatchObject({ code: 'LAKE_UNREADABLE', fields: { file: expect.stringContaining(`nba-com/${kind}/`) } });
  });

  it('ignores hidden and unfinished objects, and those that stand for a folder', async () => {
    const names = ['', '2024-25/', '.hidden/x', '2024-25/.x.json', '2024-25/20250101_000000.json.tmp'];
    answer = says(200, { items: names.map((name) => ({ name: `nba-com/schedule/${name}` })) });
    expect(await lakeAt().list('schedule', NOW)).toEqual([]);
  });

  it('takes its own document for written when the answer to the first request was lost, and refuses another one', async () => {
    answer = (request, response) => (request.method === 'POST' ? says(412)(request, response) : response.end('{"a":1}'));
    await lakeAt().write(PATH, '{"a":1}');
    expect(requests[0]).toMatch(/^POST .*ifGenerationMatch=0/);
    await expect(lakeAt().write(PATH, '{"a":2}')).rejects.toMatchObject({ code: 'INVALID_ARGUMENT', message: expect.stringContaining('another text') });
  });

  it.each(['../secret.json', 'nba-com/../../secret.json', '/etc/hostname', 'a\\b', '', 'nba-com//x.json', 'a\0b'])('asks nobody about a path that leaves the lake: %j', async (path) => {
    await expect(lakeAt().read({ ...REF, path })).rejects.toMatchObject({ code: 'LAKE_UNREADABLE', message: expect.stringContaining('leaves the lake') });
    await expect(lakeAt().write(path, '{}')).rejects.toMatchObject({ code: 'INVALID_ARGUMENT' });
    expect(requests).toEqual([]);
  });

  it.each([['', undefined], ['Nba', undefined], ['gs://nba', undefined], ['nba-lake', '../x'], ['nba-lake', 'a//b']])('refuses the place %j %j', (bucket, prefix) => {
    expect(() => new CloudStorageLake({ bucket, prefix })).toThrow(expect.objectContaining({ code: 'INVALID_ARGUMENT' }));
  });

  it.each([[undefined, 'gs://nba-lake'], ['', 'gs://nba-lake'], ['raw/lake/', 'gs://nba-lake/raw/lake']])('with the prefix %j is called %s', (prefix, location) => {
    expect(new CloudStorageLake({ bucket: 'nba-lake', prefix }).location).toBe(location);
  });
});
