import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type GameDate, parseSeason } from '@nba/kernel';
import { type NbaComClient, NbaComFetcher } from '@nba/nba-com';
import { nbacPlayerBoxscore, nbacSchedule, nbacTeamBoxscore } from '@nba/processors-raw';
import { FixedClock, MemoryLake } from '@nba/testing';
import { D1, SEASON, tinyLake } from './tiny-lake.fixture';

const READERS = { schedule: nbacSchedule, 'player-boxscores': nbacPlayerBoxscore, 'team-boxscores': nbacTeamBoxscore } as const;
type Kind = keyof typeof READERS;

/** What a feed may say where it should say something else. */
const ODDITIES: readonly unknown[] = [
  undefined, null, '', 0, -0, -1, 1, 1.5, 6, 600, 601, 999, 1000, -999, -1000, 1e9, 1e21, true, false, [], {}, '7', '34:12', '34:60', '134:12', 'PT34M12.00S', 'TBD', ' TBD ', 'x\u0000y', 'Joki\uFFFD', 'x\uD800',
  '2019-10-22', '2019-10-22T00:00:00Z', '2019-10-22T24:00:00Z', '2019-10-22T23:30:00Z', '2019-02-30', '2019-13-01T00:00:00Z', '10/22/2019', '10/32/2019 00:00:00', '0021900001', '0091900001', '21900001', '22019', '22018',
];

interface GameLog {
  readonly resultSets: [{ readonly headers: string[]; readonly rowSet: unknown[][] }];
}
interface Schedule {
  readonly leagueSchedule: { readonly gameDates: { gameDate?: unknown; games: Record<string, unknown>[] }[] };
}

/** What Phase 2 says of a document that it refuses; nothing when it takes it. */
function refusal(kind: Kind, path: string, text: string): string | undefined {
  const [, , partition = '', file = ''] = path.split('/');
  const ref = { path, kind, partition: partition as GameDate, stamp: file.slice(0, -'.json'.length) };
  const { findings } = READERS[kind].interpret({ partition: ref.partition, documents: [{ ref, text }], schedule: [], settings: { gameTypes: ['regular-season'] } });
  return findings.find(({ code }) => code === 'DOCUMENT_INVALID')?.message;
}

describe('what fetch stores', () => {
  const folder = mkdtempSync(join(tmpdir(), 'nba-odd-'));
  const sound = tinyLake(folder);
  afterAll(() => rmSync(folder, { recursive: true }));
  const scheduleText = sound.text(`nba-com/schedule/${SEASON}/20191101_060000.json`);
  const logTexts = { 'player-boxscores': sound.text(sound.newest('player-boxscores', D1)), 'team-boxscores': sound.text(sound.newest('team-boxscores', D1)) };

  /** Fetches with one answer spoilt. @returns whether its part of the lake was written, and what Phase 2 refuses of it */
  async function fetched(spoilt: Kind, text: string): Promise<{ stored: boolean; refused: string | undefined }> {
    const answers: Readonly<Record<Kind, string>> = { schedule: scheduleText, ...logTexts, [spoilt]: text };
    const kindOf = (parameters: Readonly<Record<string, string>>): Kind => (parameters['PlayerOrTeam'] === 'P' ? 'player-boxscores' : parameters['PlayerOrTeam'] === 'T' ? 'team-boxscores' : 'schedule');
    // Answers without a network between: there are some thousands of them.
    const client = {
      requests: 0, bytes: 0,
      ask: async ({ parameters }: { parameters: Readonly<Record<string, string>> }) => {
        const own = answers[kindOf(parameters)];
        return { url: new URL('http://127.0.0.1/'), text: own, bytes: own.length, json: JSON.parse(own) as unknown };
      },
    } as unknown as NbaComClient;
    const lake = new MemoryLake();
    const clock = new FixedClock('2019-11-02T12:00:00Z');
    await new NbaComFetcher(lake, client, clock).fetchSeason(parseSeason(SEASON));
    const refs = await lake.list(spoilt, clock.now());
    const refusals = await Promise.all(refs.map(async (ref) => refusal(spoilt, ref.path, await lake.read(ref))));
    return { stored: refs.length > 0, refused: refusals.find((one) => one !== undefined) };
  }

  /** Every oddity at every place: what is stored is never refused, and something is stored, and something is not. */
  async function expectNoRefusal(kind: Kind, places: readonly string[], spoil: (place: string, oddity: unknown) => string): Promise<void> {
    const counts = { stored: 0, left: 0 };
    const refused: string[] = [];
    for (const place of places) {
      for (const oddity of ODDITIES) {
        const result = await fetched(kind, spoil(place, oddity));
        counts[result.stored ? 'stored' : 'left'] += 1;
        if (result.refused !== undefined) refused.push(`${place} = ${JSON.stringify(oddity)}: ${result.refused}`);
      }
    }
    expect(refused).toEqual([]);
    expect(Math.min(counts.stored, counts.left)).toBeGreaterThan(places.length);
  }

  // One header of each sort: the counting stats are all read alike.
  it.each([
    ['player-boxscores', ['SEASON_ID', 'PLAYER_ID', 'PLAYER_NAME', 'TEAM_ID', 'TEAM_ABBREVIATION', 'TEAM_NAME', 'GAME_ID', 'GAME_DATE', 'MATCHUP', 'MIN', 'PTS', 'PLUS_MINUS']],
    ['team-boxscores', ['TEAM_ID', 'TEAM_NAME', 'GAME_DATE', 'MIN', 'TOV', 'PLUS_MINUS']],
  ] as const)('is never refused by Phase 2, whatever stands in one value of the answer: %s', async (kind, columns) => {
    const { headers } = (JSON.parse(logTexts[kind]) as GameLog).resultSets[0];
    await expectNoRefusal(kind, columns, (header, oddity) => {
      const log = JSON.parse(logTexts[kind]) as GameLog;
      (log.resultSets[0].rowSet[1] as unknown[])[headers.indexOf(header)] = oddity;
      return JSON.stringify(log);
    });
  });

  it('is never refused by Phase 2, whatever stands in one value of the schedule', async () => {
    const [group] = (JSON.parse(scheduleText) as Schedule).leagueSchedule.gameDates;
    const game = group?.games[0] ?? {};
    const team = Object.keys(game['homeTeam'] as object).map((name) => `homeTeam.${name}`);
    await expectNoRefusal('schedule', ['gameDate', ...Object.keys(game).map((name) => `game.${name}`), ...team], (place, oddity) => {
      const schedule = JSON.parse(scheduleText) as Schedule;
      const own = schedule.leagueSchedule.gameDates[0];
      const first = own?.games[0] ?? {};
      const [owner, name = ''] = place.split('.');
      if (owner === 'gameDate') (own as { gameDate?: unknown }).gameDate = oddity;
      else ((owner === 'game' ? first : first['homeTeam']) as Record<string, unknown>)[name] = oddity;
      return JSON.stringify(schedule);
    });
  });
});
