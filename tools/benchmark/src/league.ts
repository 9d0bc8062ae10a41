import { type GameDate, type Season, parseGameDate, parseSeason, seasonOf, seasonStarting } from '@nba/kernel';
import { generateLeague } from '@nba/sample-league';
import { datesWithBoxScores, scheduleUpTo, writeDocument } from './lake-documents';

/** A lake and what is in it; plain data, since it travels to the contenders' processes. */
export interface League {
  readonly lake: string;
  readonly seasons: readonly Season[];
  /** The instant at which everything runs: all that is in the lake has arrived. */
  readonly now: string;
}

/** What a synthetic league is to be. */
export interface LeagueSize {
  readonly seasons: number;
  /** In which autumn its first season starts. */
  readonly firstYear: number;
  /** How many game dates of each season are left; by default all. */
  readonly gameDates?: number;
}

/** Writes a synthetic league into a folder. */
export function writeLeague(lake: string, { seasons: count, firstYear, gameDates = Infinity }: LeagueSize): League {
  const seasons = Array.from({ length: count }, (_, i) => seasonStarting(firstYear + i));
  const dates = new Map<Season, GameDate[]>();
  for (const { path, text } of generateLeague({ seasons })) {
    const [, kind, partition = ''] = path.split('/');
    if (kind === 'schedule') {
      const last = dates.get(parseSeason(partition))?.[gameDates - 1];
      if (gameDates === Infinity) writeDocument(lake, path, text);
      // Before the last date is known there is nothing to cut it at; a later version follows.
      else if (last) writeDocument(lake, path, scheduleUpTo(text, last));
      continue;
    }
    const date = parseGameDate(partition);
    const known = dates.get(seasonOf(date)) ?? [];
    dates.set(seasonOf(date), known);
    if (!known.includes(date)) known.push(date);
    if (known.indexOf(date) < gameDates) writeDocument(lake, path, text);
  }
  return leagueOf(lake, seasons);
}

/** What is in a lake, by default seen from the summer after its last season. */
export function leagueOf(lake: string, seasons: readonly Season[], now = `${Number(seasons.at(-1)?.slice(0, 4)) + 1}-08-01T12:00:00Z`): League {
  return { lake, seasons, now };
}

/** The dates with box scores, in order. */
export const gameDatesOf = ({ lake }: League, season?: Season): GameDate[] =>
  datesWithBoxScores(lake).map((date) => parseGameDate(date)).filter((date) => season === undefined || seasonOf(date) === season);
