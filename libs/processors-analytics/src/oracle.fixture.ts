import { dayNumber, type Cell, type GameDate, type Row } from '@nba/kernel';
import type { League } from './league.fixture';

/**
 * Phase 3 by brute force: loops over raw rows, written from DOMAIN §4 and without a line of the processors.
 * Slow on purpose; every window is found anew for every row.
 */
export interface Oracle {
  readonly team_offense_game_summary: Row[];
  readonly team_defense_game_summary: Row[];
  readonly player_game_summary: Row[];
  readonly upcoming_team_game_context: Row[];
  readonly upcoming_player_game_context: Row[];
}

const TABLES: readonly (keyof Oracle)[] = [
  'team_offense_game_summary', 'team_defense_game_summary', 'player_game_summary', 'upcoming_team_game_context', 'upcoming_player_game_context',
];
/** Whether the loops compute the table too. A table that came later has its own spec. */
export const inOracle = ({ table }: { readonly table: { readonly name: string } }): boolean => TABLES.some((name) => name === table.name);

/** What is unknown makes all that is computed from it unknown: NaN on the way, and NULL in the end. */
const n = (row: Row, name: string): number => (row[name] ?? NaN) as number;
const withNulls = (rows: readonly Row[]): Row[] => rows.map((row) => Object.fromEntries(Object.entries(row).map(([name, cell]) => [name, Number.isNaN(cell) ? null : cell])));
const dayNumbers = new Map<Cell | undefined, number>();
/** Days since 1970, read once for each date: the loops ask for it a hundred million times. */
function day(row: Row): number {
  const date = row['game_date'];
  let number = dayNumbers.get(date);
  if (number === undefined) dayNumbers.set(date, (number = dayNumber(date as GameDate)));
  return number;
}
const sum = (rows: readonly Row[], name: string): number => rows.reduce((total, row) => total + n(row, name), 0);
const ratio = (above: number, below: number): number | null => (below === 0 ? null : above / below);

const STATS = [
  'field_goals_made', 'field_goals_attempted', 'three_pointers_made', 'three_pointers_attempted', 'free_throws_made', 'free_throws_attempted',
  'offensive_rebounds', 'defensive_rebounds', 'rebounds', 'assists', 'steals', 'blocks', 'turnovers', 'personal_fouls', 'points',
];
const boxLine = (row: Row): Record<string, Cell> =>
  Object.fromEntries(['seconds_played', 'minutes', ...STATS, 'plus_minus'].map((name) => [name, row[name] ?? null]));

const plays = (row: Row) => 100 * n(row, 'field_goals_attempted') + 44 * n(row, 'free_throws_attempted') + 100 * n(row, 'turnovers');
const possessions = (row: Row) => plays(row) - 100 * n(row, 'offensive_rebounds');
const efg = (row: Row) => ratio(n(row, 'field_goals_made') + n(row, 'three_pointers_made') / 2, n(row, 'field_goals_attempted'));
const ts = (row: Row) => ratio(100 * n(row, 'points'), 2 * (100 * n(row, 'field_goals_attempted') + 44 * n(row, 'free_throws_attempted')));
/** Math.round makes −0 of what is a little less than 240 minutes. */
const overtimes = (row: Row) => Math.round((n(row, 'seconds_played') / 60 - 240) / 25) + 0;
const gameMinutes = (row: Row) => 48 + 5 * overtimes(row);

export function oracle(league: League): Oracle {
  const scheduled = league.schedule.filter((game) => game['game_type'] === 'regular-season');
  const offense = league.teams.map((own) => offenseRow(own, opponentOf(own, league), scheduled));
  const careers = grouped(league.players, (row) => `${String(row['season'])} ${String(row['player_id'])}`);
  const seasons = grouped(offense, (row) => `${String(row['season'])} ${String(row['team_id'])}`);
  const targets = scheduled.flatMap((game) => [
    target(game, 'home_team_id', 'away_team_id', true), target(game, 'away_team_id', 'home_team_id', false),
  ]);
  const contexts = targets.map((row) => teamContext(row, seasons));
  return {
    team_offense_game_summary: withNulls(offense),
    team_defense_game_summary: withNulls(league.teams.map((own) => defenseRow(own, opponentOf(own, league), scheduled))),
    player_game_summary: withNulls(league.players.map((row) => playerRow(row, careers, offense))),
    upcoming_team_game_context: withNulls(contexts),
    upcoming_player_game_context: withNulls(contexts.flatMap((context) => expectedPlayers(context, careers, seasons))),
  };
}

/** Rows by a key, each in order of (game_date, game_id). */
function grouped(rows: readonly Row[], key: (row: Row) => string): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const group = groups.get(key(row));
    if (group) group.push(row);
    else groups.set(key(row), [row]);
  }
  const order = (row: Row) => `${String(row['game_date'])} ${String(row['game_id'])}`;
  for (const group of groups.values()) group.sort((a, b) => (order(a) < order(b) ? -1 : 1));
  return groups;
}

