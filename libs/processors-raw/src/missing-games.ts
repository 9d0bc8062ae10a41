import type { Finding } from '@nba/pipeline';
import type { BoxscoreKind } from './boxscore-fields';
import { errorFinding } from './finding';
import { gameLabel, type ScheduledGame } from './scheduled-game';

/** A final game that no document has. @param read the documents that could be read */
export function findMissing(game: ScheduledGame, date: string, kind: BoxscoreKind, read: readonly string[]): Finding {
  const where =
    read.length === 0
      ? `there is no readable document; one is expected at nba-com/${kind.documents}/${date}/<YYYYMMDD_HHMMSS>.json`
      : `none of the documents has it: ${read.join(', ')}`;
  return errorFinding(
    'GAME_MISSING',
    `${gameLabel(game, date)} is final, but ${where}. Next: fetch the ${kind.noun} box scores of ${date} again, then nx run backfill:phase2 --date ${date}`,
  );
}
