import { generateLeague, type LeagueOptions } from './generate-league';
import type { SampleDocument } from './sample-document';

/** Documents read back as a consumer would: columns by name. */
export type Row = Readonly<Record<string, string | number | null>>;

export interface FeedGame {
  readonly gameId: string;
  readonly gameCode: string;
  readonly gameStatus: number;
  readonly gameStatusText: string;
  readonly gameDateEst: string;
  readonly gameDateTimeEst: string;
  readonly gameDateTimeUTC: string;
  readonly postponedStatus: string;
  readonly isNeutral: boolean;
  readonly arenaName: string;
  readonly homeTeam: FeedTeam;
  readonly awayTeam: FeedTeam;
}

export interface FeedTeam {
  readonly teamId: number;
  readonly teamTricode: string;
  readonly score: number;
}

export interface ScheduleDocument {
  readonly meta: { readonly time: string };
  readonly leagueSchedule: { readonly seasonYear: string; readonly leagueId: string; readonly gameDates: readonly { readonly gameDate: string; readonly games: readonly FeedGame[] }[] };
}

interface GameLogDocument {
  readonly resultSets: readonly [{ readonly headers: readonly string[]; readonly rowSet: readonly (readonly (string | number | null)[])[] }];
}

export interface SampleSeason {
  readonly documents: readonly SampleDocument[];
  /** Oldest first. */
  readonly schedules: readonly ScheduleDocument[];
  /** From the newest document of each date. */
  readonly players: readonly Row[];
  readonly teams: readonly Row[];
}

export function readSeason(options: LeagueOptions): SampleSeason {
  const documents = [...generateLeague(options)];
  return {
    documents,
    schedules: documents.filter(({ path }) => path.startsWith('nba-com/schedule/')).map(({ text }) => JSON.parse(text) as ScheduleDocument),
    players: newest(documents, 'player').flatMap((document) => rowsOf(document)),
    teams: newest(documents, 'team').flatMap((document) => rowsOf(document)),
  };
}

/** @param columns those to read, by default all: four seasons are three million values. */
export function rowsOf({ text }: SampleDocument, columns?: readonly string[]): Row[] {
  const [{ headers, rowSet }] = (JSON.parse(text) as GameLogDocument).resultSets;
  const wanted = (columns ?? headers).map((column) => [column, headers.indexOf(column)] as const);
  return rowSet.map((values) => {
    const row: Record<string, string | number | null> = {};
    for (const [column, index] of wanted) row[column] = values[index] ?? null;
    return row;
  });
}

export function headersOf({ text }: SampleDocument): readonly string[] {
  return (JSON.parse(text) as GameLogDocument).resultSets[0].headers;
}

export function newest(documents: readonly SampleDocument[], kind: 'player' | 'team'): SampleDocument[] {
  const byDate = new Map<string, SampleDocument>();
  for (const document of documents) {
    const [, folder, date = ''] = document.path.split('/');
    const held = byDate.get(date);
    if (folder === `${kind}-boxscores` && (held === undefined || held.path < document.path)) byDate.set(date, document);
  }
  return [...byDate.values()];
}

/** The counted games: ids `002…`. */
export function regularGames(schedule: ScheduleDocument | undefined): FeedGame[] {
  return (schedule?.leagueSchedule.gameDates ?? []).flatMap(({ games }) => games).filter(({ gameId }) => gameId.startsWith('002'));
}

export function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}

export function number(row: Row, column: string): number {
  const value = row[column];
  if (typeof value !== 'number') throw new TypeError(`${column} is ${String(value)}, not a number`);
  return value;
}

export function sum(rows: readonly Row[], column: string): number {
  return rows.reduce((total, row) => total + number(row, column), 0);
}
