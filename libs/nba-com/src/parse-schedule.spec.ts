import { parseSeason } from '@nba/kernel';
import { G1, G2, G3, scheduleAnswer } from './league.fixture';
import { parseSchedule } from './parse-schedule';

const season = parseSeason('2023-24');
type Feed = Record<string, unknown>;

/** The answer with its first game changed; undefined takes a member away. */
function withGame(change: Feed): unknown {
  const answer = scheduleAnswer([G1, G2, G3]) as { leagueSchedule: { gameDates: { games: Feed[] }[] } };
  const games = answer.leagueSchedule.gameDates[0]?.games as Feed[];
  games[0] = { ...games[0], ...change };
  return JSON.parse(JSON.stringify(answer));
}

describe('an answer of scheduleleaguev2', () => {
  it('lists its games, with type and whether they are over', () => {
    const games = parseSchedule(scheduleAnswer([G1, { ...G3, status: 1 }, { ...G3, id: '0062300001' }]), season);
    expect(games).toEqual([
      { id: '0022300001', date: '2023-10-24', gameType: 'regular-season', isFinal: true },
      { id: '0022300003', date: '2023-10-25', gameType: 'regular-season', isFinal: false },
      { id: '0062300001', date: '2023-10-25', gameType: 'cup-final', isFinal: true },
    ]);
  });

  it.each<[string, Feed]>([
    ['teams that are undecided', { homeTeam: { teamId: 0 }, awayTeam: null }], ['no teams', { homeTeam: undefined, awayTeam: undefined }],
    ['a time that is to be announced', { gameStatusText: 'TBD', gameDateTimeUTC: 'whenever' }], ['no time', { gameDateTimeUTC: '' }], ['an unknown id', { gameId: '0092300001' }],
  ])('may have %s', (_name, change) => {
    expect(parseSchedule(withGame(change), season)).toHaveLength(3);
  });

  it.each<[string, unknown, RegExp]>([
    ['a message', { Message: 'An error has occurred.' }, /leagueSchedule is missing in .*An error/],
    ['no dates', { leagueSchedule: { seasonYear: '2023-24' } }, /leagueSchedule\.gameDates must be a list, and is missing/],
    ['no game', { leagueSchedule: { seasonYear: '2023-24', gameDates: [] } }, /lists no game/],
    ['another season', scheduleAnswer([G1], '2022-23'), /seasonYear is "2022-23"/],
    ['a group without a date', { leagueSchedule: { seasonYear: '2023-24', gameDates: [{ gameDate: '24.10.2023', games: [] }] } }, /gameDates\[0\]\.gameDate must be a date/],
    ['a game id that is none', withGame({ gameId: '22300001' }), /gameDates\[0\]\.games\[0\]\.gameId must be a game id/],
    ['an unknown status', withGame({ gameStatus: 4 }), /gameStatus must be 1/],
    ['a date that is none', withGame({ gameDateEst: '2023-10-44T00:00:00Z' }), /gameDateEst must be a date/],
    ['a time that is none', withGame({ gameDateTimeUTC: '7:30 pm' }), /gameDateTimeUTC must be an instant/],
    ['a missing member', withGame({ postponedStatus: undefined }), /postponedStatus must be readable text, or null, and is missing/],
    ['a score that is none', withGame({ homeTeam: { teamId: 1610612743, teamTricode: 'DEN', score: -1 } }), /homeTeam\.score must be a whole number/],
  ])('is refused as a whole, with the field and what stands there: %s', (_name, json, says) => {
    expect(() => parseSchedule(json, season)).toThrow(says);
  });
});