const otherTeams = new WeakMap<League, Map<string, Row[]>>();
function opponentOf(own: Row, league: League): Row {
  let games = otherTeams.get(league);
  if (!games) otherTeams.set(league, (games = grouped(league.teams, (row) => String(row['game_id']))));
  return games.get(String(own['game_id']))?.find((row) => row['team_id'] !== own['team_id']) as Row;
}

function identity(own: Row, opponent: Row, scheduled: readonly Row[]): Record<string, Cell> {
  const game = scheduled.find((row) => row['game_id'] === own['game_id']) as Row;
  return {
    game_id: own['game_id'] as Cell, game_date: own['game_date'] as Cell, season: own['season'] as Cell, team_id: own['team_id'] as Cell,
    opponent_team_id: opponent['team_id'] as Cell, is_home: game['home_team_id'] === own['team_id'],
  };
}

function offenseRow(own: Row, opponent: Row, scheduled: readonly Row[]): Row {
  const margin = n(own, 'points') - n(opponent, 'points');
  return {
    ...identity(own, opponent, scheduled), team_tricode: own['team_tricode'] as Cell, is_win: margin > 0, margin,
    opponent_points: n(opponent, 'points'), ...boxLine(own), overtime_periods: overtimes(own), game_minutes: gameMinutes(own),
    plays_x100: plays(own), possessions_x100: possessions(own), opponent_possessions_x100: possessions(opponent),
    pace: ratio(48 * (possessions(own) + possessions(opponent)), 100 * 2 * gameMinutes(own)),
    offensive_rating: ratio(100 * 100 * n(own, 'points'), possessions(own)),
    efg_pct: efg(own), ts_pct: ts(own), tov_pct: ratio(100 * n(own, 'turnovers'), plays(own)),
    oreb_pct: ratio(n(own, 'offensive_rebounds'), n(own, 'offensive_rebounds') + n(opponent, 'defensive_rebounds')),
    ft_rate: ratio(n(own, 'free_throws_made'), n(own, 'field_goals_attempted')),
  };
}

function defenseRow(own: Row, opponent: Row, scheduled: readonly Row[]): Row {
  const theirs = (name: string) => n(opponent, name);
  return {
    ...identity(own, opponent, scheduled), opponent_points: theirs('points'), opponent_possessions_x100: possessions(opponent),
    defensive_rating: ratio(10_000 * theirs('points'), possessions(opponent)), opponent_efg_pct: efg(opponent), opponent_ts_pct: ts(opponent),
    opponent_two_pointers_made: theirs('field_goals_made') - theirs('three_pointers_made'),
    opponent_two_pointers_attempted: theirs('field_goals_attempted') - theirs('three_pointers_attempted'),
    opponent_three_pointers_made: theirs('three_pointers_made'), opponent_three_pointers_attempted: theirs('three_pointers_attempted'),
    opponent_free_throws_made: theirs('free_throws_made'), opponent_free_throws_attempted: theirs('free_throws_attempted'),
    dreb_pct: ratio(n(own, 'defensive_rebounds'), n(own, 'defensive_rebounds') + theirs('offensive_rebounds')),
    opponent_tov_pct: ratio(100 * theirs('turnovers'), plays(opponent)), steals: n(own, 'steals'), blocks: n(own, 'blocks'),
  };
}

/** Form, load and rest from the games before a day, oldest first. */
function formBefore(earlier: readonly Row[], today: number): Record<string, Cell> {
  const form: Record<string, Cell> = {};
  for (const count of [5, 10, 15]) {
    const last = earlier.slice(-count);
    for (const stat of ['points', 'rebounds', 'assists']) form[`${stat}_avg_last_${count}`] = ratio(sum(last, stat), last.length);
    form[`minutes_avg_last_${count}`] = ratio(sum(last, 'seconds_played'), 60 * last.length);
    form[`games_in_last_${count}`] = last.length;
  }
  const week = earlier.filter((row) => day(row) >= today - 7);
  const seconds = week.length ? sum(week, 'seconds_played') : null;
  const latest = earlier.at(-1);
  const rest = latest ? today - day(latest) : null;
  return {
    ...form, games_in_last_7_days: week.length, seconds_in_last_7_days: seconds, minutes_in_last_7_days: seconds === null ? null : seconds / 60,
    days_rest: rest, is_back_to_back: rest === null ? null : rest === 1,
  };
}

const earlierIn = (groups: Map<string, Row[]>, season: Cell | undefined, subject: Cell | undefined, today: number): Row[] =>
  (groups.get(`${String(season)} ${String(subject)}`) ?? []).filter((row) => day(row) < today);

