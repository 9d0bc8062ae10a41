import { gameTypeOf, isWithin, parseGameDate, parseSeason, seasonSpan, type Row, type Season } from '@nba/kernel';
import type { Finding, LakeDocument, RawInput, RawOutput } from '@nba/pipeline';
import { errorFinding, readOrRefusal } from './finding';
import { chooseListing } from './choose-listing';
import { readSchedule, type FeedGame } from './read-schedule';
import { keepVanished } from './vanished-games';

/**
 * A season's games as the newest readable schedule document has them. Pure.
 * An older document is used only when every newer one had to be refused, each of which is an error; and, where nothing
 * is stored yet, to tell whether the newest one lists every game that has been played.
 */
export function interpretSchedule({ partition, documents, schedule: stored, settings }: RawInput): RawOutput {
  const season = parseSeason(partition);
  const findings: Finding[] = [];
  const newestFirst = [...documents].reverse();
  for (const [i, document] of newestFirst.entries()) {
    const result = readOrRefusal(() => readSchedule(document, season));
    if ('value' in result) {
      const file = document.ref.path;
      const rows = gamesOf(result.value, season, file, findings);
      const known = stored.length > 0 ? stored : newestReadable(newestFirst.slice(i + 1), season);
      const kept = keepVanished(known, { file, season, listed: new Set(result.value.map(({ id }) => id)) }, settings, findings);
      const sources = new Set([file, ...kept.map((row) => String(row['source_document']))]);
      return { rows: [...rows, ...kept], findings, sources: [...sources] };
    }
    findings.push(errorFinding('DOCUMENT_INVALID', `${result.refusal}; nothing of this document is used`));
  }
  if (documents.length === 0) {
    const expected = `one is expected at nba-com/schedule/${season}/<YYYYMMDD_HHMMSS>.json`;
    findings.push(errorFinding('DOCUMENT_MISSING', `There is no schedule document of ${season}: ${expected}. Next: fetch it, then nx run backfill:phase2 --season ${season}`));
  }
  return { rows: [], findings, sources: [] };
}

/** The games of the first document that can be read; what else is wrong with it was told when it was the newest. */
function newestReadable(documents: readonly LakeDocument[], season: Season): Row[] {
  for (const document of documents) {
    const result = readOrRefusal(() => readSchedule(document, season));
    if ('value' in result) return gamesOf(result.value, season, document.ref.path, []);
  }
  return [];
}

function gamesOf(listed: readonly FeedGame[], season: Season, file: string, findings: Finding[]): Row[] {
  const byId = new Map<string, FeedGame[]>();
  for (const game of listed) byId.set(game.id, [...(byId.get(game.id) ?? []), game]);
  const games = [...byId.values()].map((listings) => chooseListing(listings, file, findings));
  return games.filter((game) => isStorable(game, season, file, findings)).map((game) => rowOf(game, season, file));
}

/** A game whose type or season cannot be told is not stored; one with a doubt about its date or score is. */
function isStorable(game: FeedGame, season: Season, file: string, findings: Finding[]): boolean {
  const label = `${file}: game ${game.id} on ${game.date}`;
  const add = (code: string, problem: string): void => void findings.push(errorFinding(code, `${label}: ${problem}`));
  if (gameTypeOf(game.id) === undefined) {
    add('GAME_TYPE_UNKNOWN', `no game type is known for ids that begin with ${game.id.slice(0, 3)}; the game is not stored`);
    return false;
  }
  const span = seasonSpan(season);
  if (!isWithin(parseGameDate(game.date), span)) {
    add('GAME_OUTSIDE_SEASON', `${season} lasts from ${span.from} to ${span.to}; the game is not stored`);
    return false;
  }
  if (game.listedUnder !== game.date) add('DATES_DISAGREE', `gameDateEst says ${game.date}, but it is listed under ${game.listedUnder}; stored under ${game.date}`);
  if (game.status === 3) {
    for (const team of [game.home, game.away]) {
      if (team.id !== null && team.score === null) add('SCORE_MISSING', `it is final, but ${team.tricode ?? team.id} has no score`);
    }
  }
  return true;
}

function rowOf(game: FeedGame, season: Season, file: string): Row {
  // Before the end the feed says 0–0, or a score that will change: neither is the score of the game.
  const isPlayed = game.status === 3;
  return {
    game_id: game.id,
    game_date: game.date,
    season,
    game_type: gameTypeOf(game.id) ?? null,
    game_status: game.status,
    game_status_text: game.statusText,
    tipoff_at: game.tipoffAt,
    home_team_id: game.home.id,
    home_team_tricode: game.home.tricode,
    home_score: isPlayed ? game.home.score : null,
    away_team_id: game.away.id,
    away_team_tricode: game.away.tricode,
    away_score: isPlayed ? game.away.score : null,
    arena_name: game.arenaName,
    arena_city: game.arenaCity,
    is_neutral: game.isNeutral,
    game_label: game.label,
    postponed_status: game.postponedStatus,
    source_document: file,
  };
}
