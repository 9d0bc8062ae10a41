import { gameTypeOf, type Row, type Season } from '@nba/kernel';
import type { Finding, PipelineSettings } from '@nba/pipeline';
import { errorFinding, warningFinding } from './finding';

/** Games named in a message; of more, only their number is told. */
const NAMED = 5;

/** A schedule document that is read, against which games known before it are held. */
export interface NewerSchedule {
  readonly file: string;
  readonly season: Season;
  /** Ids of every game it lists, whether storable or not. */
  readonly listed: ReadonlySet<string>;
}

/**
 * The rows known before that must outlive a document which does not list their games: those of played games. What was
 * played stays played, so such a document lists only part of the season. A game not yet played may rightly vanish:
 * without a word where it was only to be played if necessary, with a warning where it counted in the regular season.
 */
export function keepVanished(known: readonly Row[], { file, season, listed }: NewerSchedule, { gameTypes }: PipelineSettings, findings: Finding[]): Row[] {
  const vanished = known.filter((row) => !listed.has(String(row['game_id']))).sort(byDate);
  const played = vanished.filter((row) => row['game_status'] === 3);
  if (played.length > 0) {
    const next = `fetch the schedule of ${season} again, then nx run backfill:phase2 --season ${season}`;
    findings.push(errorFinding('GAMES_VANISHED', `${file}: does not list ${counted(played, 'played game')} known before: ${named(played)}; kept as known. Next: ${next}`));
  }
  const dropped = vanished.filter((row) => row['game_status'] !== 3 && gameTypeOf(String(row['game_id'])) === 'regular-season');
  if (dropped.length > 0 && gameTypes.includes('regular-season')) {
    findings.push(warningFinding('GAME_DROPPED', `${file}: no longer lists ${counted(dropped, 'regular-season game')} not yet played: ${named(dropped)}; not stored any more`));
  }
  return played;
}

const counted = ({ length }: readonly Row[], noun: string): string => `${length} ${noun}${length === 1 ? '' : 's'}`;

function named(rows: readonly Row[]): string {
  const first = rows.slice(0, NAMED).map((row) => `${String(row['game_id'])} on ${String(row['game_date'])}`);
  return `${first.join(', ')}${rows.length > NAMED ? ` and ${rows.length - NAMED} more` : ''}`;
}

function byDate(a: Row, b: Row): number {
  const [left, right] = [a, b].map((row) => `${String(row['game_date'])} ${String(row['game_id'])}`) as [string, string];
  return left < right ? -1 : left > right ? 1 : 0;
}
