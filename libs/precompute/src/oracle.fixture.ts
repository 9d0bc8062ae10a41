import { daysBetween, type Cell, type GameDate, type Row } from '@nba/kernel';
import type { Given } from './warehouse.fixture';

/** Phase 4 by plain loops over the upstream rows, from the formulas of the domain: no SQL, no windows, one target at a time. */
export class Oracle {
  private readonly schedule: readonly Row[];
  private readonly playerContexts: readonly Row[];
  private readonly history: { readonly players: Map<Cell, Row[]>; readonly defense: Map<Cell, Row[]> };
  private readonly byDate: { readonly offense: Map<Cell, Row[]>; readonly defense: Map<Cell, Row[]> };
  private readonly teamContexts: Map<string, Row>;
  private readonly paces = new Map<readonly Row[], Maybe>();
  private readonly leagues = new Map<Map<Cell, Row[]>, Map<string, Row[]>>();

  constructor(given: Given) {
    this.schedule = given.schedule ?? [];
    this.playerContexts = given.playerContexts ?? [];
    this.history = { players: grouped(oldestFirst(given.players), 'player_id'), defense: grouped(oldestFirst(given.defense), 'team_id') };
    this.byDate = { offense: grouped(given.offense, 'game_date'), defense: grouped(given.defense, 'game_date') };
    this.teamContexts = new Map((given.teamContexts ?? []).map((row) => [`${row['game_id']}|${row['team_id']}`, row]));
  }

  teamDefenseShotProfile(): Row[] {
    return this.schedule.filter((game) => game['home_team_id'] !== null && game['away_team_id'] !== null).flatMap((game) => [
      this.defense(game, game['home_team_id'], game['away_team_id'], true),
      this.defense(game, game['away_team_id'], game['home_team_id'], false),
    ]);
  }

  private defense(game: Row, team: Cell = null, opponent: Cell = null, isHome: boolean): Row {
    const games = last(15, before(game, this.history.defense.get(team)));
    const league = this.lastDays(30, game, this.byDate.defense);
    const row: Record<string, Cell> = {
      game_id: game['game_id'] as Cell, game_date: game['game_date'] as Cell, season: game['season'] as Cell,
      team_id: team, opponent_team_id: opponent, is_home: isHome, games_in_last_15: games.length,
    };
    for (const type of TYPES) {
      const rate = (over: readonly Row[]) => ({
        attempts: divided(times(10_000, total(over, `opponent_${type}s_attempted`)), total(over, 'opponent_possessions_x100')),
        pct: divided(total(over, `opponent_${type}s_made`), total(over, `opponent_${type}s_attempted`)),
      });
      const [own, all] = [rate(games), rate(league)];
      row[`${type}_attempts_allowed_per_100_last_15`] = own.attempts;
      row[`${type}_pct_allowed_last_15`] = own.pct;
      row[`${type}_attempts_allowed_per_100_vs_league`] = minus(own.attempts, all.attempts);
      row[`${type}_pct_allowed_vs_league`] = minus(own.pct, all.pct);
    }
    const gaps = TYPES.map((type) => row[`${type}_pct_allowed_vs_league`] as Maybe);
    const knownGaps = gaps.filter((gap) => gap !== null);
    row['strongest_against'] = knownGaps.length ? TYPES[gaps.indexOf(Math.min(...knownGaps))] as string : null;
    row['weakest_against'] = knownGaps.length ? TYPES[gaps.indexOf(Math.max(...knownGaps))] as string : null;
    return row;
  }

