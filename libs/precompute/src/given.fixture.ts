import { addDays, parseGameDate, seasonOf, type Row } from '@nba/kernel';

/** The date that the small cases ask about. */
export const D = '2025-01-31';

/** The date so many days before D. */
export const daysBefore = (days: number): string => addDays(parseGameDate(D), -days);

/** @param what tells games of one date apart */
const game = (date: string, what: string): Row => ({ game_id: `${date.replace(/-/g, '')}${what}`, game_date: date, season: seasonOf(parseGameDate(date)) });

/** A scheduled game of teams 1 (home) and 2. */
export const scheduled = (date: string): Row => ({ ...game(date, 'S'), game_type: 'regular-season', game_status: 1, home_team_id: 1, away_team_id: 2 });

/** What a team allowed in one game: 100 possessions unless said otherwise. */
export const allowed = (date: string, team: number, [twos, threes, freeThrows]: [Shots, Shots, Shots], possessions = 100): Row => ({
  ...game(date, `T${team}`), team_id: team, opponent_team_id: 100 + team, opponent_possessions_x100: 100 * possessions,
  opponent_two_pointers_made: twos[0], opponent_two_pointers_attempted: twos[1],
  opponent_three_pointers_made: threes[0], opponent_three_pointers_attempted: threes[1],
  opponent_free_throws_made: freeThrows[0], opponent_free_throws_attempted: freeThrows[1],
});
/** Made and attempted. */
export type Shots = [number | null, number];

/** Both teams' possessions and the minutes of one team's game. */
export const paced = (date: string, team: number, own: number | null, opponent: number | null, minutes: number): Row => ({
  ...game(date, `O${team}`), team_id: team, possessions_x100: own, opponent_possessions_x100: opponent, game_minutes: minutes,
});

/** Player 7 in one game, with a plain box line that `line` overrides. */
export const played = (date: string, line: Row = {}): Row => ({
  ...game(date, 'P'), team_id: 1, opponent_team_id: 3, player_id: 7, player_name: 'Seven', points: 0, seconds_played: 1800,
  field_goals_made: 0, field_goals_attempted: 0, three_pointers_made: 0, three_pointers_attempted: 0, free_throws_made: 0, free_throws_attempted: 0,
  plays_x100: 0, team_plays_x100: 10_000, game_minutes: 48, ...line,
});

/** Player 7 of team 1 expected against team 2, rested and fresh unless said otherwise. */
export const expected = (date: string = D, load: Row = {}): Row => ({
  ...game(date, 'S'), team_id: 1, opponent_team_id: 2, player_id: 7, player_name: 'Seven',
  days_rest: 2, is_back_to_back: false, games_in_last_7_days: 2, seconds_in_last_7_days: 3600, back_to_backs_in_last_14_days: 0, ...load,
});

/** Team 1's context of its scheduled game. */
export const teamContext = (own: number | null, opponent: number | null, date: string = D): Row => ({
  ...game(date, 'S'), team_id: 1, opponent_team_id: 2, games_in_last_10: 4, pace_last_10: own, opponent_pace_last_10: opponent, offensive_rating_last_10: 115.5,
});
