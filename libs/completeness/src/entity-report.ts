import type { GameDate, GameId, Season } from '@nba/kernel';
import type { ScheduledGame } from '@nba/schedule';
import { type Coverage, coverageOf, sumOf } from './coverage';
import { type EntityWindow, gamesInWindow, reachesBackTo } from './entity-window';
import { meets } from './threshold';

export interface GameOnDate {
  readonly date: GameDate;
  readonly gameId: GameId;
}

/** What a table holds of one team or player. */
export interface EntityCoverage {
  /** NBA team or person id. */
  readonly id: number;
  /** A team's three letters, a player's name; undefined where nobody knows it. */
  readonly name: string | undefined;
  /** Games in the window, oldest first; none before a first game. */
  readonly expected: readonly GameOnDate[];
  readonly present: readonly GameOnDate[];
  readonly missing: readonly GameOnDate[];
  /** Of players: games in the window of their teams of which no appearances are stored, so that nobody knows whether they played. */
  readonly unknown: readonly GameOnDate[];
  readonly coverage: Coverage;
  /** Never while a game is unknown. */
  readonly meetsThreshold: boolean;
}

/** What a table holds of teams or players within a window. */
export interface EntityReport {
  readonly table: string;
  readonly entity: 'player' | 'team';
  readonly window: EntityWindow;
  readonly asOf: GameDate;
  readonly season: Season;
  /** In the order of ids. */
  readonly entities: readonly EntityCoverage[];
  /** Games of all of them together. */
  readonly coverage: Coverage;
  readonly threshold: number;
  /** Whether that much is there of every single one. */
  readonly meetsThreshold: boolean;
  /** Games in reach of the window of which a team's appearances are not stored; none when teams are checked. */
  readonly unknownGames: readonly GameOnDate[];
  /** Ids of teams of which the season's schedule has no game: none of them is complete. */
  readonly unknownTeams: readonly number[];
  /** The season, when no schedule of it is stored: then nothing is complete. */
  readonly seasonsWithoutSchedule: readonly Season[];
}

/** One team or player, as it is known. */
export interface KnownEntity {
  readonly id: number;
  readonly name: string | undefined;
  /** Its final games in the window's span, oldest first. */
  readonly played: readonly ScheduledGame[];
  /** The teams whose games may be its own; undefined when it may be any. */
  readonly teams: ReadonlySet<number> | undefined;
}

/** A game of which a team's appearances are not stored. */
export interface UnknownGame extends GameOnDate {
  readonly teamId: number | undefined;
}

/** What the window holds of an entity, compared with what is stored. */
export function entityCoverage(
  { id, name, played, teams }: KnownEntity, window: EntityWindow, isStored: (game: GameOnDate, id: number) => boolean, unknownGames: readonly UnknownGame[], threshold: number,
): EntityCoverage {
  const held = gamesInWindow(window, played);
  const since = reachesBackTo(window, held);
  const expected = held.map(onDate);
  const present = expected.filter((game) => isStored(game, id));
  const unknown = unknownGames.filter(({ date, teamId }) => (since === undefined || date >= since) && (teams === undefined || teamId === undefined || teams.has(teamId)));
  const coverage = coverageOf({ expected: expected.length, present: present.length }, unknown.length === 0);
  return {
    id, name, expected, present, missing: expected.filter((game) => !isStored(game, id)), unknown: eachOnce(unknown),
    coverage, meetsThreshold: unknown.length === 0 && meets(coverage, threshold),
  };
}

/** Draws the report from what was found of each. @param isKnown false where not even the ids are known for sure */
export function entityReport(
  scope: Pick<EntityReport, 'table' | 'entity' | 'window' | 'asOf' | 'season' | 'threshold' | 'unknownTeams' | 'seasonsWithoutSchedule'>,
  entities: readonly EntityCoverage[], unknownGames: readonly UnknownGame[], isKnown: boolean,
): EntityReport {
  const unknownTeams = new Set(scope.unknownTeams);
  const told = entities
    .map((one) => (unknownTeams.has(one.id) || scope.seasonsWithoutSchedule.length > 0 ? { ...one, coverage: coverageOf(one.coverage, false), meetsThreshold: false } : one))
    .sort((a, b) => a.id - b.id);
  const known = isKnown && told.every(({ unknown }) => unknown.length === 0) && unknownTeams.size === 0 && scope.seasonsWithoutSchedule.length === 0;
  return {
    ...scope, entities: told, coverage: coverageOf(sumOf(told.map(({ coverage }) => coverage)), known),
    meetsThreshold: known && told.every(({ meetsThreshold }) => meetsThreshold), unknownGames: eachOnce(unknownGames),
  };
}

const onDate = ({ date, gameId }: GameOnDate): GameOnDate => ({ date, gameId });

function eachOnce(games: readonly GameOnDate[]): GameOnDate[] {
  const keyed = new Map(games.map((game) => [`${game.date} ${game.gameId}`, onDate(game)]));
  return [...keyed].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, game]) => game);
}
