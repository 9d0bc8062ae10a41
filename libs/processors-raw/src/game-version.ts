import type { BoxscoreKind } from './boxscore-fields';
import type { BoxscoreRow } from './read-game-log';
import type { ScheduledGame, ScheduledTeam } from './scheduled-game';

/** One document's rows of one game, held against the schedule. */
export interface GameVersion {
  /** The document's path, and its place among the unit's documents: higher is newer. */
  readonly file: string;
  readonly age: number;
  /** The rows that can be stored: each key once, teams of this game only. */
  readonly rows: readonly BoxscoreRow[];
  /** Rows whose key had come before in the same document, each with the row that came before. */
  readonly duplicates: readonly { readonly first: BoxscoreRow; readonly again: BoxscoreRow }[];
  /** Rows of teams that do not play in this game. */
  readonly strangers: readonly BoxscoreRow[];
  readonly teams: readonly TeamTotal[];
  /** Both teams are there, their points equal the schedule's, and nothing in it contradicts itself. */
  readonly reconciles: boolean;
}

/** What a version has of one team. */
export interface TeamTotal {
  readonly team: ScheduledTeam;
  readonly rows: number;
  /** Sum of the rows' points; NULL when a row has none. */
  readonly points: number | null;
}

/** Holds one document's rows of a game against the schedule. */
export function gameVersion(file: string, age: number, all: readonly BoxscoreRow[], game: ScheduledGame, kind: BoxscoreKind): GameVersion {
  const byId = new Map<unknown, BoxscoreRow>();
  const duplicates: { first: BoxscoreRow; again: BoxscoreRow }[] = [];
  const strangers: BoxscoreRow[] = [];
  for (const row of all) {
    const first = byId.get(row[kind.idColumn]);
    if (!game.teams.some(({ id }) => id === row.team_id)) strangers.push(row);
    else if (first === undefined) byId.set(row[kind.idColumn], row);
    else duplicates.push({ first, again: row });
  }
  const rows = [...byId.values()];
  const teams = game.teams.map((team) => totalOf(team, rows));
  const reconciles =
    strangers.length === 0 &&
    duplicates.every(({ first, again }) => differingColumns(first, again).length === 0) &&
    teams.every((total) => total.rows > 0 && total.points !== null && total.points === total.team.points);
  return { file, age, rows, duplicates, strangers, teams, reconciles };
}

function totalOf(team: ScheduledTeam, rows: readonly BoxscoreRow[]): TeamTotal {
  let points: number | null = 0;
  let found = 0;
  for (const row of rows) {
    if (row.team_id !== team.id) continue;
    found++;
    points = points === null || row.points === null ? null : points + row.points;
  }
  return { team, rows: found, points };
}

/** The columns in which two rows differ. */
export function differingColumns(one: BoxscoreRow, other: BoxscoreRow): string[] {
  return Object.keys(one).filter((column) => one[column] !== other[column]);
}

/** Whether two versions would store the same, whatever the order of their rows. */
export function sameRows(one: GameVersion, other: GameVersion, kind: BoxscoreKind): boolean {
  if (one.rows.length !== other.rows.length) return false;
  const others = new Map(other.rows.map((row) => [row[kind.idColumn], row]));
  return one.rows.every((row) => {
    const match = others.get(row[kind.idColumn]);
    return match !== undefined && differingColumns(row, match).length === 0;
  });
}

/**
 * The version to store: the newest that reconciles, else the newest.
 * @param versions oldest first; undefined when there is none
 */
export function chooseVersion(versions: readonly GameVersion[]): GameVersion | undefined {
  return versions.filter((version) => version.reconciles).at(-1) ?? versions.at(-1);
}
