import { gameTypeOf } from '@nba/kernel';
import type { LogKind } from './season-request';

/** A made-up game: four players, two a team. */
export interface Game {
  readonly id: string;
  readonly date: string;
  /** Of the home team and of the visitors: shared out among their two players. */
  readonly points: readonly [number, number];
  readonly status?: 1 | 2 | 3;
}

export const SEASON = '2023-24';
export const [D1, D2, D3] = ['2023-10-24', '2023-10-25', '2023-10-27'] as const;
export const [G1, G2, G3]: readonly [Game, Game, Game] = [
  { id: '0022300001', date: D1, points: [104, 99] }, { id: '0022300002', date: D1, points: [88, 120] }, { id: '0022300003', date: D2, points: [101, 100] },
];
export const GAMES: readonly Game[] = [G1, G2, G3];

const HOME = { TEAM_ID: 1610612743, TEAM_ABBREVIATION: 'DEN', TEAM_NAME: 'Denver Nuggets' };
const AWAY = { TEAM_ID: 1610612747, TEAM_ABBREVIATION: 'LAL', TEAM_NAME: 'Los Angeles Lakers' };
const PREFIXES: Readonly<Record<string, string>> = { 'regular-season': '2', playoffs: '4', 'play-in': '5', 'cup-final': '6' };

/** A row by its headers. */
export type Line = Readonly<Record<string, unknown>>;

function line({ id, date }: Game, team: typeof HOME, points: number, minutes: number): Line {
  const [twos, free] = [Math.floor(points / 2), points % 2];
  return {
    SEASON_ID: `${PREFIXES[gameTypeOf(id) ?? ''] ?? '2'}20${id.slice(3, 5)}`, ...team, GAME_ID: id, GAME_DATE: date, MATCHUP: 'LAL @ DEN', WL: 'W', MIN: minutes, FGM: twos, FGA: twos, FG_PCT: 1,
    FG3M: 0, FG3A: 0, FG3_PCT: null, FTM: free, FTA: free, FT_PCT: null, OREB: 0, DREB: 0, REB: 0, AST: 0, STL: 0, BLK: 0, TOV: 0, PF: 0, PTS: points, PLUS_MINUS: 0, VIDEO_AVAILABLE: 1,
  };
}

/** What the log of a kind says of some games: two rows a game of teams, four of players. */
export function linesOf(kind: LogKind, games: readonly Game[]): Line[] {
  return games.flatMap((game) => [HOME, AWAY].flatMap((team, side) => {
    const points = game.points[side as 0 | 1];
    if (kind === 'team-boxscores') return [line(game, team, points, 240)];
    const [first, second] = [Math.ceil(points / 2), Math.floor(points / 2)];
    return [first, second].map((own, n) => ({ ...line(game, team, own, 30), PLAYER_ID: 2000 + side * 10 + n, PLAYER_NAME: n === 0 ? 'Nikola Jokić' : `Player ${side}`, FANTASY_PTS: 12.5 }));
  }));
}

/** An answer of `leaguegamelog` with these rows. */
export function logAnswer(lines: readonly Line[], kind: LogKind = 'team-boxscores', season = SEASON): Record<string, unknown> {
  const headers = Object.keys(lines[0] ?? linesOf(kind, [G1])[0] ?? {});
  return {
    resource: 'leaguegamelog', parameters: { LeagueID: '00', Season: season, SeasonType: 'Regular Season', PlayerOrTeam: kind === 'team-boxscores' ? 'T' : 'P', DateFrom: null, DateTo: null },
    resultSets: [{ name: 'LeagueGameLog', headers, rowSet: lines.map((values) => headers.map((header) => values[header])) }],
  };
}

/** An answer of `scheduleleaguev2` with these games, final unless they say otherwise. */
export function scheduleAnswer(games: readonly Game[], season = SEASON, time = '2023-11-01T06:00:00Z'): Record<string, unknown> {
  const dates = [...new Set(games.map(({ date }) => date))].sort();
  const feed = ({ id, date, points, status = 3 }: Game) => ({
    gameId: id, gameStatus: status, gameStatusText: status === 3 ? 'Final' : '7:00 pm ET', gameDateEst: `${date}T00:00:00Z`, gameDateTimeUTC: `${date}T23:30:00Z`, arenaName: 'Ball Arena', arenaCity: 'Denver',
    isNeutral: false, gameLabel: '', postponedStatus: 'N', homeTeam: { teamId: HOME.TEAM_ID, teamTricode: 'DEN', score: points[0] }, awayTeam: { teamId: AWAY.TEAM_ID, teamTricode: 'LAL', score: points[1] },
  });
  const group = (date: string) => ({ gameDate: `${date.slice(5, 7)}/${date.slice(8)}/${date.slice(0, 4)} 00:00:00`, games: games.filter((game) => game.date === date).map(feed) });
  return { meta: { version: 1, time }, leagueSchedule: { seasonYear: season, leagueId: '00', gameDates: dates.map(group) } };
}
