import type { RawInput } from '@nba/pipeline';
import type { BoxscoreRow } from './read-game-log';
import { gameLabel, isCountedId, teamLabel, type ScheduledGame } from './scheduled-game';

/** A document's rows by what the schedule says about their games. Rows of games that do not count are in none of the lists. */
export interface SortedRows {
  /** Rows of final games of the date. */
  readonly byGame: ReadonlyMap<ScheduledGame, readonly BoxscoreRow[]>;
  /** In words: games that are not this date's, with their teams. */
  readonly misplaced: readonly string[];
  /** In words: games of the date that are not final yet. */
  readonly unfinished: readonly string[];
}

export function sortByGame(rows: readonly BoxscoreRow[], games: ReadonlyMap<string, ScheduledGame>, input: RawInput): SortedRows {
  const byGame = new Map<ScheduledGame, BoxscoreRow[]>();
  const misplaced = new Map<string, BoxscoreRow[]>();
  const unfinished = new Set<ScheduledGame>();
  for (const row of rows) {
    const game = games.get(row.game_id);
    if (!isCountedId(row.game_id, input.settings.gameTypes)) continue;
    if (game === undefined || row.game_date !== input.partition) append(misplaced, `${row.game_id} ${row.game_date}`, row);
    else if (!game.isFinal || game.teams.length === 0) unfinished.add(game);
    else append(byGame, game, row);
  }
  return {
    byGame,
    misplaced: [...misplaced.values()].map((strays) => misplacement(strays, games, input.partition)),
    unfinished: [...unfinished].map((game) => `${gameLabel(game, input.partition)} is not final in the schedule, or its teams are undecided: its rows are not stored`),
  };
}

function append<K>(lists: Map<K, BoxscoreRow[]>, key: K, row: BoxscoreRow): void {
  const list = lists.get(key);
  if (list) list.push(row);
  else lists.set(key, [row]);
}

function misplacement(strays: readonly BoxscoreRow[], games: ReadonlyMap<string, ScheduledGame>, date: string): string {
  const [first] = strays as [BoxscoreRow];
  const teams = [...new Set(strays.map(({ team_id, team_tricode }) => teamLabel({ id: team_id, tricode: team_tricode })))].join(', ');
  const why = games.has(first.game_id)
    ? `its rows are dated ${first.game_date}`
    : `the schedule does not have it on this date${first.game_date === date ? ' (postponed?)' : `, and its rows are dated ${first.game_date}`}`;
  return `game ${first.game_id} lies under ${date}, but ${why}. Teams: ${teams}. Its ${strays.length} rows are not stored`;
}