function playerRow(row: Row, careers: Map<string, Row[]>, offense: readonly Row[]): Row {
  const team = teamGame(offense, row) as Row;
  const earlier = earlierIn(careers, row['season'], row['player_id'], day(row));
  return {
    game_id: row['game_id'] as Cell, game_date: row['game_date'] as Cell, season: row['season'] as Cell, team_id: row['team_id'] as Cell,
    opponent_team_id: team['opponent_team_id'] as Cell, is_home: team['is_home'] as Cell,
    player_id: row['player_id'] as Cell, player_name: row['player_name'] as Cell, ...boxLine(row), efg_pct: efg(row), ts_pct: ts(row),
    plays_x100: plays(row), team_plays_x100: n(team, 'plays_x100'), game_minutes: n(team, 'game_minutes'),
    usage_rate: ratio(100 * 60 * plays(row) * n(team, 'game_minutes'), n(row, 'seconds_played') * n(team, 'plays_x100')),
    ...formBefore(earlier, day(row)), prior_games: earlier.length,
  };
}

const teamGames = new WeakMap<readonly Row[], Map<string, Row[]>>();
function teamGame(offense: readonly Row[], row: Row): Row | undefined {
  const key = (of: Row) => `${String(of['game_id'])} ${String(of['team_id'])}`;
  let games = teamGames.get(offense);
  if (!games) teamGames.set(offense, (games = grouped(offense, key)));
  return games.get(key(row))?.[0];
}

function target(game: Row, own: string, other: string, isHome: boolean): Row {
  return {
    game_id: game['game_id'] as Cell, game_date: game['game_date'] as Cell, season: game['season'] as Cell,
    team_id: game[own] as Cell, opponent_team_id: game[other] as Cell, is_home: isHome,
  };
}

/** Ratings and pace of the last ten games. */
function lastTen(earlier: readonly Row[], prefix: string): Record<string, Cell> {
  const last = earlier.slice(-10);
  const both = sum(last, 'possessions_x100') + sum(last, 'opponent_possessions_x100');
  return {
    [`${prefix}games_in_last_10`]: last.length,
    [`${prefix}offensive_rating_last_10`]: ratio(10_000 * sum(last, 'points'), sum(last, 'possessions_x100')),
    [`${prefix}defensive_rating_last_10`]: ratio(10_000 * sum(last, 'opponent_points'), sum(last, 'opponent_possessions_x100')),
    [`${prefix}pace_last_10`]: ratio(48 * both, 2 * 100 * sum(last, 'game_minutes')),
  };
}

function teamContext(game: Row, seasons: Map<string, Row[]>): Row {
  const today = day(game);
  const earlier = earlierIn(seasons, game['season'], game['team_id'], today);
  const latest = earlier.at(-1);
  const rest = latest ? today - day(latest) : null;
  const wins = earlier.filter((row) => row['is_win'] === true).length;
  let streak = 0;
  for (const row of [...earlier].reverse()) {
    const step = row['is_win'] === true ? 1 : -1;
    if (streak !== 0 && Math.sign(streak) !== step) break;
    streak += step;
  }
  return {
    ...game, game_number: earlier.length + 1, days_rest: rest, is_back_to_back: rest === null ? null : rest === 1,
    games_in_last_7_days: earlier.filter((row) => day(row) >= today - 7).length,
    games_in_last_14_days: earlier.filter((row) => day(row) >= today - 14).length,
    wins, losses: earlier.length - wins, streak, ...lastTen(earlier, ''),
    ...lastTen(earlierIn(seasons, game['season'], game['opponent_team_id'], today), 'opponent_'),
  };
}

function latestBefore(career: readonly Row[], today: number): Row | undefined {
  for (let i = career.length - 1; i >= 0; i--) {
    const row = career[i] as Row;
    if (day(row) < today) return row;
  }
  return undefined;
}

function expectedPlayers(context: Row, careers: Map<string, Row[]>, seasons: Map<string, Row[]>): Row[] {
  const today = day(context);
  const lastTenIds = new Set(earlierIn(seasons, context['season'], context['team_id'], today).slice(-10).map((row) => row['game_id']));
  const rows: Row[] = [];
  for (const career of careers.values()) {
    if (career[0]?.['season'] !== context['season']) continue;
    const latest = latestBefore(career, today);
    if (!latest || latest['team_id'] !== context['team_id'] || !lastTenIds.has(latest['game_id'] as Cell)) continue;
    const earlier = career.filter((row) => day(row) < today);
    const backToBacks = earlier.filter((row, i) => day(row) >= today - 14 && i > 0 && day(row) - day(earlier[i - 1] as Row) === 1);
    rows.push({
      game_id: context['game_id'] as Cell, game_date: context['game_date'] as Cell, season: context['season'] as Cell,
      team_id: context['team_id'] as Cell, opponent_team_id: context['opponent_team_id'] as Cell, is_home: context['is_home'] as Cell,
      player_id: latest['player_id'] as Cell, player_name: latest['player_name'] as Cell, ...formBefore(earlier, today),
      back_to_backs_in_last_14_days: backToBacks.length,
      ...Object.fromEntries(['opponent_games_in_last_10', 'opponent_defensive_rating_last_10', 'opponent_pace_last_10'].map((name) => [name, context[name] as Cell])),
    });
  }
  return rows;
}
