import { days, games, sameDate, seasonSoFar, sql, type Reach } from '@nba/kernel';
import { blocks, defineProcessor, reads } from './processor';
import { relationColumns, renderQuery, renderRelation, renderSpine } from './relation';
import { toyForm, toyPoints, toySchedule } from '../toy-processors.fixture';

const settings = { gameTypes: ['regular-season'] as const };
const FROM = 'CAST(@from AS DATE)';
const TO = 'CAST(@to AS DATE)';
const SEASON_START = 'CAST(@season_start AS DATE)';
const DAY_BEFORE = `DATE_SUB(${TO}, INTERVAL 1 DAY)`;

const boundsOf = (...reaches: Reach[]): string | undefined =>
  /game_date BETWEEN (.*)\)$/.exec(renderRelation(reads(toyPoints, ...reaches.map((reach) => blocks(reach, []))), settings).text)?.[1];

describe('renderRelation', () => {
  it.each<[string, Reach[], string]>([
    ['the same date', [sameDate()], `${FROM} AND ${TO}`],
    ['days before', [days(7, 'player')], `GREATEST(${SEASON_START}, DATE_SUB(${FROM}, INTERVAL 7 DAY)) AND ${DAY_BEFORE}`],
    ['days before, several', [days(7, 'player'), days(14, 'team')], `GREATEST(${SEASON_START}, DATE_SUB(${FROM}, INTERVAL 14 DAY)) AND ${DAY_BEFORE}`],
    ['days before and the date', [days(3, 'team'), sameDate()], `GREATEST(${SEASON_START}, DATE_SUB(${FROM}, INTERVAL 3 DAY)) AND ${TO}`],
    ['games before', [games(15, 'player')], `${SEASON_START} AND ${DAY_BEFORE}`],
    ['games before and the date', [sameDate(), games(15, 'player')], `${SEASON_START} AND ${TO}`],
    ['the season so far', [seasonSoFar('league')], `${SEASON_START} AND ${DAY_BEFORE}`],
    ['the season so far and days', [days(30, 'league'), seasonSoFar('team')], `${SEASON_START} AND ${DAY_BEFORE}`],
  ])('is bounded by %s', (_, reaches, bounds) => {
    expect(boundsOf(...reaches)).toBe(bounds);
  });

  it('shows declared columns and those that say which row it is, in the order of the table', () => {
    const upstream = reads(toyPoints, blocks(sameDate(), ['points']), blocks(games(1, 'player'), ['points']));
    expect(relationColumns(upstream)).toEqual(['game_id', 'game_date', 'season', 'team_id', 'player_id', 'points']);
    expect(renderRelation(upstream, settings).text).toMatch(/^\(SELECT game_id, game_date, season, team_id, player_id, points FROM nba_raw\.toy_points WHERE /);
  });

  it('applies what the upstream shows to its readers only', () => {
    const choosy = { ...toySchedule, readable: () => sql`game_type IN ('regular-season')` };
    expect(renderRelation(reads(choosy, blocks(sameDate(), [])), settings).text).toBe(
      `(SELECT game_id, game_date, season FROM nba_raw.nbac_schedule WHERE game_date BETWEEN ${FROM} AND ${TO} AND game_type IN ('regular-season'))`,
    );
  });
});

describe('a processor\'s SQL', () => {
  const plain = defineProcessor({
    phase: 3, table: toyForm.table, games: 'final',
    upstreams: { points: reads(toyPoints, blocks(sameDate(), [])) },
    spine: ({ from, inRange }) => sql`SELECT game_id FROM ${from.points} AS p WHERE ${inRange('p.game_date')}`,
    query: ({ spine, inRange }) => sql`SELECT * FROM ${spine} AS s WHERE ${inRange('game_date')}`,
  });
  const points = `(SELECT game_id, game_date, season, team_id, player_id FROM nba_raw.toy_points WHERE game_date BETWEEN ${FROM} AND ${TO})`;
  const spine = `SELECT game_id FROM ${points} AS p WHERE p.game_date BETWEEN ${FROM} AND ${TO}`;

  it('has the spine over its relations', () => {
    expect(renderSpine(plain, settings).text).toBe(spine);
  });

  it('has the query with the spine in brackets', () => {
    expect(renderQuery(plain, settings).text).toBe(`SELECT * FROM (${spine}) AS s WHERE game_date BETWEEN ${FROM} AND ${TO}`);
  });

  it('is no query for a processor of documents', () => {
    expect(() => renderQuery(toyPoints, settings)).toThrow('nba_raw.toy_points is made from documents, not by a query');
  });
});
