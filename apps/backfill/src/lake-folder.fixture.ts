import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ROOT } from './programs.fixture';

/** Two real seasons; absent outside the workplace. Read, never written. */
export const REAL_LAKE = join(ROOT, '../shared/lake');
export const SHARED = join(ROOT, '../shared');

/** Describes what is shown on real data; where there is none it is skipped, and says so. */
export function describeOnRealData(name: string, body: () => void): void {
  if (existsSync(REAL_LAKE)) return describe(name, body);
  process.stderr.write(`Skipped, because there are no real seasons at ${REAL_LAKE}: ${name}\n`);
  describe.skip(`${name} (needs ${REAL_LAKE})`, body);
}

export type Kind = 'player-boxscores' | 'team-boxscores';
export const KINDS: readonly Kind[] = ['player-boxscores', 'team-boxscores'];

/** A row of a box-score document by its headers. */
export type Line = Record<string, unknown>;

interface GameLog {
  readonly resultSets: [{ headers: string[]; rowSet: unknown[][] }];
}

export interface FeedGame {
  gameId: string;
  gameStatus: number;
  gameStatusText: string;
  gameDateEst: string;
  homeTeam: { teamId: number; teamTricode: string; score: number };
  awayTeam: { teamId: number; teamTricode: string; score: number };
}

export interface ScheduleDocument {
  leagueSchedule: { seasonYear: string; gameDates: { gameDate: string; games: FeedGame[] }[] };
}

export const gameDateOf = ({ gameDateEst }: FeedGame): string => gameDateEst.slice(0, 10);
export const gamesOf = ({ leagueSchedule }: ScheduleDocument): FeedGame[] => leagueSchedule.gameDates.flatMap(({ games }) => games);

/** A season's newest schedule document in the shared lake. */
export function realSchedule(season = '2024-25'): ScheduleDocument {
  const folder = join(REAL_LAKE, 'nba-com/schedule', season);
  return JSON.parse(readFileSync(join(folder, readdirSync(folder).sort().at(-1) ?? ''), 'utf8')) as ScheduleDocument;
}

/** The schedule as it was on the morning of a date: later games are not played yet and have no score. */
export function scheduleOn(morning: string, schedule = realSchedule()): ScheduleDocument {
  for (const game of gamesOf(schedule)) {
    if (gameDateOf(game) < morning) continue;
    game.gameStatus = 1;
    game.gameStatusText = '7:00 pm ET';
    game.homeTeam.score = 0;
    game.awayTeam.score = 0;
  }
  return schedule;
}

/** A lake that a test may write in. */
export class LakeFolder {
  constructor(readonly folder: string) {}

  /** The box scores of 2024-25 up to a date, with the schedule as it was on the morning after. */
  static upTo(last: string, dayAfter: string, folder: string): LakeFolder {
    const lake = new LakeFolder(folder);
    for (const kind of KINDS) {
      for (const date of readdirSync(join(REAL_LAKE, 'nba-com', kind)).filter((name) => name >= '2024-10-01' && name <= last)) {
        cpSync(join(REAL_LAKE, 'nba-com', kind, date), lake.path(kind, date), { recursive: true });
      }
    }
    lake.writeSchedule(scheduleOn(dayAfter));
    return lake;
  }

  /** A copy, to be broken. */
  copy(folder: string): LakeFolder {
    rmSync(folder, { recursive: true, force: true });
    cpSync(this.folder, folder, { recursive: true });
    return new LakeFolder(folder);
  }

  writeSchedule(schedule: ScheduleDocument, stamp = '20241201_060000'): string {
    return this.write(`nba-com/schedule/${schedule.leagueSchedule.seasonYear}/${stamp}.json`, JSON.stringify(schedule));
  }

  /** Where the newest document of a date lies, from the lake's root. */
  newest(kind: Kind, date: string): string {
    return `nba-com/${kind}/${date}/${readdirSync(this.path(kind, date)).sort().at(-1)}`;
  }

  text(file: string): string {
    return readFileSync(join(this.folder, file), 'utf8');
  }

  write(file: string, text: string): string {
    mkdirSync(dirname(join(this.folder, file)), { recursive: true });
    writeFileSync(join(this.folder, file), text);
    return file;
  }

  /** The lines of the newest document. */
  lines(kind: Kind, date: string): Line[] {
    const { headers, rowSet } = (JSON.parse(this.text(this.newest(kind, date))) as GameLog).resultSets[0];
    return rowSet.map((row) => Object.fromEntries(headers.map((header, i) => [header, row[i]])));
  }

  /** Writes other lines: over the newest document, or as another with a stamp of its own. */
  writeLines(kind: Kind, date: string, lines: readonly Line[], stamp?: string): string {
    const newest = this.newest(kind, date);
    const log = JSON.parse(this.text(newest)) as GameLog;
    const [{ headers }] = log.resultSets;
    log.resultSets[0].rowSet = lines.map((line) => headers.map((header) => line[header]));
    return this.write(stamp ? `nba-com/${kind}/${date}/${stamp}.json` : newest, JSON.stringify(log));
  }

  remove(kind: Kind, date: string): void {
    rmSync(this.path(kind, date), { recursive: true });
  }

  private path(kind: string, partition: string): string {
    return join(this.folder, 'nba-com', kind, partition);
  }
}
