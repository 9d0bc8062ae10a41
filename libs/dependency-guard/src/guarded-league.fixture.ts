import { type GameDate, type Row, type TableDefinition, type Warehouse, column, defineTable, processorRunHistory, seasonOf } from '@nba/kernel';
import { memoryWarehouse } from '@nba/testing';

const { date, integer, text } = column;

const schedule = defineTable({
  dataset: 'nba_raw', name: 'nbac_schedule', description: 'Games', key: ['game_id'],
  columns: {
    game_id: text('Game'), game_date: date('Date'), season: text('Season'), game_type: text('Type'), game_status: integer('1, 2 or 3'),
    home_team_id: integer('Home'), home_team_tricode: text('Home'), home_score: integer('Home'),
    away_team_id: integer('Away'), away_team_tricode: text('Away'), away_score: integer('Away'),
  },
});
const players = defineTable({
  dataset: 'nba_raw', name: 'nbac_player_boxscore', description: 'Player lines', key: ['game_id', 'player_id'],
  columns: { game_id: text('Game'), game_date: date('Date'), team_id: integer('Team'), player_id: integer('Player'), player_name: text('Name') },
});

const TEAMS = { BOS: 1, NYK: 2, LAL: 3, DEN: 4, MIA: 5, OKC: 6 } as const;
type Tricode = keyof typeof TEAMS;

/** The unit that is asked for plays BOS@NYK on 30 October. Nobody plays on 23, 25, 27 and 29 October. */
const GAMES: readonly (readonly [number, string, `${Tricode}@${Tricode}`, 1 | 3])[] = [
  [1, '2024-04-14', 'NYK@BOS', 3],
  [2, '2024-10-22', 'NYK@BOS', 3],
  [3, '2024-10-22', 'LAL@DEN', 3],
  [4, '2024-10-24', 'BOS@LAL', 3],
  [5, '2024-10-26', 'MIA@OKC', 3],
  [6, '2024-10-28', 'BOS@DEN', 3],
  [7, '2024-10-28', 'NYK@MIA', 3],
  [8, '2024-10-30', 'BOS@NYK', 1],
];
const PLAYED = [...new Set(GAMES.filter(([, , , status]) => status === 3).map(([, on]) => on))];

export const PROCESSOR = 'NbacPlayerBoxscoreProcessor';
export const TABLE = 'nba_raw.nbac_player_boxscore';
export const gameId = (number: number): string => `002240000${number}`;

/** Six teams, a few dates, one player a team; everything played is stored and recorded as a success. Close it. */
export class GuardedLeague {
  static readonly tables = { schedule, players };

  private constructor(readonly warehouse: Warehouse) {}

  static async open(): Promise<GuardedLeague> {
    return new GuardedLeague(await memoryWarehouse([schedule, players]));
  }

  /** Puts everything back as it was. */
  async restore(): Promise<void> {
    await this.refill(schedule, GAMES.map(scheduleRow));
    await this.refill(players, GAMES.filter(([, , , status]) => status === 3).flatMap(playerRows));
    await this.refill(processorRunHistory, PLAYED.map((on) => run(on, 'success')));
  }

  /** Takes away what is stored for a date, or only one team's. */
  async lose(on: string, team?: Tricode): Promise<void> {
    await this.warehouse.query(`DELETE FROM ${TABLE} WHERE game_date = CAST(@on AS DATE)${team ? ` AND team_id = ${TEAMS[team]}` : ''}`, { on });
  }

  /** Adds a record; later than the success of the same date unless said otherwise. */
  async record(on: string, status: string, changes: Row = {}): Promise<void> {
    await this.warehouse.append(processorRunHistory, [{ ...run(on, status), run_id: `again-${on}`, started_at: `${on}T20:00:00Z`, finished_at: status === 'running' ? null : `${on}T20:05:00Z`, ...changes }]);
  }

  private async refill(table: TableDefinition, rows: readonly Row[]): Promise<void> {
    await this.warehouse.query(`DELETE FROM ${table.dataset}.${table.name} WHERE TRUE`);
    await this.warehouse.append(table, rows);
  }
}

function run(on: string, status: string): Row {
  return { processor_name: PROCESSOR, data_date: on, run_id: `first-${on}`, phase: 2, attempt: 1, status, started_at: `${on}T12:00:00Z`, finished_at: `${on}T12:05:00Z` };
}

function sides(teams: string): [Tricode, Tricode] {
  return teams.split('@') as [Tricode, Tricode];
}

function scheduleRow([number, on, teams, status]: (typeof GAMES)[number]): Row {
  const [away, home] = sides(teams);
  return {
    game_id: gameId(number), game_date: on, season: seasonOf(on as GameDate), game_type: 'regular-season', game_status: status,
    home_team_id: TEAMS[home], home_team_tricode: home, home_score: status === 3 ? 100 : null, away_team_id: TEAMS[away], away_team_tricode: away, away_score: status === 3 ? 98 : null,
  };
}

function playerRows([number, on, teams]: (typeof GAMES)[number]): Row[] {
  return sides(teams).map((team) => ({ game_id: gameId(number), game_date: on, team_id: TEAMS[team], player_id: 100 + TEAMS[team], player_name: `Player of ${team}` }));
}
