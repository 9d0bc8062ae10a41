import type { Finding } from '@nba/pipeline';
import type { BoxscoreKind } from './boxscore-fields';
import { findImpossible } from './check-line';
import { errorFinding, warningFinding } from './finding';
import { differingColumns, sameRows, type GameVersion } from './game-version';
import type { BoxscoreRow } from './read-game-log';
import { gameLabel, teamLabel, type ScheduledGame } from './scheduled-game';

/**
 * What is to be said about a game's versions once one of them is chosen. What is wrong in a version older than a
 * chosen one that reconciles has been put right since; the lake only grows, so it must not make the date partial for ever.
 */
export function versionFindings(
  versions: readonly GameVersion[], chosen: GameVersion, game: ScheduledGame, date: string, kind: BoxscoreKind,
): Finding[] {
  const label = gameLabel(game, date);
  const current = versions.filter(({ age }) => age >= chosen.age);
  return [
    ...current.flatMap((version) => contradictions(version, label, kind)),
    ...(chosen.reconciles ? [] : shortfalls(chosen, label, kind)),
    ...current.filter((version) => version !== chosen && !sameRows(version, chosen, kind)).map((version) => newerVersion(version, chosen, label)),
    ...chosen.rows.flatMap((row) =>
      findImpossible(row, kind).map((problem) => errorFinding('IMPOSSIBLE_LINE', `${chosen.file}: ${label}: ${rowLabel(row, kind)}: ${problem}`)),
    ),
  ];
}

function contradictions(version: GameVersion, label: string, kind: BoxscoreKind): Finding[] {
  const where = `${version.file}: ${label}`;
  return [
    ...version.duplicates.map(({ first, again }) => {
      const columns = differingColumns(first, again);
      const row = `${where}: ${rowLabel(first, kind)} is listed twice`;
      return columns.length === 0
        ? warningFinding('DUPLICATE_ROW', `${row}, the same both times; stored once`)
        : errorFinding('DUPLICATE_ROW', `${row}, with different ${columns.map((column) => `${column} (${first[column]}, ${again[column]})`).join(', ')}`);
    }),
    ...version.strangers.map((row) =>
      errorFinding('TEAM_NOT_IN_GAME', `${where}: ${rowLabel(row, kind)} is of ${teamLabel({ id: row.team_id, tricode: row.team_tricode })}, which does not play in this game`),
    ),
  ];
}

/** Why a version does not reconcile, team by team. */
function shortfalls(version: GameVersion, label: string, kind: BoxscoreKind): Finding[] {
  return version.teams.flatMap(({ team, rows, points }) => {
    const tricode = team.tricode ?? version.rows.find((row) => row.team_id === team.id)?.team_tricode;
    const where = `${version.file}: ${label}: ${teamLabel({ id: team.id, tricode })}`;
    if (rows === 0) return [errorFinding('TEAM_MISSING', `${where} has no ${kind.noun} row`)];
    if (points !== null && points === team.points) return [];
    const expected = team.points === null ? 'the schedule has no score' : `expected ${team.points} points as the schedule has them`;
    const found = points === null ? 'a row has no points' : `found ${points}`;
    return [errorFinding('TOTALS_DIFFER', `${where}: ${expected}, ${found} in ${rows} ${kind.noun} row${rows === 1 ? '' : 's'}`)];
  });
}

function newerVersion(version: GameVersion, chosen: GameVersion, label: string): Finding {
  const totals = version.teams.map(({ team, points, rows }) => `${teamLabel(team)} ${rows === 0 ? 'missing' : `${points} for ${team.points}`}`);
  return warningFinding(
    'NEWER_VERSION_DOES_NOT_RECONCILE',
    `${version.file}: ${label}: differs from ${chosen.file} and does not reconcile with the schedule (${totals.join(', ')}); the older version is stored. ` +
      'If this is a correction of points, the schedule document is older than it: fetch the schedule again.',
  );
}

function rowLabel(row: BoxscoreRow, kind: BoxscoreKind): string {
  return `${kind.noun} ${String(row[kind.nameColumn] ?? row.team_tricode)} (${row[kind.idColumn]})`;
}
