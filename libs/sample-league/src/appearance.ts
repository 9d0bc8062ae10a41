import type { Player } from './player';

/** A player in one game: his minutes, his part in the rotation, and what he has counted so far. */
export class Appearance {
  seconds = 0;
  /** Set when the game is over: whole minutes as the feed rounds them. */
  minutes = 0;
  hasPlayed = false;
  points = 0;
  fieldGoalsMade = 0;
  fieldGoalsAttempted = 0;
  threesMade = 0;
  threesAttempted = 0;
  freeThrowsMade = 0;
  freeThrowsAttempted = 0;
  offensiveRebounds = 0;
  defensiveRebounds = 0;
  assists = 0;
  steals = 0;
  blocks = 0;
  turnovers = 0;
  fouls = 0;
  plusMinus = 0;

  constructor(
    readonly player: Player,
    readonly isStarter: boolean,
    /** Seconds the coach means to play him in 48 minutes; 0: only when the game is decided. */
    readonly plannedSeconds: number,
  ) {}
}

export const FOUL_LIMIT = 6;
