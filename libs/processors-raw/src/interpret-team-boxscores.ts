import type { RawInput, RawOutput } from '@nba/pipeline';
import { TEAM_BOXSCORES } from './boxscore-fields';
import { interpretBoxscores } from './interpret-boxscores';

/** The teams of a date, game by game, reconciled by points: a row = the score in the schedule. Pure. */
export function interpretTeamBoxscores(input: RawInput): RawOutput {
  return interpretBoxscores(input, TEAM_BOXSCORES);
}
