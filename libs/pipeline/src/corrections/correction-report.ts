import { type DateRange, type GameDate, type GameId, type PlayerId, type Season, type TableDefinition, type TeamId, tableId } from '@nba/kernel';
import type { Finding } from '../definition/processor';
import type { RowChange, ValueChange } from './compare-rows';

/** A stored row that the lake's documents have otherwise now. */
export interface Correction {
  readonly table: string;
  /** The date under which the row is stored, or for one that comes, will be. */
  readonly date: GameDate;
  readonly gameId: GameId;
  /** The team, and for display its three letters; null in tables about games. */
  readonly teamId: TeamId | null;
  readonly team: string | null;
  /** The player, and for display the name; null in tables that have none. */
  readonly playerId: PlayerId | null;
  readonly player: string | null;
  readonly kind: RowChange['kind'];
  readonly values: readonly ValueChange[];
}

/** A raw unit that a repair would read again: the lake has other documents than it was made from, or a corrected schedule reaches it. */
export interface RereadUnit {
  readonly table: string;
  /** A game date, or of the schedule a season. */
  readonly unit: GameDate | Season;
  /** Paths of the documents that it was not made from, oldest first. */
  readonly newDocuments: readonly string[];
  /** Rows in the dates looked at that differ; with none, reading again is all there is to do. */
  readonly rowsChanged: number;
  /** What was wrong or odd, each naming its file. Where nothing could be used, what is stored stays. */
  readonly findings: readonly Finding[];
}

/** Units of a table that the lake has documents of and that have never been loaded: with nothing stored, nothing is corrected. */
export interface NotLoaded {
  readonly table: string;
  readonly units: readonly (GameDate | Season)[];
}

/** What the lake's documents would change of what is stored. */
export interface CorrectionReport {
  /** The game dates looked at: up to today in US Eastern time. */
  readonly dates: DateRange;
  /** By date, game, player; the game itself first, then its teams. */
  readonly corrections: readonly Correction[];
  readonly units: readonly RereadUnit[];
  readonly notLoaded: readonly NotLoaded[];
}

/** Says of a changed row which it is. */
export function correctionOf(table: TableDefinition, { kind, before, after, values }: RowChange): Correction {
  const row = before ?? after ?? {};
  return {
    table: tableId(table),
    date: row[table.partition] as GameDate,
    gameId: row['game_id'] as GameId,
    teamId: (row['team_id'] ?? null) as TeamId | null,
    team: (row['team_tricode'] ?? null) as string | null,
    playerId: (row['player_id'] ?? null) as PlayerId | null,
    player: (row['player_name'] ?? null) as string | null,
    kind,
    values,
  };
}

/** The order of a report. */
export function byDateGamePlayer(a: Correction, b: Correction): number {
  return compare(a.date, b.date) || compare(a.gameId, b.gameId) || (a.playerId ?? 0) - (b.playerId ?? 0) || (a.teamId ?? 0) - (b.teamId ?? 0) || compare(a.table, b.table);
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
