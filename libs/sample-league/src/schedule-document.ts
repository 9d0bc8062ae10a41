import { dateText, easternOffsetHours, type DayNumber } from './civil-date';
import type { ExhibitionGame } from './exhibition-games';
import { isoTime, stamp, type FetchTime, type SampleDocument } from './sample-document';
import type { ScheduledGame, SeasonSchedule } from './season-schedule';
import type { Team } from './teams';
import type { EasternMinutes } from './tip-off';

export interface FinalScore {
  readonly home: number;
  readonly away: number;
  readonly overtimes: number;
}

/** A game as the schedule shows it in one of its versions. */
interface Entry {
  readonly id: string;
  readonly day: DayNumber;
  readonly tipOff: EasternMinutes;
  readonly status: 1 | 3;
  readonly statusText: string;
  readonly label: string;
  readonly arena: string;
  readonly arenaCity: string;
  readonly isPostponed: boolean;
  readonly isNeutral: boolean;
  readonly home: EntryTeam;
  readonly away: EntryTeam;
}

interface EntryTeam {
  readonly team: Team | undefined;
  readonly score: number;
}

/**
 * `scheduleLeagueV2` as it stood at that time: what was played is final, what was put off
 * and not played yet still stands on its old date.
 *
 * @param scores by game id; games played before the fetch must be in it.
 */
export function scheduleDocument(
  schedule: SeasonSchedule,
  exhibitions: readonly ExhibitionGame[],
  scores: ReadonlyMap<string, FinalScore>,
  fetched: FetchTime,
): SampleDocument {
  const { season } = schedule.calendar;
  const entries = [
    ...exhibitions.map((game) => exhibitionEntry(game, fetched.day)),
    ...schedule.games.map((game) => regularEntry(game, game.day < fetched.day ? scores.get(game.id) : undefined, fetched.day)),
  ].sort((x, y) => x.day - y.day || x.tipOff - y.tipOff || Number(x.id) - Number(y.id));
  const gameDates: { gameDate: string; games: unknown[] }[] = [];
  let lastDay: DayNumber | undefined;
  for (const entry of entries) {
    if (entry.day !== lastDay) gameDates.push({ gameDate: `${americanDate(entry.day)} 00:00:00`, games: [] });
    lastDay = entry.day;
    gameDates[gameDates.length - 1]?.games.push(feedGame(entry));
  }
  const meta = { version: 1, request: `scheduleleaguev2?Season=${season}`, time: isoTime(fetched) };
  return {
    path: `nba-com/schedule/${season}/${stamp(fetched)}.json`,
    text: JSON.stringify({ meta, leagueSchedule: { seasonYear: season, leagueId: '00', gameDates } }),
  };
}

function regularEntry(game: ScheduledGame, final: FinalScore | undefined, today: DayNumber): Entry {
  const day = final === undefined ? game.announcedDay : game.day;
  const isPostponed = final === undefined && game.announcedDay < today;
  return {
    id: game.id,
    day,
    tipOff: game.tipOff,
    status: final === undefined ? 1 : 3,
    statusText: final !== undefined ? finalText(final.overtimes) : isPostponed ? 'PPD' : tipOffText(game.tipOff),
    label: '',
    arena: game.venue.arena,
    arenaCity: game.venue.city,
    isPostponed,
    isNeutral: game.isNeutral,
    home: { team: game.home, score: final?.home ?? 0 },
    away: { team: game.away, score: final?.away ?? 0 },
  };
}

function exhibitionEntry({ id, label, day, tipOff, sides }: ExhibitionGame, today: DayNumber): Entry {
  const isFinal = day < today;
  return {
    id,
    day,
    tipOff,
    status: isFinal ? 3 : 1,
    statusText: isFinal ? finalText(0) : tipOffText(tipOff),
    label,
    arena: sides?.venue.arena ?? '',
    arenaCity: sides?.venue.city ?? '',
    isPostponed: false,
    isNeutral: false,
    home: { team: sides?.home, score: isFinal ? (sides?.homeScore ?? 0) : 0 },
    away: { team: sides?.away, score: isFinal ? (sides?.awayScore ?? 0) : 0 },
  };
}

function feedGame(entry: Entry): unknown {
  const date = dateText(entry.day);
  const eastern = new Date(`${date}T${clock(entry.tipOff)}Z`).getTime();
  const utc = new Date(eastern + easternOffsetHours(entry.day) * 3_600_000).toISOString().replace('.000', '');
  return {
    gameId: entry.id,
    gameCode: `${date.replaceAll('-', '')}/${entry.away.team?.tricode ?? 'TBD'}${entry.home.team?.tricode ?? 'TBD'}`,
    gameStatus: entry.status,
    gameStatusText: entry.statusText,
    gameDateEst: `${date}T00:00:00Z`,
    // The feed's own mistake, kept: Eastern time with a Z.
    gameDateTimeEst: `${date}T${clock(entry.tipOff)}Z`,
    gameDateTimeUTC: utc,
    weekNumber: 0,
    ifNecessary: false,
    gameLabel: entry.label,
    gameSubLabel: '',
    gameSubtype: entry.isNeutral ? 'Global Games' : '',
    arenaName: entry.arena,
    arenaCity: entry.arenaCity,
    postponedStatus: entry.isPostponed ? 'Y' : 'N',
    isNeutral: entry.isNeutral,
    homeTeam: feedTeam(entry.home),
    awayTeam: feedTeam(entry.away),
  };
}

function feedTeam({ team, score }: EntryTeam): unknown {
  return { teamId: team?.id ?? 0, teamName: team?.name ?? '', teamCity: team?.city ?? '', teamTricode: team?.tricode ?? '', score };
}

function finalText(overtimes: number): string {
  if (overtimes === 0) return 'Final';
  return overtimes === 1 ? 'Final/OT' : `Final/OT${overtimes}`;
}

function tipOffText(minutes: EasternMinutes): string {
  const hour = Math.floor(minutes / 60);
  return `${((hour + 11) % 12) + 1}:${String(minutes % 60).padStart(2, '0')} ${hour < 12 ? 'am' : 'pm'} ET`;
}

function clock(minutes: EasternMinutes): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}:00`;
}

/** `MM/DD/YYYY` */
function americanDate(day: DayNumber): string {
  const [year, month, date] = dateText(day).split('-');
  return `${month}/${date}/${year}`;
}
