import { randomUUID } from 'node:crypto';
import { type Clock, type DateRange, type GameDate, type RawLake, type Season, type Warehouse, easternDate, seasonSpan } from '@nba/kernel';
import { type GameCalendar, type Scope, loadCalendar } from '@nba/schedule';
import type { BackfillRequest, Progress } from './backfill';
import type { Cascade } from '../cascade/cascade';
import { LakeIndex } from '../planning/lake-index';
import { Ledger } from '../planning/ledger';
import { type PlanningContext, countExpected, planUnits } from '../planning/planner';
import { type Phase, type PipelineSettings, type Processor, isSeasonal } from '../definition/processor';
import type { Registry } from '../definition/registry';
import { type RunnerContext, recordBlocked, runGroup } from './runner';
import type { UnitOutcome } from './unit-outcome';

/** One backfill at work: what it has read of the warehouse and lake, and how far it is. */
export class Session {
  private done = 0;
  /** Units of the processors that have been planned. */
  private planned = 0;
  private readonly plannedProcessors = new Set<Processor>();
  private readonly runner: RunnerContext;
  private readonly lake: LakeIndex;
  private readonly ledger: Ledger;
  private readonly correlationId = randomUUID();
  private readonly today: GameDate;

  private constructor(
    private readonly registry: Registry,
    private readonly warehouse: Warehouse,
    private readonly settings: PipelineSettings,
    private readonly request: BackfillRequest,
    private readonly onProgress: (progress: Progress) => void,
    private readonly span: DateRange,
    private calendar: GameCalendar,
    lake: RawLake,
    clock: Clock,
  ) {
    this.today = easternDate(clock.now());
    this.lake = new LakeIndex(lake, clock.now());
    this.ledger = new Ledger(warehouse, span);
    const { workers, trigger, skipDownstreamTrigger } = request;
    this.runner = { warehouse, clock, lake: this.lake, settings, workers, trigger, skipDownstreamTrigger };
  }

  static async open(
    registry: Registry, warehouse: Warehouse, lake: RawLake, clock: Clock, settings: PipelineSettings,
    request: BackfillRequest, onProgress: (progress: Progress) => void,
  ): Promise<Session> {
    const { seasons } = request.scope;
    const [first, last] = [seasons[0], seasons.at(-1)];
    if (!first || !last) throw new RangeError('A scope has at least one season');
    const span = { from: seasonSpan(first).from, to: seasonSpan(last).to };
    const calendar = await loadCalendar(warehouse, span, settings.gameTypes);
    return new Session(registry, warehouse, settings, request, onProgress, span, calendar, lake, clock);
  }

  /** Seasons of the request of which the schedule holds no game: what is expected of them is not known. */
  get seasonsWithoutSchedule(): Season[] {
    return this.request.scope.seasons.filter((season) => !this.calendar.games.some((game) => game.season === season));
  }

  get interrupted(): boolean {
    return this.request.signal?.aborted ?? false;
  }

  /**
   * Makes the units of a phase complete, processor after processor in graph order, each planned when those before it
   * have run.
   * @param tell in a cascade, the dates whose blocked units are of interest; all others wait in silence
   */
  async runPhase(phase: Phase, scope: Scope, cascade: Cascade, tell?: ReadonlySet<GameDate>): Promise<{ outcomes: UnitOutcome[]; alreadyComplete: number }> {
    const outcomes: UnitOutcome[] = [];
    let alreadyComplete = 0;
    for (const processor of tell ? this.registry.inPhase(phase) : this.selected(phase)) {
      if (this.interrupted) break;
      const plan = await planUnits(processor, tell ? this.planningAsEver(phase, scope) : this.planning(scope));
      const ready = plan.groups.reduce((units, group) => units + group.length, 0);
      const blocked = plan.blocked.filter(({ date }) => !tell || tell.has(date));
      this.planned += ready + plan.complete;
      this.plannedProcessors.add(processor);
      this.done += plan.complete;
      alreadyComplete += plan.complete;
      this.report(phase, processor, null);
      const ended = [...(await this.runGroups(processor, plan.groups)), ...(blocked.length > 0 ? await recordBlocked(processor, blocked, this.runner) : [])];
      if (ended.length > 0) await this.settle(processor);
      await cascade.publish(processor, ended, this.correlationId, this.request.skipDownstreamTrigger);
      outcomes.push(...ended);
    }
    return { outcomes, alreadyComplete };
  }

  private async runGroups(processor: Processor, groups: PlanningGroups): Promise<UnitOutcome[]> {
    const outcomes: UnitOutcome[] = [];
    for (const group of groups) {
      if (this.interrupted) break;
      outcomes.push(...(await runGroup(processor, group, this.runner)));
      this.done += group.length;
      this.report(processor.phase, processor, { from: group[0]?.date as GameDate, to: group.at(-1)?.date as GameDate });
    }
    return outcomes;
  }

  /** What later processors plan by has changed. */
  private async settle(processor: Processor): Promise<void> {
    this.ledger.turn(processor);
    if (isSeasonal(processor)) {
      this.calendar = await loadCalendar(this.warehouse, this.span, this.settings.gameTypes);
    }
  }

  private selected(phase: Phase): readonly Processor[] {
    const wanted = this.request.processor;
    const all = this.registry.inPhase(phase);
    if (!wanted) return all;
    const needed = new Set([wanted]);
    // A set that grows while it is walked: what the needed ones need comes after them.
    for (const one of needed) for (const { processor } of Object.values(one.upstreams)) needed.add(processor);
    return all.filter((processor) => needed.has(processor));
  }

  private planning(scope: Scope): PlanningContext {
    const { maxGroup, force, failurePolicy, strictMode } = this.request;
    return {
      scope, maxGroup, force, calendar: this.calendar, ledger: this.ledger, lake: this.lake, settings: this.settings, today: this.today,
      allowGaps: failurePolicy === 'continue' || !strictMode,
    };
  }

  /**
   * What a request asks for beyond the rule (force, gaps allowed) holds for what it names, not for what follows from it.
   * Of a phase that it names, later dates are repaired, not made: it has said which dates it wants.
   */
  private planningAsEver(phase: Phase, scope: Scope): PlanningContext {
    return { ...this.planning(scope), force: false, allowGaps: false, repairOnly: this.request.phases.includes(phase) };
  }

  private report(phase: Phase, processor: Processor, range: DateRange | null): void {
    this.onProgress({ phase, processor: processor.name, range, done: this.done, total: this.planned + this.ahead() });
  }

  /** Units of the request whose processors have not been planned yet: as many as the calendar expects. */
  private ahead(): number {
    const processors = this.request.phases.flatMap((phase) => this.selected(phase)).filter((processor) => !this.plannedProcessors.has(processor));
    return processors.reduce((units, processor) => units + countExpected(processor, this.planning(this.request.scope)), 0);
  }
}

type PlanningGroups = Awaited<ReturnType<typeof planUnits>>['groups'];
