import { createHash } from 'node:crypto';
import { generateLeague } from './generate-league';
import type { SampleDocument } from './sample-document';
import { groupBy, newest, number, rowsOf, type Row } from './sample-season.fixture';

function digest(documents: Iterable<SampleDocument>): string {
  const hash = createHash('sha256');
  for (const { path, text } of documents) hash.update(path).update(text);
  return hash.digest('hex');
}

const documents = [...generateLeague()];
const players = newest(documents, 'player').flatMap((document) => rowsOf(document, ['SEASON_ID', 'PLAYER_ID', 'PLAYER_NAME', 'TEAM_ID', 'MIN']));
const bySeasonAndPlayer = groupBy(players, (row) => `${row['SEASON_ID']}/${row['PLAYER_ID']}`);
const seasonsOf = (key: string): Row[] => bySeasonAndPlayer.get(key) ?? [];

describe('generateLeague', () => {
  it('writes four seasons by default: 652 dates with games, 4,920 games', () => {
    const teams = newest(documents, 'team');
    expect(teams).toHaveLength(652);
    expect(newest(documents, 'player')).toHaveLength(652);
    expect(teams.reduce((rows, document) => rows + rowsOf(document, []).length, 0)).toBe(2 * 4920);
    expect(players.length).toBeGreaterThan(95_000);
    expect(players.length).toBeLessThan(110_000);
  });

  it('gives every path once, in the layout of the lake', () => {
    const paths = documents.map(({ path }) => path);
    expect(new Set(paths).size).toBe(paths.length);
    expect(paths.filter((path) => !/^nba-com\/(schedule\/\d{4}-\d{2}|(player|team)-boxscores\/\d{4}-\d{2}-\d{2})\/\d{8}_\d{6}\.json$/.test(path))).toEqual([]);
  });

  it('gives the same bytes for the same seed, whether or not other seasons are asked for', () => {
    const alone = [...generateLeague({ seasons: ['2022-23'], seed: 2021 })];
    const paths = new Set(alone.map(({ path }) => path));
    expect(paths.size).toBeGreaterThan(2 * 164);
    expect(digest(alone)).toBe(digest(documents.filter(({ path }) => paths.has(path))));
  });

  it('gives other bytes for another seed', () => {
    const [first] = generateLeague({ seasons: ['2021-22'], seed: 2022 });
    expect(first?.path).toBe(documents[0]?.path);
    expect(first?.text).not.toBe(documents[0]?.text);
  });

  it('writes nothing when no season is asked for, and refuses what is none', () => {
    expect([...generateLeague({ seasons: [] })]).toEqual([]);
    expect(() => generateLeague({ seasons: ['2024'] }).next()).toThrow(RangeError);
  });
});

describe('its people', () => {
  it('have invented ids and unique names, some with diacritics', () => {
    const names = new Map(players.map((row) => [row['PLAYER_ID'], String(row['PLAYER_NAME'])]));
    expect([...names.keys()].every((id) => Number(id) > 9_000_000)).toBe(true);
    expect(new Set(names.values()).size).toBe(names.size);
    expect([...names.values()].filter((name) => /[^\x20-\x7e]/.test(name)).length).toBeGreaterThan(100);
  });

  it.each(['22021', '22022', '22023', '22024'])('are traded, hurt and busy in season %s', (season) => {
    const keys = [...bySeasonAndPlayer.keys()].filter((key) => key.startsWith(season));
    const teamsOf = (key: string): number => new Set(seasonsOf(key).map((row) => row['TEAM_ID'])).size;
    const gamesOf = (key: string): number => seasonsOf(key).length;
    expect(keys.length).toBeGreaterThan(450);
    expect(keys.filter((key) => teamsOf(key) >= 2).length).toBeGreaterThan(15);
    expect(keys.filter((key) => teamsOf(key) >= 3).length).toBeGreaterThan(0);
    expect(keys.filter((key) => gamesOf(key) === 83).length).toBeGreaterThan(0);
    expect(Math.max(...keys.map(gamesOf))).toBeLessThanOrEqual(85);
    const regulars = keys.filter((key) => seasonsOf(key).reduce((sum, row) => sum + number(row, 'MIN'), 0) / gamesOf(key) > 25);
    expect(regulars.filter((key) => gamesOf(key) < 65).length).toBeGreaterThan(20);
  });

  it('come and go over the years', () => {
    const idsOf = (season: string): Set<unknown> => new Set(players.filter((row) => row['SEASON_ID'] === season).map((row) => row['PLAYER_ID']));
    const [first, second, last] = [idsOf('22021'), idsOf('22022'), idsOf('22024')];
    const rookies = [...second].filter((id) => !first.has(id)).length;
    expect(rookies).toBeGreaterThan(40);
    expect(rookies).toBeLessThan(200);
    expect([...first].filter((id) => last.has(id)).length).toBeGreaterThan(200);
  });
});
