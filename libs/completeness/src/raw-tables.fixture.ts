import { type Row, type TableDefinition, column, defineTable } from '@nba/kernel';

const { date, float, integer, text } = column;
const names = (list: readonly string[], make: (description: string) => ReturnType<typeof integer>) => Object.fromEntries(list.map((name) => [name, make(name)]));

const COUNTED = [
  'points', 'field_goals_made', 'field_goals_attempted', 'three_pointers_made', 'three_pointers_attempted', 'free_throws_made', 'free_throws_attempted',
  'offensive_rebounds', 'defensive_rebounds', 'rebounds', 'assists', 'steals', 'blocks', 'turnovers', 'personal_fouls',
];
const GAME = { game_id: text('Game'), game_date: date('Date'), season: text('Season'), team_id: integer('Team'), team_tricode: text('Team') };
const LINE = { seconds_played: integer('Seconds'), ...names(COUNTED, integer) };

export const schedule = defineTable({
  dataset: 'nba_raw', name: 'nbac_schedule', description: 'Games', key: ['game_id'],
  columns: {
    game_id: text('Game'), game_date: date('Date'), season: text('Season'), game_type: text('Type'),
    ...names(['game_status', 'home_team_id', 'home_score', 'away_team_id', 'away_score'], integer),
    ...names(['home_team_tricode', 'away_team_tricode'], text),
  },
});
export const players = defineTable({
  dataset: 'nba_raw', name: 'nbac_player_boxscore', description: 'Player lines', key: ['game_id', 'player_id'],
  columns: { ...GAME, player_id: integer('Player'), player_name: text('Name'), ...LINE, plus_minus: integer('Plus-minus') },
});
export const teams = defineTable({
  dataset: 'nba_raw', name: 'nbac_team_boxscore', description: 'Team lines', key: ['game_id', 'team_id'],
  columns: { ...GAME, ...LINE, plus_minus: float('Plus-minus') },
});

export interface RawData {
  schedule: Row[];
  players: Row[];
  teams: Row[];
}

/** Fills the three raw tables anew. */
export async function store(warehouse: Storage, data: RawData): Promise<void> {
  for (const [table, rows] of [[schedule, data.schedule], [players, data.players], [teams, data.teams]] as const) {
    await warehouse.query(`DELETE FROM ${table.dataset}.${table.name} WHERE TRUE`);
    if (rows.length > 0) await warehouse.append(table, rows);
  }
}
interface Storage {
  query(text: string): Promise<unknown>;
  append(table: TableDefinition, rows: readonly Row[]): Promise<void>;
}

export interface GameOptions {
  readonly status?: 1 | 2 | 3;
  readonly type?: string;
}

/** Every team has a number: team 7 is `T07`, its two players are 71 (`Player 71`) and 72. */
export const tricode = (team: number): string => `T${String(team).padStart(2, '0')}`;

/** A game of two teams with its box scores, all of which add up: 100 points for the home team, 98 for the visitors. */
export function game(gameId: string, gameDate: string, home: number, away: number, { status = 3, type = 'regular-season' }: GameOptions = {}): RawData {
  const final = status === 3;
  const season = Number(gameDate.slice(5, 7)) >= 10 ? Number(gameDate.slice(0, 4)) : Number(gameDate.slice(0, 4)) - 1;
  const common = { game_id: gameId, game_date: gameDate, season: `${season}-${String((season + 1) % 100).padStart(2, '0')}` };
  const sides = [{ team: home, freeThrows: 10, plusMinus: 2 }, { team: away, freeThrows: 8, plusMinus: -2 }];
  return {
    schedule: [{
      ...common, game_type: type, game_status: status,
      home_team_id: home, home_team_tricode: tricode(home), home_score: final ? 100 : null,
      away_team_id: away, away_team_tricode: tricode(away), away_score: final ? 98 : null,
    }],
    teams: final
      ? sides.map(({ team, freeThrows, plusMinus }) => ({ ...common, team_id: team, team_tricode: tricode(team), seconds_played: 240 * 60, ...line(2, freeThrows), plus_minus: plusMinus }))
      : [],
    players: final
      ? sides.flatMap(({ team, freeThrows, plusMinus }) =>
          [1, 2].map((one) => ({
            ...common, team_id: team, team_tricode: tricode(team), player_id: team * 10 + one, player_name: `Player ${team}${one}`,
            seconds_played: 120 * 60, ...line(1, freeThrows / 2), plus_minus: plusMinus,
          })))
      : [],
  };
}

/** One player's shots, or those of two: 20 field goals of 40, 5 threes of 12, and so 45 points and the free throws. */
function line(times: 1 | 2, freeThrows: number): Row {
  const one = {
    field_goals_made: 20, field_goals_attempted: 40, three_pointers_made: 5, three_pointers_attempted: 12,
    offensive_rebounds: 4, defensive_rebounds: 15, rebounds: 19, assists: 12, steals: 3, blocks: 2, turnovers: 6, personal_fouls: 5,
  };
  const counted = Object.fromEntries(Object.entries(one).map(([stat, value]) => [stat, value * times]));
  return { ...counted, free_throws_made: freeThrows, free_throws_attempted: freeThrows + 2 * times, points: 45 * times + freeThrows };
}

export function together(...parts: readonly RawData[]): RawData {
  return { schedule: parts.flatMap((one) => one.schedule), players: parts.flatMap((one) => one.players), teams: parts.flatMap((one) => one.teams) };
}
