import type { Counts, Violation } from '@nba/completeness';
import type { GameDate, GameId, RootCause, RunStatus, Season } from '@nba/kernel';
import type { ScheduledGame } from '@nba/schedule';
import type { UnitState } from '../planning/unit-state';
import type { Processor } from '../definition/processor';

/** What can be said of a unit at one look: its state, that it waits, that its rows belie its record, or that its day is yet to come. */
export type UnitCondition = UnitState['kind'] | 'blocked' | 'rows-differ' | 'later';

/** The newest run of a unit. */
export interface UnitRun {
  readonly runId: string;
  readonly status: RunStatus;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  /** How long the statement took that the unit was written by; null while it runs, or when it died. */
  readonly statementMs: number | null;
  /** How many units that statement wrote, this one counted. */
  readonly unitsTogether: number;
  /** Keys of the spine that it left stored, of those it asked for; null when it wrote nothing. */
  readonly keys: Counts | null;
  /** Holes in informing windows beside which it ran; null when there were none. */
  readonly coverageGaps: string | null;
  readonly errors: string | null;
}

/** One unit as it is now. */
export interface UnitSurvey {
  readonly date: GameDate;
  readonly condition: UnitCondition;
  /** Why it is not complete, in words; empty when it is, or when its day is yet to come. */
  readonly why: readonly string[];
  /** What to type so that it becomes complete, in order; empty when nothing is to be done, or only to be waited. */
  readonly fixes: readonly string[];
  readonly storedRows: number;
  /** Its newest run; undefined when it has never run. */
  readonly run: UnitRun | undefined;
}

/** One table in one season. */
export interface TableSurvey {
  readonly processor: Processor;
  /** In the order of their dates. */
  readonly units: readonly UnitSurvey[];
  /** The finest keys, present of expected, by the rows themselves; where they are compared in two ways, the worse. Undefined for the schedule. */
  readonly keys: Counts | undefined;
}

/** A game of which tables lack something, or have what they should not. */
export interface GameGap {
  readonly kind: 'missing' | 'unexpected' | 'duplicate';
  readonly date: GameDate;
  readonly gameId: GameId | null;
  /** `NOP@MEM`; null when the schedule does not know it. */
  readonly game: string | null;
  /** The teams concerned, by tricode; empty where only players are. */
  readonly teams: readonly string[];
  /** The players concerned, by name or else id, each once. */
  readonly players: readonly string[];
  /** `dataset.table` of every table concerned, in graph order. */
  readonly tables: readonly string[];
}

export interface SeasonSurvey {
  readonly season: Season;
  /** Whether the season's schedule is loaded: without it nothing of the season is known to be expected. */
  readonly scheduled: boolean;
  /** The counted games of the dates asked for, in order. */
  readonly games: readonly ScheduledGame[];
  /** One a processor, in graph order. */
  readonly tables: readonly TableSurvey[];
  readonly gaps: readonly GameGap[];
  /** Violated invariants that fail a verification. */
  readonly violations: readonly Violation[];
}

/** Everything an operator asks about some seasons, at one instant. */
export interface PipelineSurvey {
  /** ISO 8601, UTC. */
  readonly asOf: string;
  /** Today in US Eastern time: units after it are not due. */
  readonly today: GameDate;
  readonly seasons: readonly SeasonSurvey[];
  /** What is wrong at the root, each once: the open incidents. Whatever the dates asked for. */
  readonly causes: readonly RootCause[];
}
