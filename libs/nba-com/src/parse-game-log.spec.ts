import { parseSeason } from '@nba/kernel';
import { G1, GAMES, linesOf, logAnswer, type Line } from './league.fixture';
import { parseGameLog } from './parse-game-log';
import type { LogKind } from './season-request';

const season = parseSeason('2023-24');
const read = (json: unknown, kind: LogKind = 'player-boxscores') => parseGameLog(json, { kind, season, gameType: 'regular-season' });
const withRow = (change: Line, kind: LogKind = 'player-boxscores') => logAnswer(linesOf(kind, GAMES).map((line, n) => (n === 2 ? { ...line, ...change } : line)), kind);
const without = (header: string, kind: LogKind = 'player-boxscores') => logAnswer(linesOf(kind, GAMES).map(({ [header]: _gone, ...line }) => line), kind);

describe('an answer of leaguegamelog', () => {
  it.each<[LogKind, number]>([['player-boxscores', 12], ['team-boxscores', 6]])('is read row by row: %s', (kind, rows) => {
    const log = read(logAnswer(linesOf(kind, GAMES), kind), kind);
    expect(log.rows).toHaveLength(rows);
    expect([...new Set(log.rows.map((row) => `${log.dateOf(row)} ${log.gameIdOf(row)}`))]).toEqual(GAMES.map(({ id, date }) => `${date} ${id}`));
  });

  it('may have columns that nobody knows, values that are missing, and no row at all', () => {
    expect(read(withRow({ MIN: null, PTS: null, TEAM_ABBREVIATION: null, NEW_COLUMN: { deep: true }, PLUS_MINUS: null })).rows).toHaveLength(12);
    expect(read(withRow({ MIN: '34:12' })).rows).toHaveLength(12);
    expect(read(withRow({ PLUS_MINUS: -4.6 }, 'team-boxscores'), 'team-boxscores').rows).toHaveLength(6);
    expect(read(logAnswer([], 'player-boxscores')).rows).toEqual([]);
  });

  it('yields the games of the type that was asked for, by their ids', () => {
    const cupFinal = { ...G1, id: '0062300001' };
    const lines = linesOf('team-boxscores', [G1, cupFinal]);
    expect(read(logAnswer(lines), 'team-boxscores').rows).toHaveLength(2);
    const log = parseGameLog(logAnswer(lines), { kind: 'team-boxscores', season, gameType: 'cup-final' });
    expect(log.rows.map(log.gameIdOf)).toEqual(['0062300001', '0062300001']);
  });

  it.each<[string, unknown, RegExp]>([
    ['a message', { Message: 'An error has occurred.' }, /resultSets must be a list of one result set, and is missing in .*An error has occurred/],
    ['a list', [], /resultSets must be a list/],
    ['null', null, /resultSets must be a list/],
    ['no result set', { resultSets: [] }, /resultSets must be a list of one/],
    ['two result sets', { resultSets: [{}, {}] }, /resultSets must be a list of one/],
    ['no headers', { resultSets: [{ rowSet: [] }] }, /headers must be a list of names, and is missing/],
    ['headers that are no names', { resultSets: [{ headers: [1], rowSet: [] }] }, /headers must be a list of names/],
    ['no rows', { resultSets: [{ headers: Object.keys(linesOf('player-boxscores', [G1])[0] ?? {}), rowSet: null }] }, /rowSet must be a list of rows, and is null/],
    ['the season before', logAnswer(linesOf('player-boxscores', [G1]), 'player-boxscores', '2022-23'), /parameters.Season is "2022-23"/],
    ['a row of the season before', withRow({ SEASON_ID: '22022' }), /rowSet\[2\]\.SEASON_ID is "22022", of another season/],
    ['a date of the season before', withRow({ GAME_DATE: '2023-04-09' }), /rowSet\[2\]\.GAME_DATE is 2023-04-09, which is not in the season/],
    ['a date that does not exist', withRow({ GAME_DATE: '2024-02-30' }), /rowSet\[2\]\.GAME_DATE must be a date as "2025-01-26", and is "2024-02-30"/],
    ['a date in another form', withRow({ GAME_DATE: 'OCT 24, 2023' }), /GAME_DATE must be a date/],
    ['a game id as a number', withRow({ GAME_ID: 22300001 }), /GAME_ID must be a game id of ten digits, as text, and is 22300001/],
    ['a game of an unknown type', withRow({ GAME_ID: '0092300001' }), /GAME_ID is 0092300001: no game type is known/],
    ['a player without id', withRow({ PLAYER_ID: null }), /PLAYER_ID must be a positive whole number, and is null/],
    ['half a count', withRow({ AST: 1.5 }), /AST must be a whole number from 0 to 999, or null, and is 1\.5/],
    ['a count as text', withRow({ PTS: '12' }), /PTS must be a whole number/],
    ['a huge count', withRow({ REB: 1e9 }), /REB must be a whole number/],
    ['minutes of no known form', withRow({ MIN: 'DNP' }), /MIN must be minutes/],
    ['a name that was decoded wrongly', withRow({ PLAYER_NAME: 'Joki\uFFFD' }), /PLAYER_NAME must be readable text/],
  ])('is refused as a whole, with the field and what stands there: %s', (_name, json, says) => {
    expect(() => read(json)).toThrow(says);
  });

  it.each(['SEASON_ID', 'GAME_ID', 'GAME_DATE', 'TEAM_ID', 'PLAYER_ID', 'PLAYER_NAME', 'MIN', 'PTS', 'PLUS_MINUS', 'TOV'])('is refused without the header %s', (header) => {
    expect(() => read(without(header))).toThrow(`headers lack ${header}`);
  });

  it('is refused when rows and headers differ in length, or a header stands twice', () => {
    const short = withRow({}) as { resultSets: [{ headers: string[]; rowSet: unknown[][] }] };
    short.resultSets[0].rowSet[7]?.pop();
    expect(() => read(short)).toThrow(/rowSet\[7\] must be a list of \d+ values/);
    const long = withRow({}) as typeof short;
    long.resultSets[0].rowSet[0]?.push(1);
    expect(() => read(long)).toThrow(/rowSet\[0\] must be a list/);
    const twice = withRow({}) as typeof short;
    twice.resultSets[0].headers[twice.resultSets[0].headers.indexOf('VIDEO_AVAILABLE')] = 'PTS';
    expect(() => read(twice)).toThrow('hold PTS twice');
  });

  it('is refused when it holds players, though teams were asked for, and the other way round', () => {
    expect(() => read(logAnswer(linesOf('player-boxscores', GAMES), 'player-boxscores'), 'team-boxscores')).toThrow('hold PLAYER_ID, though teams were asked for');
    expect(() => read(logAnswer(linesOf('team-boxscores', GAMES)))).toThrow('lack PLAYER_ID');
  });
});
