import { type GameDate, NbaError, type Season, addDays, easternDate } from '@nba/kernel';
import { scopeOfDates } from '@nba/schedule';
import type { PhaseOutcome } from '../running/phase-outcome';
import type { PipelineParts } from '../running/pipeline-parts';
import { type Progress, RUN_DEFAULTS, type RunOptions } from '../running/run-options';
import { Session } from '../running/session';
import type { PredictionOutcome } from './prediction-request';

export interface DailyRequest extends Pick<RunOptions, 'trigger' | 'holder' | 'signal' | 'waitMs'>, Partial<Pick<RunOptions, 'cascadeMs'>> {
  /** The day that is played; by default today in US Eastern time. */
  readonly date?: GameDate;
}

export interface DailyOutcome {
  readonly date: GameDate;
  readonly phases: readonly PhaseOutcome[];
  readonly interrupted: boolean;
  /** Whether the time for the cascade was up before all that was triggered had run. */
  readonly isLate: boolean;
  readonly seasonsWithoutSchedule: readonly Season[];
  /** Undefined when the run was interrupted before it came to that. */
  readonly prediction: PredictionOutcome | undefined;
}

/**
 * The flow of one day: the games of yesterday are loaded and summarised, what is known of today's games is computed, what
 * later dates read of either is repaired, and Phase 5 is requested when all its inputs are complete. Always in strict mode.
 */
export class Daily {
  constructor(private readonly parts: PipelineParts) {}

  /** @throws NbaError INVALID_ARGUMENT when the day is still to come */
  async run(request: DailyRequest, onProgress: (progress: Progress) => void = () => undefined): Promise<DailyOutcome> {
    const today = easternDate(this.parts.clock.now());
    const { date = today, ...options } = request;
    if (date > today) throw new NbaError('INVALID_ARGUMENT', `--date: ${date} is still to come; today is ${today} in US Eastern time.`, { field: '--date', date });
    const yesterday = scopeOfDates([addDays(date, -1)]);
    const both = scopeOfDates([addDays(date, -1), date]);
    const session = await Session.open(this.parts, { ...RUN_DEFAULTS, ...options, backfillMode: false, phases: [2, 3, 4], scope: both }, onProgress);
    try {
      const phases = [await session.runPhase(2, yesterday), await session.runPhase(3, both), await session.runPhase(4, both)];
      await session.runCascade(() => true, (phase) => phases.push(phase));
      const prediction = session.interrupted ? undefined : await session.requestPrediction(date);
      return { date, phases, interrupted: session.interrupted, isLate: session.isLate, seasonsWithoutSchedule: session.seasonsWithoutSchedule, prediction };
    } finally {
      session.close();
    }
  }
}
