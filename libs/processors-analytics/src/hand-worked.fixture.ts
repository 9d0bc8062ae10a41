import type { Row } from '@nba/kernel';
import { nbacPlayerBoxscore, nbacSchedule, nbacTeamBoxscore } from '@nba/processors-raw';
import type { League } from './league.fixture';

/** What a box score says; null where it does not know. */
type Line = Readonly<Record<string, number | null>>;

/** A league written down game by game, with zeros for everything that is not said. */
export class HandWorkedLeague implements League {
  readonly schedule: Row[] = [];
  readonly teams: Row[] = [];
  readonly players: Row[] = [];

  /** A scheduled game of teams 1 (or `home`) and 2 (or `away`); played when box lines follow. Returns its id. */
  game(date: string, { home = 1, away = 2, type = 'regular-season' } = {}): string {
    const id = `00224${String(this.schedule.length + 1).padStart(5, '0')}`;
    const said = { game_id: id, game_date: date, season: '2024-25', game_type: type, game_status: 1, home_team_id: home, away_team_id: away };
    this.schedule.push({ ...blank(nbacSchedule.table.columns), ...said });
    return id;
  }

  /** The box score of a team; 240 minutes unless said otherwise. */
  team(game_id: string, team_id: number, line: Line): this {
    this.teams.push({ ...blank(nbacTeamBoxscore.table.columns), ...this.of(game_id), team_id, team_tricode: `T${team_id}`, ...timed({ seconds_played: 14_400, ...line }) });
    return this;
  }

  player(game_id: string, team_id: number, player_id: number, line: Line = {}): this {
    this.players.push({ ...blank(nbacPlayerBoxscore.table.columns), ...this.of(game_id), team_id, player_id, player_name: `P${player_id}`, ...timed(line) });
    return this;
  }

  /** A game won by the home team, 100 to 90, in which the players named appear for it. */
  played(date: string, playing: readonly number[] = [], teams: { home?: number; away?: number } = {}): string {
    const { home = 1, away = 2 } = teams;
    const id = this.game(date, { home, away });
    this.team(id, home, { points: 100, field_goals_attempted: 100 }).team(id, away, { points: 90, field_goals_attempted: 90 });
    for (const player of playing) this.player(id, home, player);
    return id;
  }

  private of(game_id: string): Row {
    const game = this.schedule.find((row) => row['game_id'] === game_id);
    return { game_id, game_date: game?.['game_date'] as string, season: '2024-25' };
  }
}

const timed = (line: Line): Line => ({ ...line, minutes: (line['seconds_played'] ?? 0) / 60 });

const BLANKS = { STRING: '', INT64: 0, FLOAT64: 0, BOOL: false, DATE: null, TIMESTAMP: null };
function blank(columns: typeof nbacSchedule.table.columns): Row {
  return Object.fromEntries(Object.entries(columns).map(([name, { type }]) => [name, BLANKS[type]]));
}
