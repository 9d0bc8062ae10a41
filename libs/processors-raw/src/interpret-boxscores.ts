import { seasonOf, type GameDate } from '@nba/kernel';
import type { Finding, RawInput, RawOutput } from '@nba/pipeline';
import type { BoxscoreKind } from './boxscore-fields';
import { errorFinding, readOrRefusal, warningFinding } from './finding';
import { chooseVersion, gameVersion, type GameVersion } from './game-version';
import { findMissing } from './missing-games';
import { readGameLog } from './read-game-log';
import { scheduledGames, type ScheduledGame } from './scheduled-game';
import { sortByGame } from './sort-by-game';
import { versionFindings } from './version-findings';

/** The rows of a date's final, counted games, each game from the version that reconciles, and all that is to be said about them. */
export function interpretBoxscores(input: RawInput, kind: BoxscoreKind): RawOutput {
  const date = input.partition as GameDate;
  const games = scheduledGames(input);
  const { versions, findings, read } = readVersions(input, games, kind);
  const rows: RawOutput['rows'][number][] = [];
  const sources = new Set<string>();
  for (const game of expectedGames(games)) {
    const candidates = versions.get(game.id) ?? [];
    const chosen = chooseVersion(candidates);
    if (chosen === undefined) {
      findings.push(findMissing(game, date, kind, read));
      continue;
    }
    rows.push(...chosen.rows);
    sources.add(chosen.file);
    findings.push(...versionFindings(candidates, chosen, game, date, kind));
  }
  return { rows, findings, sources: read.filter((file) => sources.has(file)) };
}

/** Final, counted games with known teams, by id: the order in which rows are stored must not depend on the schedule's. */
function expectedGames(games: ReadonlyMap<string, ScheduledGame>): ScheduledGame[] {
  const expected = [...games.values()].filter((game) => game.isCounted && game.isFinal && game.teams.length === 2);
  return expected.sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** Every game's versions, oldest first, from the documents that can be read. */
function readVersions(input: RawInput, games: ReadonlyMap<string, ScheduledGame>, kind: BoxscoreKind) {
  const season = seasonOf(input.partition as GameDate);
  const attempts = input.documents.map((document) => ({ document, result: readOrRefusal(() => readGameLog(document, kind, season)) }));
  const newest = attempts.map(({ result }) => 'value' in result).lastIndexOf(true);
  const versions = new Map<string, GameVersion[]>();
  const findings: Finding[] = [];
  const read: string[] = [];
  attempts.forEach(({ document, result }, age) => {
    const file = document.ref.path;
    // A newer document that can be read has replaced this one: the lake only grows, so a repaired date must be able to become complete.
    const report = age < newest ? warningFinding : errorFinding;
    if ('refusal' in result) {
      findings.push(report('DOCUMENT_INVALID', `${result.refusal}; nothing of this document is used`));
      return;
    }
    read.push(file);
    const sorted = sortByGame(result.value, games, input);
    findings.push(...sorted.misplaced.map((message) => report('GAME_NOT_ON_DATE', `${file}: ${message}`)));
    findings.push(...sorted.unfinished.map((message) => warningFinding('GAME_NOT_FINAL', `${file}: ${message}`)));
    for (const [game, rows] of sorted.byGame) {
      versions.set(game.id, [...(versions.get(game.id) ?? []), gameVersion(file, age, rows, game, kind)]);
    }
  });
  return { versions, findings, read };
}