  playerShotProfile(): Row[] {
    return this.playerContexts.map((context) => {
      const row = playerKeys(context);
      const shares: Maybe[] = [];
      for (const n of [10, 20]) {
        const games = last(n, before(context, this.history.players.get(context['player_id'] as Cell)));
        const shots: Record<string, { attempted: Maybe; made: Maybe; plays: number }> = {
          three_pointer: { attempted: total(games, 'three_pointers_attempted'), made: total(games, 'three_pointers_made'), plays: 100 },
          two_pointer: {
            attempted: minus(total(games, 'field_goals_attempted'), total(games, 'three_pointers_attempted')),
            made: minus(total(games, 'field_goals_made'), total(games, 'three_pointers_made')), plays: 100,
          },
          free_throw: { attempted: total(games, 'free_throws_attempted'), made: total(games, 'free_throws_made'), plays: 44 },
        };
        row[`games_in_last_${n}`] = games.length;
        for (const type of TYPES) {
          const { attempted, made, plays } = shots[type] as { attempted: Maybe; made: Maybe; plays: number };
          const share = divided(times(plays, attempted), total(games, 'plays_x100'));
          row[`${type}_share_last_${n}`] = share;
          row[`${type}_pct_last_${n}`] = divided(made, attempted);
          if (n === 20) shares.push(share);
        }
      }
      const knownShares = shares.filter((share) => share !== null);
      row['dominant_shot_type'] = knownShares.length ? TYPES[shares.indexOf(Math.max(...knownShares))] as string : null;
      return row;
    });
  }

  playerDailyCache(): Row[] {
    return this.playerContexts.map((context) => {
      const row = playerKeys(context);
      const season = before(context, this.history.players.get(context['player_id'] as Cell));
      for (const [name, count] of [['last_5', 5], ['last_10', 10], ['last_30', 30], ['season', Infinity]] as const) {
        const games = last(count, season);
        const n = games.length;
        row[count === Infinity ? 'games_this_season' : `games_in_${name}`] = n;
        const points = total(games, 'points');
        const squares = totalOf(games, (game) => product(game['points'] as Maybe, game['points'] as Maybe));
        row[`points_avg_${name}`] = divided(points, n);
        const variance = n < 2 || points === null || squares === null ? null : divided(n * squares - points * points, n * (n - 1));
        row[`points_std_${name}`] = variance === null ? null : Math.sqrt(variance);
        row[`minutes_avg_${name}`] = divided(total(games, 'seconds_played'), 60 * n);
        row[`usage_rate_${name}`] = divided(
          times(6000, totalOf(games, (game) => product(game['plays_x100'] as Maybe, game['game_minutes'] as Maybe))),
          totalOf(games, (game) => product(game['seconds_played'] as Maybe, game['team_plays_x100'] as Maybe)),
        );
        row[`ts_pct_${name}`] = divided(times(50, points), totalOf(games, (game) => plus(times(100, game['field_goals_attempted'] as Maybe), times(44, game['free_throws_attempted'] as Maybe))));
      }
      const team = this.teamContexts.get(`${context['game_id']}|${context['team_id']}`);
      row['team_games_in_last_10'] = team?.['games_in_last_10'] ?? 0;
      row['team_pace_last_10'] = team?.['pace_last_10'] ?? null;
      row['team_offensive_rating_last_10'] = team?.['offensive_rating_last_10'] ?? null;
      return row;
    });
  }

  playerCompositeFactors(): Row[] {
    const defenses = new Map(this.teamDefenseShotProfile().map((row) => [`${row['game_id']}|${row['team_id']}`, row]));
    const shots = new Map(this.playerShotProfile().map((row) => [`${row['game_id']}|${row['player_id']}`, row]));
    return this.playerContexts.map((context) => {
      const score = fatigueScore(context);
      const fatigue = score === null ? null : (score - 100) / 20;
      const pace = this.paceScore(context);
      const dominant = shots.get(`${context['game_id']}|${context['player_id']}`)?.['dominant_shot_type'];
      const opponent = defenses.get(`${context['game_id']}|${context['opponent_team_id']}`);
      const gap = (dominant && (opponent?.[`${dominant}_pct_allowed_vs_league`] as Maybe)) ?? null;
      const matchup = gap === null || gap === '' ? null : within(10, 100 * (gap as number));
      const knownParts = [fatigue, pace, matchup].filter((part): part is number => part !== null);
      return {
        ...playerKeys(context),
        fatigue_score: score, fatigue_adjustment: fatigue, pace_score: pace, matchup_score: matchup,
        total_adjustment: knownParts.length ? knownParts.reduce((sum, part) => sum + part, 0) : null,
        adjustments_known: knownParts.length,
      };
    });
  }

  private paceScore(context: Row): Maybe {
    const team = this.teamContexts.get(`${context['game_id']}|${context['team_id']}`);
    const [own, opponent] = [team?.['pace_last_10'] ?? null, team?.['opponent_pace_last_10'] ?? null] as Maybe[];
    const games = this.lastDays(30, context, this.byDate.offense);
    const league = this.paces.get(games) ?? paceOf(games);
    this.paces.set(games, league);
    return own === null || opponent === null || own === undefined || opponent === undefined || league === null ? null : within(3, ((own + opponent) / 2 - league) / 2);
  }

