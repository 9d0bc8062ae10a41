import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { generateLeague } from '@nba/sample-league';

export const SEASON = '2024-25';
/** The evening whose documents the situations break, and the game dates about it. */
export const [BEFORE, YESTERDAY, TODAY] = ['2024-11-07', '2024-11-08', '2024-11-09'] as const;

/** Where the schedule ends. */
const LAST = '2024-11-14';

export type Kind = 'player-boxscores' | 'team-boxscores';
export type Line = Record<string, unknown>;

interface GameLog {
  readonly resultSets: [{ headers: string[]; rowSet: unknown[][] }];
}

export interface FeedGame {
  gameId: string;
  gameStatus: number;
  gameStatusText: string;
  gameDateEst: string;
  homeTeam: { teamId: number; teamTricode: string; score: number | null };
  awayTeam: { teamId: number; teamTricode: string; score: number | null };
}

export interface ScheduleDocument {
  leagueSchedule: { gameDates: { gameDate: string; games: FeedGame[] }[] };
}

export const gamesOf = ({ leagueSchedule }: ScheduleDocument): FeedGame[] => leagueSchedule.gameDates.flatMap(({ games }) => games);

/** The invented league up to a date, in a folder that a test may break. */
export class SmallLake {
  constructor(readonly folder: string) {}

  /** Documents of the games up to yesterday, and the schedule as it was on each of the last two mornings. */
  static write(folder: string): SmallLake {
    const lake = new SmallLake(folder);
    const documents = [...generateLeague({ seasons: [SEASON] })];
    for (const { path, text } of documents) {
      const [, , kind, partition = ''] = ['', ...path.split('/')];
      if (kind !== 'schedule' && partition <= YESTERDAY) lake.put(path, text);
    }
    const schedule = documents.filter(({ path }) => path.includes('/schedule/')).at(-1)?.text ?? '';
    for (const morning of [YESTERDAY, TODAY]) lake.putSchedule(asOf(JSON.parse(schedule) as ScheduleDocument, morning), morning);
    return lake;
  }

  put(path: string, text: string): void {
    mkdirSync(dirname(join(this.folder, path)), { recursive: true });
    writeFileSync(join(this.folder, path), text);
  }

  /** By default it stands beside the morning's other documents; a correction comes an hour later. */
  putSchedule(schedule: ScheduleDocument, morning: string = TODAY, time = '100000'): void {
    this.put(`nba-com/schedule/${SEASON}/${morning.replaceAll('-', '')}_${time}.json`, JSON.stringify(schedule));
  }

  /** The newest document of a kind for a date, or a season. */
  newest(kind: Kind | 'schedule', partition: string): string {
    return `nba-com/${kind}/${partition}/${readdirSync(join(this.folder, 'nba-com', kind, partition)).sort().at(-1)}`;
  }

  text(path: string): string {
    return readFileSync(join(this.folder, path), 'utf8');
  }

  remove(path: string): void {
    rmSync(join(this.folder, path), { recursive: true });
  }

  /** Writes other lines over a date's document. */
  editLines(kind: Kind, date: string, edit: (lines: Line[]) => Line[]): void {
    const path = this.newest(kind, date);
    const log = JSON.parse(this.text(path)) as GameLog;
    const { headers, rowSet } = log.resultSets[0];
    const lines = edit(rowSet.map((row) => Object.fromEntries(headers.map((header, i) => [header, row[i]]))));
    log.resultSets[0].rowSet = lines.map((line) => headers.map((header) => line[header]));
    this.put(path, JSON.stringify(log));
  }

  /** Writes another schedule over the newest. */
  editSchedule(edit: (schedule: ScheduleDocument) => void): void {
    const path = this.newest('schedule', SEASON);
    const schedule = JSON.parse(this.text(path)) as ScheduleDocument;
    edit(schedule);
    this.put(path, JSON.stringify(schedule));
  }
}

/** The schedule as it was on a morning: later games have not been played and have no score. It ends soon: most of a season is not needed. */
function asOf(schedule: ScheduleDocument, morning: string): ScheduleDocument {
  schedule.leagueSchedule.gameDates = schedule.leagueSchedule.gameDates.filter(({ games }) => games.every(({ gameDateEst }) => gameDateEst.slice(0, 10) <= LAST));
  for (const game of gamesOf(schedule)) {
    if (game.gameDateEst.slice(0, 10) < morning) continue;
    Object.assign(game, { gameStatus: 1, gameStatusText: '7:00 pm ET' });
    game.homeTeam.score = 0;
    game.awayTeam.score = 0;
  }
  return schedule;
}
