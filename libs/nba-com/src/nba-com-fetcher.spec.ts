import { parseGameDate, parseSeason, type DocumentKind } from '@nba/kernel';
import { FixedClock, MemoryLake } from '@nba/testing';
import { D1, D2, D3, G1, G2, G3, GAMES, SEASON, linesOf, logAnswer, scheduleAnswer, type Line } from './league.fixture';
import { NbaComClient } from './nba-com-client';
import { NbaComFetcher } from './nba-com-fetcher';
import { cutOff, hangUp, says, silence, startNbaComServer, type Answer, type NbaComServer } from './nba-com-server.fixture';
import type { FetchOptions, FetchProgress, SeasonFetch } from './season-fetch';

const season = parseSeason(SEASON);
const NOW = '2023-11-01T06:00:00Z';
const STAMP = '20231101_060000';
/** A second later: the clock of the tests goes on when it is slept by, and only then. */
const LATER = '20231101_060001';

describe('fetching a season', () => {
  let server: NbaComServer;
  let clock: FixedClock;
  let lake: MemoryLake;
  beforeEach(async () => {
    clock = new FixedClock(NOW);
    lake = new MemoryLake();
    server = await startNbaComServer(clock);
  });
  afterEach(() => server.close());

  const fetchIt = (options: FetchOptions = {}, timeoutMs = 10_000): Promise<SeasonFetch> =>
    new NbaComFetcher(lake, new NbaComClient(clock, { baseUrl: server.baseUrl, intervalMs: 0, attempts: 2, timeoutMs, random: () => 0 }), clock).fetchSeason(season, options);
  const nextMorning = () => clock.set('2023-11-02T06:00:00Z');
  const paths = async (kind: DocumentKind): Promise<string[]> => (await lake.list(kind, new Date('2030-01-01T00:00:00Z'))).map(({ path }) => path.slice('nba-com/'.length));
  const all = async () => [...(await paths('schedule')), ...(await paths('player-boxscores')), ...(await paths('team-boxscores'))];
  const changes = ({ documents }: SeasonFetch) => documents.map(({ kind, partition, change }) => `${kind} ${partition} ${change}`);
  const rowsOf = async (kind: 'player-boxscores' | 'team-boxscores', path: string) => {
    const ref = (await lake.list(kind, new Date('2030-01-01T00:00:00Z'))).find((one) => one.path === `nba-com/${path}`);
    if (!ref) throw new Error(`${path} is not in the lake`);
    return (JSON.parse(await lake.read(ref)) as { resultSets: [{ rowSet: unknown[][] }] }).resultSets[0].rowSet;
  };

  it('asks three times, and stores the schedule and one document a date, for players and for teams', async () => {
    const result = await fetchIt();
    expect(server.arrived.map(({ endpoint, query }) => `${endpoint} ${query['Season']} ${query['PlayerOrTeam'] ?? ''}`.trim())).toEqual(['scheduleleaguev2 2023-24', 'leaguegamelog 2023-24 P', 'leaguegamelog 2023-24 T']);
    expect(await all()).toEqual([
      `schedule/2023-24/${STAMP}.json`,
      `player-boxscores/${D1}/${STAMP}.json`, `player-boxscores/${D2}/${STAMP}.json`, `team-boxscores/${D1}/${STAMP}.json`, `team-boxscores/${D2}/${STAMP}.json`,
    ]);
    expect(changes(result)).toEqual(['schedule 2023-24 new', `player-boxscores ${D1} new`, `player-boxscores ${D2} new`, `team-boxscores ${D1} new`, `team-boxscores ${D2} new`]);
    expect(result).toMatchObject({ season, missing: [], faults: [], interrupted: false, requests: 3 });
    expect(result.bytesReceived).toBeGreaterThan(result.bytesWritten / 2);
    expect(await rowsOf('player-boxscores', `player-boxscores/${D1}/${STAMP}.json`)).toHaveLength(8);
    expect(await rowsOf('team-boxscores', `team-boxscores/${D2}/${STAMP}.json`)).toHaveLength(2);
  });

  it('writes nothing the second time, however the answer is ordered', async () => {
    await fetchIt();
    const before = await all();
    nextMorning();
    server.next(says(200, scheduleAnswer(GAMES, SEASON, 'another time')), says(200, logAnswer([...linesOf('player-boxscores', GAMES)].reverse(), 'player-boxscores')));
    const again = await fetchIt();
    expect(await all()).toEqual(before);
    expect(new Set(again.documents.map(({ change }) => change))).toEqual(new Set(['unchanged']));
    expect(again.bytesWritten).toBe(0);
  });

  it('writes the dates that have come or changed, and no other', async () => {
    await fetchIt();
    nextMorning();
    server.league([G1, { ...G2, points: [89, 120] }, G3, { id: '0022300004', date: D3, points: [80, 90] }]);
    expect(changes(await fetchIt())).toEqual([
      'schedule 2023-24 changed',
      ...['player-boxscores', 'team-boxscores'].flatMap((kind) => [`${kind} ${D1} changed`, `${kind} ${D2} unchanged`, `${kind} ${D3} new`]),
    ]);
    expect(await paths('player-boxscores')).toEqual([`${D1}/${STAMP}`, `${D1}/20231102_060000`, `${D2}/${STAMP}`, `${D3}/20231102_060000`].map((name) => `player-boxscores/${name}.json`));
  });

  it('stores a game that is being played as it is, and later as it was in the end', async () => {
    server.league([G1, { ...G2, points: [40, 51] }], [G1, { ...G2, status: 2 }]);
    expect((await fetchIt()).missing).toEqual([]);
    nextMorning();
    server.league([G1, G2]);
    expect(changes(await fetchIt()).slice(1)).toEqual([`player-boxscores ${D1} changed`, `team-boxscores ${D1} changed`]);
  });

  it('keeps what an answer leaves out, and says so: the older document has it', async () => {
    await fetchIt();
    nextMorning();
    server.league([G1, G3], GAMES);
    const result = await fetchIt();
    expect(changes(result).slice(1, 3)).toEqual([`player-boxscores ${D1} kept`, `player-boxscores ${D2} unchanged`]);
    expect(result.documents[1]).toMatchObject({ vanished: [G2.id] });
    expect(result.missing).toEqual([]);
    expect(await paths('player-boxscores')).toHaveLength(2);

    server.league([G1], GAMES);
    expect((await fetchIt()).documents.filter(({ kind }) => kind === 'team-boxscores')).toMatchObject([{ partition: D1, change: 'kept', vanished: [G2.id] }, { partition: D2, change: 'kept', vanished: [G3.id] }]);
  });

  it('writes a date anew that a game has left for another one', async () => {
    await fetchIt();
    nextMorning();
    server.league([G1, { ...G2, date: D3 }, G3]);
    expect(changes(await fetchIt()).slice(1, 4)).toEqual([`player-boxscores ${D1} changed`, `player-boxscores ${D2} unchanged`, `player-boxscores ${D3} new`]);
    expect(await rowsOf('player-boxscores', `player-boxscores/${D1}/20231102_060000.json`)).toHaveLength(4);
    clock.set('2023-11-03T06:00:00Z');
    expect(new Set((await fetchIt()).documents.map(({ change }) => change))).toEqual(new Set(['unchanged']));
  });

  it('names the games that are final by the schedule, and neither in the answer nor in the lake', async () => {
    server.league([G1, G2], GAMES);
    expect((await fetchIt()).missing).toEqual(['player-boxscores', 'team-boxscores'].map((kind) => ({ kind, gameId: G3.id, date: D2 })));
    nextMorning();
    server.league([G1, G2], [G1, G2, { ...G3, status: 1 }]);
    lake = new MemoryLake();
    expect((await fetchIt()).missing).toEqual([]);
  });

  it('names a final game of which one team only has come, until some document has both', async () => {
    const schedule = says(200, scheduleAnswer(GAMES));
    const half = linesOf('player-boxscores', GAMES).filter((line, n) => line['GAME_ID'] !== G3.id || n % 4 < 2);
    const answers = () => [schedule, says(200, logAnswer(half, 'player-boxscores'))];
    server.next(...answers());
    expect((await fetchIt()).missing).toEqual([{ kind: 'player-boxscores', gameId: G3.id, date: D2 }]);
    nextMorning();
    expect((await fetchIt()).missing).toEqual([]);
    nextMorning();
    server.next(...answers());
    expect((await fetchIt()).missing).toEqual([]);
  });

  it('asks for the dates from one on, and writes no earlier one even if it comes', async () => {
    const since = parseGameDate(D2);
    await fetchIt({ since });
    expect(server.arrived.map(({ query }) => query['DateFrom'])).toEqual([undefined, '10/25/2023', '10/25/2023']);
    expect(await paths('team-boxscores')).toEqual([`team-boxscores/${D2}/${STAMP}.json`]);
    server.next(says(200, scheduleAnswer(GAMES)), says(200, logAnswer(linesOf('player-boxscores', GAMES), 'player-boxscores')));
    const again = await fetchIt({ since });
    expect(changes(again)).toEqual(['schedule 2023-24 unchanged', `player-boxscores ${D2} unchanged`, `team-boxscores ${D2} unchanged`]);
    expect(again.missing).toEqual([]);
  });

  it('asks for each type of games, and stores each of their games once', async () => {
    const cupFinal = { id: '0062300001', date: D1, points: [123, 109] as const };
    const playoff = { id: '0042300101', date: '2024-04-20', points: [95, 94] as const };
    server.league([...GAMES, cupFinal, playoff]);
    const gameTypes = ['regular-season', 'cup-final', 'playoffs', 'play-in'] as const;
    const result = await fetchIt({ gameTypes });
    expect(server.arrived.map(({ query }) => query['SeasonType'])).toEqual([undefined, ...[1, 2].flatMap(() => ['Regular Season', 'IST', 'Playoffs', 'PlayIn'])]);
    expect(result).toMatchObject({ faults: [], missing: [] });
    // On one date there are games of two types: two documents, the second a second later. That second has gone by for the players already.
    expect(await paths('team-boxscores')).toEqual([`${D1}/${LATER}`, `${D1}/20231101_060002`, `${D2}/${LATER}`, '2024-04-20/20231101_060002'].map((name) => `team-boxscores/${name}.json`));
    nextMorning();
    expect(new Set((await fetchIt({ gameTypes })).documents.map(({ change }) => change))).toEqual(new Set(['unchanged']));
    expect((await fetchIt()).documents.every(({ change }) => change === 'unchanged')).toBe(true);
  });

  it('refuses game types that nobody counts before it asks for anything', async () => {
    await expect(fetchIt({ gameTypes: ['preseason'] })).rejects.toMatchObject({ code: 'INVALID_ARGUMENT' });
    expect(server.arrived).toEqual([]);
  });

  it('waits for the next second rather than write over a document', async () => {
    await fetchIt();
    server.league([G1, { ...G2, points: [1, 2] }, G3]);
    await fetchIt();
    expect(await paths('team-boxscores')).toEqual([`${D1}/${STAMP}`, `${D1}/${LATER}`, `${D2}/${STAMP}`].map((name) => `team-boxscores/${name}.json`));
  });

  it('writes beside a newest document that nobody can read', async () => {
    await fetchIt();
    await lake.write(`nba-com/team-boxscores/${D2}/20231101_070000.json`, '{"resultSets":[');
    await lake.write('nba-com/schedule/2023-24/20231101_070000.json', 'half a docu');
    nextMorning();
    expect(changes(await fetchIt()).filter((change) => change.endsWith('changed') && !change.endsWith('unchanged'))).toEqual(['schedule 2023-24 changed', `team-boxscores ${D2} changed`]);
  });

  it('keeps the schedule when an answer no longer lists games that were played', async () => {
    await fetchIt();
    nextMorning();
    server.league(GAMES, [G1, G2]);
    const result = await fetchIt();
    expect(result.faults).toMatchObject([{ code: 'SOURCE_ANSWER_INVALID', message: expect.stringContaining(`no longer lists games that have been played: ${G3.id}`) }]);
    expect(await paths('schedule')).toEqual([`schedule/2023-24/${STAMP}.json`]);
    expect(result.documents).toHaveLength(4);
  });

  it('keeps the schedule when an answer takes back that games were played: a stale cache', async () => {
    await fetchIt();
    nextMorning();
    server.league(GAMES, [G1, { ...G2, status: 1, points: [0, 0] }, { ...G3, status: 2 }]);
    const result = await fetchIt();
    expect(result.faults).toMatchObject([{ code: 'SOURCE_ANSWER_INVALID', message: expect.stringContaining(`lists games as not final that have been played: ${G2.id}, ${G3.id}`) }]);
    expect(result.faults[0]?.fields.next).toContain('as nba-com/schedule/2023-24/');
    expect(await paths('schedule')).toEqual([`schedule/2023-24/${STAMP}.json`]);
  });

  describe('from a place that misbehaves', () => {
    const schedule = says(200, scheduleAnswer(GAMES));
    const players = (lines: readonly Line[], inSeason = SEASON) => says(200, logAnswer(lines, 'player-boxscores', inSeason));
    const short = logAnswer(linesOf('player-boxscores', GAMES), 'player-boxscores') as { resultSets: [{ rowSet: unknown[][] }] };
    short.resultSets[0].rowSet[3]?.pop();

    it.each<[string, Answer, RegExp]>([
      ['a page instead of JSON', says(200, '<!DOCTYPE html><html>Please stand by'), /page for a browser: "<!DOCTYPE html>/],
      ['403', says(403, 'Access Denied'), /answered 403 "Access Denied"/],
      ['an unknown shape', says(200, { resultSet: {} }), /another shape than is known: resultSets must be/],
      ['rows that do not fit the headers', says(200, short), /rowSet\[3\] must be a list of/],
      ['another season', players([], '2022-23'), /parameters\.Season is "2022-23"/],
      ['no row, though games are final', players([]), /lists no game, though 3 are final by the schedule/],
      ['one bad row', players(linesOf('player-boxscores', GAMES).map((line, n) => (n === 11 ? { ...line, PTS: 'many' } : line))), /rowSet\[11\]\.PTS must be/],
    ])('%s: nothing of that answer is stored, it is not asked for again, and the others are', async (_name, answer, said) => {
      server.next(schedule, answer);
      const result = await fetchIt();
      expect(result.faults).toMatchObject([{ code: 'SOURCE_ANSWER_INVALID', message: expect.stringMatching(said) }]);
      for (const part of ['player box scores of 2023-24', `${server.baseUrl}/leaguegamelog?`, 'Nothing of it was stored', 'Next: ']) expect(result.faults[0]?.message).toContain(part);
      expect([(await paths('schedule')).length, (await paths('player-boxscores')).length, (await paths('team-boxscores')).length]).toEqual([1, 0, 2]);
      expect(server.arrived).toHaveLength(3);
    });

    it.each<[string, Answer, number]>([['429', says(429), 10_000], ['503', says(503), 10_000], ['silence', silence, 500], ['resets', hangUp, 10_000], ['cut-off bodies', cutOff, 10_000]])(
      '%s to the end: what was stored before stays, nothing of that answer is stored, and nothing more is asked', async (_name, answer, timeoutMs) => {
        server.next(schedule, answer, answer);
        const result = await fetchIt({}, timeoutMs);
        expect(result.faults).toMatchObject([{ code: 'SOURCE_UNAVAILABLE' }]);
        expect(await all()).toEqual([`schedule/2023-24/${STAMP}.json`]);
        expect(server.arrived).toHaveLength(3);
        expect((await fetchIt()).faults).toEqual([]);
        expect(await all()).toHaveLength(5);
      },
    );

    it.each<[string, Answer]>([['429', says(429)], ['503', says(503)], ['a reset', hangUp], ['a cut-off body', cutOff]])('%s once: the same is stored as without', async (_name, answer) => {
      server.next(answer, schedule, answer);
      expect(await fetchIt()).toMatchObject({ faults: [], missing: [], requests: 5 });
      expect(await all()).toHaveLength(5);
    });

    it('a lake that fails: its fault comes through', async () => {
      jest.spyOn(lake, 'write').mockRejectedValue(new Error('the disk is full'));
      await expect(fetchIt()).rejects.toThrow('the disk is full');
    });
  });

  it('ends soon when it is interrupted, and goes on the next time', async () => {
    const interruption = new AbortController();
    const onProgress = (progress: FetchProgress) => {
      if (progress.kind === 'storing' && progress.what === 'player box scores') interruption.abort('SIGINT');
    };
    const result = await fetchIt({ signal: interruption.signal, onProgress });
    expect(result).toMatchObject({ interrupted: true, faults: [], missing: [] });
    expect(server.arrived).toHaveLength(2);
    expect(await paths('team-boxscores')).toEqual([]);
    expect(await fetchIt()).toMatchObject({ interrupted: false });
    expect(await all()).toHaveLength(5);
  });

  it('tells what it is about: every question, every wait, and how far the storing is', async () => {
    const told: FetchProgress[] = [];
    server.next(says(503));
    await fetchIt({ onProgress: (progress) => told.push(progress) });
    expect(told.map(({ kind, what }) => `${kind} ${what}`)).toEqual([
      'asking the schedule', 'waiting the schedule', 'asking player box scores', 'storing player box scores', 'asking team box scores', 'storing team box scores',
    ]);
    expect(told[1]).toMatchObject({ season, attempt: 1, attempts: 2, problem: 'it answered 503 nothing' });
    expect(told[3]).toMatchObject({ done: 2, total: 2 });
  });
});
