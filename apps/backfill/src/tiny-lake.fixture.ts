import { LakeFolder, type Line } from './lake-folder.fixture';

/** Before the seasons that are known beforehand: nobody expects 82 games a team of it. */
export const SEASON = '2019-20';
export const [D1, D2, D3] = ['2019-10-22', '2019-10-23', '2019-10-25'] as const;

const TEAMS = { BOS: 1610612738, NYK: 1610612752, LAL: 1610612747, DEN: 1610612743 } as const;
type Tricode = keyof typeof TEAMS;

/** Home, visitors; two games, one, two. */
const GAMES: readonly (readonly [id: string, date: string, home: Tricode, away: Tricode])[] = [
  ['0021900001', D1, 'BOS', 'NYK'], ['0021900002', D1, 'LAL', 'DEN'],
  ['0021900003', D2, 'NYK', 'LAL'],
  ['0021900004', D3, 'DEN', 'BOS'], ['0021900005', D3, 'LAL', 'NYK'],
];

const HEADERS = ['SEASON_ID', 'PLAYER_ID', 'PLAYER_NAME', 'TEAM_ID', 'TEAM_ABBREVIATION', 'TEAM_NAME', 'GAME_ID', 'GAME_DATE', 'MATCHUP', 'WL', 'MIN', 'FGM', 'FGA', 'FG3M', 'FG3A',
  'FTM', 'FTA', 'OREB', 'DREB', 'REB', 'AST', 'STL', 'BLK', 'TOV', 'PF', 'PTS', 'PLUS_MINUS'];

/** The third player of Denver has a name that breaks CSV and SQL which are put together carelessly. */
const nameOf = (team: Tricode, n: number): string => (team === 'DEN' && n === 3 ? `O'Neal, "Jr."; DROP TABLE x --` : `${team} Player ${n}`);

/** Six players a team, the first five 48 minutes each, the sixth none; home teams score more. */
function playerLines([id, date, home, away]: (typeof GAMES)[number]): Line[] {
  return [home, away].flatMap((team) => [1, 2, 3, 4, 5, 6].map((n): Line => {
    const twos = n === 6 ? 0 : n + (team === home ? 3 : 2) + (Number(id.slice(-1)) % 2);
    return {
      SEASON_ID: '22019', PLAYER_ID: (TEAMS[team] % 100) * 10 + n, PLAYER_NAME: nameOf(team, n), TEAM_ID: TEAMS[team], TEAM_ABBREVIATION: team, TEAM_NAME: team, GAME_ID: id, GAME_DATE: date,
      MATCHUP: team === home ? `${team} vs. ${away}` : `${team} @ ${home}`, WL: team === home ? 'W' : 'L', MIN: n === 6 ? 0 : 48, FGM: twos, FGA: twos * 2, FG3M: 0, FG3A: 0, FTM: 0, FTA: 0,
      OREB: n === 6 ? 0 : 1, DREB: n === 6 ? 0 : 4, REB: n === 6 ? 0 : 5, AST: n, STL: 0, BLK: 0, TOV: 1, PF: n, PTS: twos * 2, PLUS_MINUS: 0,
    };
  }));
}

const SUMMED = ['MIN', 'FGM', 'FGA', 'FG3M', 'FG3A', 'FTM', 'FTA', 'OREB', 'DREB', 'REB', 'AST', 'STL', 'BLK', 'TOV', 'PF', 'PTS'];

function teamLines(game: (typeof GAMES)[number]): Line[] {
  const players = playerLines(game);
  return [game[2], game[3]].map((team) => {
    const own = players.filter((line) => line['TEAM_ABBREVIATION'] === team);
    const sums = Object.fromEntries(SUMMED.map((stat) => [stat, own.reduce((sum, line) => sum + Number(line[stat]), 0)]));
    return { ...own[0], ...sums };
  });
}

const document = (headers: readonly string[], lines: readonly Line[]): string =>
  JSON.stringify({ resource: 'leaguegamelog', resultSets: [{ name: 'LeagueGameLog', headers, rowSet: lines.map((line) => headers.map((header) => line[header])) }] });

function scheduleText(): string {
  const side = (lines: readonly Line[], team: Tricode) => ({ teamId: TEAMS[team], teamTricode: team, score: lines.find((line) => line['TEAM_ABBREVIATION'] === team)?.['PTS'] });
  const games = GAMES.map((game) => {
    const [gameId, date, home, away] = game;
    const lines = teamLines(game);
    return {
      gameId, gameStatus: 3, gameStatusText: 'Final', gameDateEst: `${date}T00:00:00Z`, gameDateTimeUTC: `${date}T23:30:00Z`, gameLabel: '', arenaName: 'Arena', arenaCity: 'City',
      postponedStatus: 'N', isNeutral: false, homeTeam: side(lines, home), awayTeam: side(lines, away),
    };
  });
  const gameDates = [D1, D2, D3].map((date) => ({ gameDate: `${date.slice(5, 7)}/${date.slice(8)}/${date.slice(0, 4)} 00:00:00`, games: games.filter(({ gameDateEst }) => gameDateEst.startsWith(date)) }));
  return JSON.stringify({ leagueSchedule: { seasonYear: SEASON, leagueId: '00', gameDates } });
}

/** Five games of four teams on three dates, all played. */
export function tinyLake(folder: string): LakeFolder {
  const lake = new LakeFolder(folder);
  lake.write(`nba-com/schedule/${SEASON}/20191101_060000.json`, scheduleText());
  for (const date of [D1, D2, D3]) {
    const games = GAMES.filter((game) => game[1] === date);
    lake.write(`nba-com/player-boxscores/${date}/20191026_060000.json`, document(HEADERS, games.flatMap(playerLines)));
    lake.write(`nba-com/team-boxscores/${date}/20191026_060000.json`, document(HEADERS.filter((header) => !header.startsWith('PLAYER')), games.flatMap(teamLines)));
  }
  return lake;
}
