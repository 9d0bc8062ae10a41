import { gameTypeOf, type GameDate, type Row } from '@nba/kernel';
import type { RawInput } from '@nba/pipeline';

/** One team of a scheduled game, with the points the schedule says it scored. */
export interface ScheduledTeam {
  readonly id: number;
  readonly tricode: string | undefined;
  readonly points: number | null;
}

/** A game as the schedule table has it. */
export interface ScheduledGame {
  readonly id: string;
  readonly isCounted: boolean;
  readonly isFinal: boolean;
  /** Home and away; empty while they are undecided. */
  readonly teams: readonly ScheduledTeam[];
}

/** The games of a date by their ids, uncounted ones included. */
export function scheduledGames({ schedule, settings, partition }: RawInput): Map<string, ScheduledGame> {
  const onDate = schedule.filter((row) => row['game_date'] === undefined || row['game_date'] === partition);
  return new Map(onDate.map((row) => [String(row['game_id']), scheduledGame(row, settings.gameTypes)]));
}

function scheduledGame(row: Row, counted: readonly string[]): ScheduledGame {
  const id = String(row['game_id']);
  const teams = [teamOf(row, 'home'), teamOf(row, 'away')].filter((team) => team !== undefined);
  return { id, isCounted: isCountedId(id, counted), isFinal: row['game_status'] === 3, teams: teams.length === 2 ? teams : [] };
}

/** Whether games with this id count; an id of unknown type is never waved through as "not counted". */
export function isCountedId(gameId: string, counted: readonly string[]): boolean {
  const type = gameTypeOf(gameId);
  return type === undefined || counted.includes(type);
}

function teamOf(row: Row, side: 'home' | 'away'): ScheduledTeam | undefined {
  const id = row[`${side}_team_id`];
  if (typeof id !== 'number') return undefined;
  const [tricode, points] = [row[`${side}_team_tricode`], row[`${side}_score`]];
  return { id, tricode: typeof tricode === 'string' ? tricode : undefined, points: typeof points === 'number' ? points : null };
}

/** `NYK (1610612752)`. */
export function teamLabel(team: { readonly id: number; readonly tricode?: string | null | undefined }): string {
  return team.tricode ? `${team.tricode} (${team.id})` : `team ${team.id}`;
}

/** `game 0022400561 on 2025-01-15 (CHI (1610612741) at …)`, for messages. */
export function gameLabel(game: ScheduledGame, date: GameDate | string): string {
  const [home, away] = game.teams;
  return `game ${game.id} on ${date}${home && away ? ` (${away.tricode ?? away.id} at ${home.tricode ?? home.id})` : ''}`;
}
