import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

interface ScheduleDocument {
  readonly leagueSchedule: { gameDates: { games: ScheduledGame[] }[] };
}

interface ScheduledGame {
  readonly gameDateEst: string;
  gameStatus: number;
  gameStatusText: string;
  readonly homeTeam: { score: number };
  readonly awayTeam: { score: number };
}

interface GameLog {
  readonly resultSets: [{ readonly headers: string[]; readonly rowSet: unknown[][] }];
}

export type BoxScores = 'player-boxscores' | 'team-boxscores';

export function writeDocument(lake: string, path: string, text: string): void {
  mkdirSync(dirname(join(lake, path)), { recursive: true });
  writeFileSync(join(lake, path), text);
}

/** Where the newest document of a date or season lies, from the lake's root. */
export function newestDocument(lake: string, kind: BoxScores | 'schedule', partition: string): string {
  return `nba-com/${kind}/${partition}/${readdirSync(join(lake, 'nba-com', kind, partition)).sort().at(-1)}`;
}

export const readDocument = (lake: string, path: string): string => readFileSync(join(lake, path), 'utf8');

/** The dates with box scores, in order; none when there are none. */
export function datesWithBoxScores(lake: string): string[] {
  const folder = join(lake, 'nba-com/player-boxscores');
  return existsSync(folder) ? readdirSync(folder).sort() : [];
}

/** A schedule of which only the games up to a date are left. */
export function scheduleUpTo(text: string, date: string): string {
  const document = JSON.parse(text) as ScheduleDocument;
  const { leagueSchedule } = document;
  leagueSchedule.gameDates = leagueSchedule.gameDates
    .map((day) => ({ ...day, games: day.games.filter(({ gameDateEst }) => gameDateEst.slice(0, 10) <= date) })).filter(({ games }) => games.length > 0);
  return JSON.stringify(document);
}

/** A schedule as it was on the morning of a date: its games and later ones are still to be played. */
export function scheduleOnMorning(text: string, date: string): string {
  const document = JSON.parse(text) as ScheduleDocument;
  for (const game of document.leagueSchedule.gameDates.flatMap(({ games }) => games)) {
    if (game.gameDateEst.slice(0, 10) < date) continue;
    game.gameStatus = 1;
    game.gameStatusText = '7:00 pm ET';
    game.homeTeam.score = 0;
    game.awayTeam.score = 0;
  }
  return JSON.stringify(document);
}

/** Publishes a correction of one turnover, under a newer stamp: of one player who played, and of his team. */
export function correctTurnover(lake: string, date: string, stamp: string): void {
  const player = gameLog(lake, 'player-boxscores', date);
  const played = player.rows.filter((row) => Number(row[player.at('MIN')]) > 0);
  const line = played[Math.floor(played.length / 2)];
  if (!line) throw new Error(`The player box scores of ${date} have nobody who played`);
  const team = gameLog(lake, 'team-boxscores', date);
  const own = team.rows.find((row) => row[team.at('GAME_ID')] === line[player.at('GAME_ID')] && row[team.at('TEAM_ID')] === line[player.at('TEAM_ID')]);
  if (!own) throw new Error(`The team box scores of ${date} lack a team that its players have`);
  line[player.at('TOV')] = Number(line[player.at('TOV')]) + 1;
  own[team.at('TOV')] = Number(own[team.at('TOV')]) + 1;
  for (const [kind, { log }] of [['player-boxscores', player], ['team-boxscores', team]] as const) {
    writeDocument(lake, `nba-com/${kind}/${date}/${stamp}.json`, JSON.stringify(log));
  }
}

function gameLog(lake: string, kind: BoxScores, date: string) {
  const log = JSON.parse(readDocument(lake, newestDocument(lake, kind, date))) as GameLog;
  const [{ headers, rowSet }] = log.resultSets;
  return { log, rows: rowSet, at: (header: string) => headers.indexOf(header) };
}