  private lastDays(days: number, { game_date: date, season }: Row, byDate: Map<Cell, Row[]>): Row[] {
    const remembered = this.leagues.get(byDate) ?? new Map<string, Row[]>();
    this.leagues.set(byDate, remembered);
    const rows = remembered.get(`${date}|${season}`) ?? [...byDate].flatMap(([day, played]) => {
      const ago = daysBetween(day as GameDate, date as GameDate);
      return ago >= 1 && ago <= days ? played.filter((row) => row['season'] === season) : [];
    });
    remembered.set(`${date}|${season}`, rows);
    return rows;
  }
}

const TYPES = ['three_pointer', 'two_pointer', 'free_throw'] as const;

type Maybe = number | null;

function oldestFirst(games: readonly Row[] = []): Row[] {
  const when = (game: Row) => `${game['game_date']}|${game['game_id']}`;
  return [...games].sort((a, b) => (when(a) < when(b) ? -1 : 1));
}

function grouped(rows: readonly Row[] = [], column: string): Map<Cell, Row[]> {
  const groups = new Map<Cell, Row[]>();
  for (const row of rows) {
    const group = groups.get(row[column] as Cell);
    if (group) group.push(row);
    else groups.set(row[column] as Cell, [row]);
  }
  return groups;
}

/** The games of the same season before the target's date; the games come oldest first. */
function before(target: Row, games: readonly Row[] = []): Row[] {
  return games.filter((game) => game['season'] === target['season'] && String(game['game_date']) < String(target['game_date']));
}

const last = (count: number, games: readonly Row[]): readonly Row[] => games.slice(Math.max(0, games.length - count));

/** NULL over no games, and as soon as one value is unknown. */
function totalOf(games: readonly Row[], value: (game: Row) => Maybe): Maybe {
  return games.length === 0 ? null : games.map(value).reduce(plus, 0);
}
const total = (games: readonly Row[], column: string): Maybe => totalOf(games, (game) => game[column] as Maybe);

function paceOf(games: readonly Row[]): Maybe {
  const possessions = totalOf(games, (game) => plus(game['possessions_x100'] as Maybe, game['opponent_possessions_x100'] as Maybe));
  return divided(times(48, possessions), times(200, total(games, 'game_minutes')));
}

const plus = (a: Maybe, b: Maybe): Maybe => (a === null || b === null ? null : a + b);
const minus = (a: Maybe, b: Maybe): Maybe => (a === null || b === null ? null : a - b);
const product = (a: Maybe, b: Maybe): Maybe => (a === null || b === null ? null : a * b);
const times = product;
const divided = (a: Maybe, b: Maybe): Maybe => (a === null || b === null || b === 0 ? null : a / b);
const within = (bound: number, value: number): number => Math.max(-bound, Math.min(bound, value));

function playerKeys(context: Row): Record<string, Cell> {
  return Object.fromEntries(['game_id', 'game_date', 'season', 'team_id', 'opponent_team_id', 'player_id', 'player_name'].map((name) => [name, context[name] as Cell]));
}

function fatigueScore(context: Row): Maybe {
  const [rest, games, doubles] = ['days_rest', 'games_in_last_7_days', 'back_to_backs_in_last_14_days'].map((name) => context[name] as Maybe) as [Maybe, Maybe, Maybe];
  const backToBack = context['is_back_to_back'] as boolean | null;
  const seconds = games === 0 ? 0 : (context['seconds_in_last_7_days'] as Maybe);
  if (backToBack === null || (rest === null && !backToBack) || games === null || doubles === null || seconds === null) return null;
  let score = 100;
  if (backToBack) score -= 15;
  else if ((rest as number) >= 3) score += 5;
  if (games >= 4) score -= 10;
  if (seconds / 60 > 240) score -= 10;
  if (games > 0 && seconds > 35 * 60 * games) score -= 8;
  if (doubles >= 2) score -= 12;
  else if (doubles === 1) score -= 5;
  return Math.max(0, Math.min(100, score));
}
