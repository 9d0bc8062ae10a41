import { parseGameDate, parseSeason } from '@nba/kernel';
import fc from 'fast-check';
import { D1, D2, D3, linesOf, logAnswer, type Line } from './league.fixture';
import { parseGameLog } from './parse-game-log';
import { gameLogQuestion } from './season-request';
import { documentText, splitByDate } from './split-by-date';

const SEASON = parseSeason('2023-24');
const EXPECTED = { kind: 'player-boxscores', season: SEASON, gameType: 'regular-season' } as const;
const DATES = [D1, D2, '2023-10-26', D3, '2023-12-25', '2024-04-14'];

/** Rows in any order, dates mixed, some of them twice. */
const anyRows = fc.array(fc.record({ date: fc.constantFrom(...DATES), game: fc.integer({ min: 1, max: 40 }), player: fc.integer({ min: 1, max: 9 }), points: fc.integer({ min: 0, max: 40 }) }), { maxLength: 60 });
const [MODEL] = linesOf('player-boxscores', [{ id: '0022300001', date: D1, points: [4, 4] }]) as [Line];
const lineOf = ({ date, game, player, points }: { date: string; game: number; player: number; points: number }): Line =>
  ({ ...MODEL, GAME_DATE: date, GAME_ID: `00223${String(game).padStart(5, '0')}`, PLAYER_ID: player, PTS: points });

describe('a season split by date', () => {
  it('has every row once, under its own date, in the order in which it came', () => {
    fc.assert(fc.property(anyRows, (rows) => {
      const answer = logAnswer(rows.map(lineOf), 'player-boxscores') as { resultSets: [{ headers: string[]; rowSet: unknown[][] }] };
      const log = parseGameLog(answer, EXPECTED);
      const documents = splitByDate(log).map((part) => JSON.parse(documentText(log, part, gameLogQuestion(SEASON, 'player-boxscores', 'Regular Season'))) as {
        parameters: Record<string, unknown>; resultSets: [{ headers: string[]; rowSet: unknown[][] }];
      });
      const at = answer.resultSets[0].headers.indexOf('GAME_DATE');
      expect(documents.map(({ parameters }) => parameters['DateFrom'])).toEqual([...new Set(rows.map(({ date }) => date))].sort());
      for (const { parameters, resultSets: [{ headers, rowSet }] } of documents) {
        expect([headers, parameters['DateTo']]).toEqual([answer.resultSets[0].headers, parameters['DateFrom']]);
        expect(rowSet).toEqual(answer.resultSets[0].rowSet.filter((row) => row[at] === parameters['DateFrom']));
      }
      expect(documents.reduce((sum, { resultSets: [{ rowSet }] }) => sum + rowSet.length, 0)).toBe(rows.length);
    }), { numRuns: 60 });
  });

  it('leaves out the dates before the first one that is wanted, and none after', () => {
    fc.assert(fc.property(anyRows, fc.constantFrom(...DATES), (rows, since) => {
      const parts = splitByDate(parseGameLog(logAnswer(rows.map(lineOf), 'player-boxscores'), EXPECTED), parseGameDate(since));
      expect(parts.reduce((sum, part) => sum + part.rows.length, 0)).toBe(rows.filter(({ date }) => date >= since).length);
    }), { numRuns: 30 });
  });
});

describe('a document of one date', () => {
  it('has the shape that a lake holds, as if that date had been asked for', () => {
    const log = parseGameLog(logAnswer([lineOf({ date: D2, game: 3, player: 1, points: 10 })], 'player-boxscores'), EXPECTED);
    const [part] = splitByDate(log);
    const text = documentText(log, part as NonNullable<typeof part>, gameLogQuestion(SEASON, 'player-boxscores', 'Regular Season', parseGameDate(D1)));
    expect(JSON.parse(text)).toEqual({
      resource: 'leaguegamelog',
      parameters: { LeagueID: '00', Season: '2023-24', SeasonType: 'Regular Season', PlayerOrTeam: 'P', Counter: 0, Sorter: 'DATE', Direction: 'ASC', DateFrom: D2, DateTo: D2 },
      resultSets: [{ name: 'LeagueGameLog', headers: Object.keys(MODEL), rowSet: log.rows }],
    });
    expect(Object.keys(JSON.parse(text) as object)).toEqual(['resource', 'parameters', 'resultSets']);
  });
});
