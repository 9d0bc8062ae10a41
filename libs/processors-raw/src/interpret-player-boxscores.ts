import type { RawInput, RawOutput } from '@nba/pipeline';
import { PLAYER_BOXSCORES } from './boxscore-fields';
import { interpretBoxscores } from './interpret-boxscores';

/** The players of a date, game by game, reconciled by points: Σ over a team = its score in the schedule. Pure. */
export function interpretPlayerBoxscores(input: RawInput): RawOutput {
  return interpretBoxscores(input, PLAYER_BOXSCORES);
}
