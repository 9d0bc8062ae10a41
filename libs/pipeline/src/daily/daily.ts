import { type GameDate, type MessageAttributes, NbaError, type Season, addDays, easternDate } from '@nba/kernel';
import { scopeOfDates } from '@nba/schedule';
import type { Phase } from '../definition/processor';
import type { PhaseOutcome } from '../running/phase-outcome';
import type { PipelineParts } from '../running/pipeline-parts';
import { type Progress, RUN_DEFAULTS, type RunOptions } from '../running/run-options';
import { Session } from '../running/session';
import { asRequest } from '../telemetry/requests';
import { tracedParts } from '../telemetry/traced-parts';
import type { PredictionOutcome } from './prediction-request';

export interface DailyRequest extends Pick<RunOptions, 'trigger' | 'holder' | 'signal' | 'waitMs'>, Partial<Pick<RunOptions, 'cascadeMs'>> {
  /** The day that is played; by default today in US Eastern time. */
  readonly date?: GameDate;
  /** What came along with the call that asks for it: its trace is gone on with. */
  readonly attributes?: MessageAttributes;
}

export interface DailyOutcome {
  readonly date: GameDate;
  readonly phases: readonly PhaseOutcome[];
  readonly interrupted: boolean;
  /** Whether the time for the cascade was up before all that was triggered had run. */
  readonly isLate: boolean;
  readonly seasonsWithoutSchedule: readonly Season[];
  /** Undefined when it was not asked for, or the run was interrupted before it came to that. */
  readonly prediction: PredictionOutcome | undefined;
}

/** One part of the day at work. */
type Work = (session: Session, date: GameDate, phases: PhaseOutcome[]) => Promise<PredictionOutcome | undefined | void>;

const yesterdayOf = (date: GameDate): GameDate => addDays(date, -1);

/**
 * The flow of one day: the games of yesterday are loaded and summarised, what is known of today's games is computed, what
 * later dates read of either is repaired, and Phase 5 is requested when all its inputs are complete. Always in strict mode.
 * `run` plays all of it; a scheduler calls its parts one by one, each of which hands over what it triggers.
 */
export class Daily {
  private readonly parts: PipelineParts;

  constructor(parts: PipelineParts) {
    this.parts = tracedParts(parts);
  }

  /** @throws NbaError INVALID_ARGUMENT when the day is still to come */
  run(request: DailyRequest, onProgress: (progress: Progress) => void = () => undefined): Promise<DailyOutcome> {
    return this.play([2, 3, 4], request, onProgress, async (session, date, phases) => {
      const both = scopeOfDates([yesterdayOf(date), date]);
      await loadYesterday(session, date, phases);
      phases.push(...(await session.runPhases([3, 4], both)));
      await session.runCascade(() => true, (phase) => phases.push(phase));
      return session.interrupted ? undefined : session.requestPrediction(date);
    });
  }

  /** Phase 2 of the day before. @throws NbaError INVALID_ARGUMENT when the day is still to come */
  loadYesterday(request: DailyRequest): Promise<DailyOutcome> {
    return this.play([2], request, () => undefined, async (session, date, phases) => {
      await loadYesterday(session, date, phases);
      await session.handOver((phase) => phases.push(phase));
    });
  }

  /** What is known on the morning of the day's own games: Phases 3 and 4. @throws NbaError INVALID_ARGUMENT when the day is still to come */
  computeContexts(request: DailyRequest): Promise<DailyOutcome> {
    return this.play([3, 4], request, () => undefined, async (session, date, phases) => {
      phases.push(...(await session.runPhases([3, 4], scopeOfDates([date]))));
      await session.handOver((phase) => phases.push(phase));
    });
  }

  /** The request for the day's predictions, when all that they read is complete. @throws NbaError INVALID_ARGUMENT when the day is still to come */
  requestPredictions(request: DailyRequest): Promise<DailyOutcome> {
    return this.play([], request, () => undefined, async (session, date) => (session.interrupted ? undefined : session.requestPrediction(date)));
  }

  /** @param asked the phases that are asked for by name: what the others are triggered to do is not repair alone */
  private play(asked: readonly Phase[], request: DailyRequest, onProgress: (progress: Progress) => void, work: Work): Promise<DailyOutcome> {
    const { attributes, ...rest } = request;
    return asRequest({ kind: 'daily', trigger: request.trigger, messages: attributes && [attributes] }, () => this.playDay(asked, rest, onProgress, work));
  }

  private async playDay(asked: readonly Phase[], { date: day, ...options }: Omit<DailyRequest, 'attributes'>, onProgress: (progress: Progress) => void, work: Work): Promise<DailyOutcome> {
    const today = easternDate(this.parts.clock.now());
    const date = day ?? today;
    if (date > today) throw new NbaError('INVALID_ARGUMENT', `--date: ${date} is still to come; today is ${today} in US Eastern time.`, { field: '--date', date });
    const scope = scopeOfDates([yesterdayOf(date), date]);
    const session = await Session.open(this.parts, { ...RUN_DEFAULTS, ...options, backfillMode: false, phases: asked, scope }, onProgress);
    try {
      const phases: PhaseOutcome[] = [];
      const prediction = (await work(session, date, phases)) ?? undefined;
      return { date, phases, interrupted: session.interrupted, isLate: session.isLate, seasonsWithoutSchedule: session.seasonsWithoutSchedule, prediction };
    } finally {
      session.close();
    }
  }
}

async function loadYesterday(session: Session, date: GameDate, phases: PhaseOutcome[]): Promise<void> {
  phases.push(...(await session.runPhases([2], scopeOfDates([yesterdayOf(date)]))));
}
