import { addDays, parseGameDate, type Row } from '@nba/kernel';
import * as fc from 'fast-check';
import type { Given } from './warehouse.fixture';

const TEAMS = [1, 2, 3, 4];
const PLAYERS = [11, 12, 13, 14, 15, 16];
/** Two seasons: the turn of the year is the 1st of October. */
const FIRST = parseGameDate('2024-09-21');
const DAYS = 50;

const seasonOn = (date: string) => (date < '2024-10-01' ? '2023-24' : '2024-25');
const stat = (max: number) => fc.oneof({ weight: 30, arbitrary: fc.nat(max) }, { weight: 1, arbitrary: fc.constant(null) });
const stats = <K extends string>(names: readonly K[], max: number) => fc.record(Object.fromEntries(names.map((name) => [name, stat(max)])) as Record<K, fc.Arbitrary<number | null>>);
const sometimes = (max: number) => fc.option(fc.double({ min: 80, max, noNaN: true }), { freq: 9 });

const mostly = fc.nat(9).map((n) => n > 0);
const day = fc.nat(DAYS - 1).map((offset) => addDays(FIRST, offset) as string);
const pairing = fc.shuffledSubarray(TEAMS, { minLength: 2, maxLength: 2 });

const game = fc.record({
  day, pairing,
  sides: fc.tuple(side(), side()),
  appearances: fc.subarray(PLAYERS, { minLength: 3 }).chain((players) => fc.tuple(...players.map((player) => appearance(player)))),
});

function side() {
  return fc.record({
    played: mostly,
    offense: stats(['possessions_x100', 'opponent_possessions_x100', 'game_minutes'], 12_000),
    defense: stats(['opponent_possessions_x100', ...['two_pointer', 'three_pointer', 'free_throw'].flatMap((type) => [`opponent_${type}s_made`, `opponent_${type}s_attempted`])], 60),
    context: fc.record({ games_in_last_10: fc.nat(10), pace_last_10: sometimes(110), opponent_pace_last_10: sometimes(110), offensive_rating_last_10: sometimes(120) }),
  });
}

function appearance(player: number) {
  return fc.record({
    player: fc.constant(player),
    played: mostly,
    expected: mostly,
    line: stats([
      'points', 'seconds_played', 'field_goals_made', 'field_goals_attempted', 'three_pointers_made', 'three_pointers_attempted',
      'free_throws_made', 'free_throws_attempted', 'plays_x100', 'team_plays_x100', 'game_minutes',
    ], 9),
    load: fc.record({
      days_rest: fc.option(fc.integer({ min: 1, max: 5 }), { freq: 9 }), is_back_to_back: fc.option(fc.boolean(), { freq: 9 }),
      games_in_last_7_days: fc.nat(5), seconds_in_last_7_days: fc.option(fc.nat(20_000), { freq: 9 }), back_to_backs_in_last_14_days: fc.nat(3),
    }),
  });
}

/** A small league in which anything may be missing: rows, values, whole weeks; many games on one date, in two seasons. */
export const randomLeague: fc.Arbitrary<Required<Given>> = fc.array(game, { minLength: 1, maxLength: 100, size: 'max' }).map((games) => {
  const given = { schedule: [] as Row[], offense: [] as Row[], defense: [] as Row[], players: [] as Row[], teamContexts: [] as Row[], playerContexts: [] as Row[] };
  games.forEach(({ day: game_date, pairing: [home, away], sides, appearances }, i) => {
    const keys = { game_id: `00224${String(i).padStart(5, '0')}`, game_date, season: seasonOn(game_date) };
    given.schedule.push({ ...keys, game_type: 'regular-season', home_team_id: home as number, away_team_id: away as number });
    sides.forEach(({ played, offense, defense, context }, s) => {
      const team = { ...keys, team_id: (s === 0 ? home : away) as number, opponent_team_id: (s === 0 ? away : home) as number };
      if (played) given.offense.push({ ...team, ...offense });
      if (played) given.defense.push({ ...team, ...defense });
      given.teamContexts.push({ ...team, ...context });
    });
    appearances.forEach(({ player, played, expected, line, load }) => {
      const row = { ...keys, team_id: (player % 2 ? home : away) as number, opponent_team_id: (player % 2 ? away : home) as number, player_id: player, player_name: `P${player}` };
      if (played) given.players.push({ ...row, ...line });
      if (expected) given.playerContexts.push({ ...row, ...load });
    });
  });
  return given;
});

export const LEAGUE_DATES = { from: FIRST as string, to: addDays(FIRST, DAYS) as string };
