import { randomUUID } from 'node:crypto';
import { type CompletionEvent, type GameDate, type Lease, type Row, type Season, easternDate, isWithin, seasonOf, tableId } from '@nba/kernel';
import { type Scope, scopeOfDates } from '@nba/schedule';
import type { Triggered } from '../cascade/agenda';
import { AwaitedCompletion } from '../cascade/awaited-completion';
import { Cascade } from '../cascade/cascade';
import { DeadLetters } from '../cascade/dead-letters';
import { Outbox } from '../cascade/outbox';
import { triggeredBy } from '../cascade/triggered-by';
import { type PredictionOutcome, requestPrediction } from '../daily/prediction-request';
import { type Phase, type Processor, isSeasonal } from '../definition/processor';
import { upstreamsOf } from '../definition/upstreams-of';
import { type Ground, listedAnew, openGround, spanOf, withNewCalendar } from '../planning/ground';
import type { UnitPlan } from '../planning/planned-unit';
import { type PlanningContext, countExpected, planUnits } from '../planning/planner';
import { countEnded, noteCorrelation, observeGroup } from '../telemetry/observed-group';
import { clockAfter } from './clock-after';
import { ensureTables } from './ensure-tables';
import { inGraphOrder } from './in-graph-order';
import { type PhaseOutcome, type ProcessorOutcome, phaseOutcome } from './phase-outcome';
import type { PipelineParts } from './pipeline-parts';
import { ProgressTally } from './progress-tally';
import { Run, type RunSurroundings } from './run';
import type { Progress, RunOptions } from './run-options';
import { runGroup } from './runner';
import { startedTogether } from './started-together';
import { underLease } from './under-lease';
import { type UnitOutcome, notRun } from './unit-outcome';

/** Time between the first two looks at what is run elsewhere, and the longest. */
const [LOOK_AGAIN_MS, LOOK_AT_LEAST_MS] = [3_000, 30_000];

/** What a session is opened for. */
export interface SessionRequest extends RunOptions {
  /** The phases that are asked for by name: what a cascade adds to them is repair. */
  readonly phases: readonly Phase[];
  readonly scope: Scope;
  /** That of the message which asks; by default a new one. */
  readonly correlationId?: string;
  /** Time between the first two looks at what others run, growing to half a minute; by default three seconds. */
  readonly lookAgainMs?: number;
}

/** What the caller of `runProcessors` is told. */
interface Heard {
  /** In a cascade, the dates whose blocked units are of interest; all others wait in silence. */
  readonly tell?: ReadonlySet<GameDate>;
  /** Is told what came of each processor, when it has ended. */
  readonly onEnded?: (ran: ProcessorOutcome) => void;
}

/** One request at work: what it has read of the warehouse and lake, what it has triggered, and how far it is. Close it. */
export class Session {
  /** Processors that this session has given new content. */
  private readonly changed = new Set<Processor>();
  /** When the cascade must have ended, in milliseconds since 1970. */
  private cascadeEnds = Infinity;
  private late = false;
  /** Units that have been told to wait: a cascade does not say it again. */
  private readonly blocked = new Set<string>();
  /** What the request has been run over, by phase. */
  private readonly ranOver = new Map<Phase, Scope>();
  /** Tables that this session has the lease on. */
  private readonly holding = new Set<string>();
  /** Messages that this process has published for somebody else. */
  private readonly delivered: CompletionEvent[] = [];
  private readonly openedAt: string;
  private readonly surroundings: RunSurroundings;
  private readonly progress: ProgressTally;
  readonly today: GameDate;

  private constructor(
    private readonly parts: PipelineParts,
    private readonly request: SessionRequest,
    private readonly onProgress: (progress: Progress) => void,
    /** Undefined when those who consume are elsewhere. */
    private readonly cascade: Cascade | undefined,
    private readonly outbox: Outbox,
    private ground: Ground,
  ) {
    const { warehouse, clock, settings } = parts;
    this.today = easternDate(clock.now());
    this.openedAt = clock.now().toISOString();
    const { trigger, skipDownstreamTrigger, correlationId = randomUUID() } = request;
    this.surroundings = { warehouse, clock, settings, trigger, correlationId, skipDownstreamTrigger, listener: parts.listener };
    const expectedOf = (processor: Processor) => countExpected(processor, { scope: request.scope, calendar: this.ground.calendar, today: this.today });
    this.progress = new ProgressTally(request.phases.flatMap((phase) => this.selected(phase)), expectedOf, onProgress);
    noteCorrelation(correlationId);
  }

  /**
   * Opens the tables, and takes up what a process that died has left unpublished, unless nothing is to be triggered.
   * @param known what the request's plan was made from; by default it is read as it is needed
   */
  static async open(parts: PipelineParts, request: SessionRequest, onProgress: (progress: Progress) => void, known?: Ground): Promise<Session> {
    const { warehouse, bus, clock, registry } = parts;
    await ensureTables(warehouse, registry);
    const outbox = new Outbox(warehouse, bus, clock);
    const left = request.skipDownstreamTrigger ? [] : await outbox.pending();
    const seasons = [...new Set([...request.scope.seasons, ...left.flatMap(({ gameDates }) => gameDates.map(seasonOf))])].sort();
    const span = spanOf(seasons);
    if (!span) throw new RangeError('A scope has at least one season');
    const ground = known && isWithin(span.from, known.span) && isWithin(span.to, known.span) ? listedAnew(known, span, parts) : await openGround(span, parts);
    const cascade = bus.consumers === 'here' ? new Cascade(bus, new DeadLetters(warehouse, clock)) : undefined;
    const session = new Session(parts, request, onProgress, cascade, outbox, ground);
    if (left.length > 0) await session.send();
    return session;
  }

  close(): void {
    this.cascade?.close();
  }

  /** Seasons of the request of which the schedule holds no game: what is expected of them is not known. */
  get seasonsWithoutSchedule(): Season[] {
    return this.request.scope.seasons.filter((season) => !this.ground.calendar.games.some((game) => game.season === season));
  }

  get interrupted(): boolean {
    return this.request.signal?.aborted ?? false;
  }

  /** Whether the cascade's deadline passed before all that was triggered had run. */
  get isLate(): boolean {
    return this.late;
  }

  /** To be asked when there is more to run. */
  private mustStop(): boolean {
    if (this.parts.clock.now().getTime() >= this.cascadeEnds) this.late = true;
    return this.interrupted || this.late;
  }

  /**
   * Makes the units of some phases complete, processor after processor in graph order, each planned when those that it reads
   * have run. What reads nothing of a phase's last processors does not wait for them because of its phase.
   * @param onPhase is told once of each phase that runs, when the last of its processors has ended; those of later phases may be at work
   */
  async runPhases(phases: readonly Phase[], scope: Scope, onPhase: (ran: PhaseOutcome) => void = () => undefined): Promise<PhaseOutcome[]> {
    // A part of a phase is not the phase: what triggers it finds the rest still to be run.
    if (!this.request.processor && !this.request.wants) for (const phase of phases) this.ranOver.set(phase, scope);
    const processors = phases.flatMap((phase) => this.selected(phase));
    const ended: ProcessorOutcome[] = [];
    const ran = await this.runProcessors(processors, () => this.planning(scope), {
      onEnded: (one) => {
        ended.push(one);
        const { phase } = one.processor;
        if (processors.every((other) => other.phase !== phase || ended.some(({ processor }) => processor === other))) onPhase(phaseOutcome(phase, 'request', ended));
      },
    });
    return phases.map((phase) => phaseOutcome(phase, 'request', ran));
  }

  /** Records what of a phase would be run and is not: what is only stale is as good as it was, and what waits would have been told to. */
  async skipPhase(phase: Phase, scope: Scope, why: string): Promise<void> {
    for (const processor of this.selected(phase)) {
      const { groups, blocked } = await planUnits(processor, await this.planning(scope));
      const units = [...groups.flat().filter(({ state }) => !state.kind.startsWith('stale')), ...blocked];
      if (units.length > 0) await new Run(processor, await this.surroundingsOf(processor, [])).recordSkipped(units, why);
    }
  }

  /**
   * Runs what finished units have triggered, until all is quiet; then what was published counts as taken up. What the
   * deadline finds undone stays published and not taken up: the next run does it. With those who consume elsewhere, the
   * events are published and what they make of them is waited for, by what is recorded of it.
   * @param mayRun asked before each phase; when it says no, what is left is left to the next run
   */
  async runCascade(mayRun: (phase: Phase) => boolean, onPhase: (outcome: PhaseOutcome) => void): Promise<void> {
    this.cascadeEnds = this.parts.clock.now().getTime() + this.request.cascadeMs;
    if (!this.cascade) return this.awaitOthers(mayRun, onPhase);
    for (let triggered = await this.cascade.next(); triggered; triggered = await this.cascade.next()) {
      const { phase, scope } = triggered;
      if (this.mustStop()) return;
      // Phases run in their order, so what triggers one has ended before it ran: over the same dates it has nothing to add.
      if (covers(this.ranOver.get(phase), scope)) continue;
      if (!mayRun(phase)) return;
      const ran = await this.runTriggered(triggered);
      if (ran.outcomes.length > 0) onPhase(ran);
    }
    if (!this.interrupted && !this.late) await this.outbox.acknowledge();
  }

  /** Runs a phase that has been triggered, over the dates concerned. */
  async runTriggered({ phase, scope, dates }: Triggered): Promise<PhaseOutcome> {
    this.ranOver.set(phase, scope);
    return phaseOutcome(phase, 'cascade', await this.runProcessors(this.parts.registry.inPhase(phase), () => this.planningAsEver(phase, scope), { tell: dates }));
  }

  /** How many units a triggered phase could run now. */
  async countReady({ phase, scope }: Triggered): Promise<number> {
    let ready = 0;
    for (const processor of this.parts.registry.inPhase(phase)) ready += (await planUnits(processor, await this.planningAsEver(phase, scope))).groups.flat().length;
    return ready;
  }

  /** Lets go of what has finished: what it triggers is run here when those who consume are here, else it is theirs, and nobody waits. */
  async handOver(onPhase: (outcome: PhaseOutcome) => void): Promise<void> {
    await (this.cascade ? this.runCascade(() => true, onPhase) : this.send());
  }

  /** Publishes a message that is not of this session's making. */
  async deliver(event: CompletionEvent): Promise<void> {
    this.delivered.push(event);
    await this.parts.bus.publish(event);
  }

  private async awaitOthers(mayRun: (phase: Phase) => boolean, onPhase: (outcome: PhaseOutcome) => void): Promise<void> {
    const triggers = this.request.skipDownstreamTrigger ? [] : (await this.outbox.pending()).flatMap(triggeredBy);
    // Who has been told cannot be told to stop: what must not run yet is left unpublished for the next run.
    if (!triggers.every(({ phase }) => mayRun(phase))) return;
    await this.send();
    const { parts: { registry, warehouse, clock }, ground: { ledger }, surroundings: { correlationId }, outbox: { ownRuns }, delivered } = this;
    const planning = async (scope: Scope) => ({ ...(await this.planningAsAlways(scope)), checkPrevious: true });
    const awaited = new AwaitedCompletion({ registry, warehouse, ledger, planning, correlationId, delivered, ownRuns, since: this.openedAt });
    let pauseMs = this.request.lookAgainMs ?? LOOK_AGAIN_MS;
    for (let next = await awaited.look(); next && !this.mustStop(); next = await awaited.look()) {
      this.onProgress({ ...next, processor: '', range: null, isWaiting: true });
      // In small sleeps: who is told to stop does so soon.
      for (let left = pauseMs; left > 0 && !this.mustStop(); left -= 1_000) await clock.sleep(Math.min(left, 1_000));
      pauseMs = Math.min(pauseMs * 1.5, LOOK_AT_LEAST_MS);
    }
    for (const outcome of await awaited.outcomes()) onPhase(outcome);
  }

  /** Requests the predictions of a day, when everything that they read is complete. */
  async requestPrediction(date: GameDate): Promise<PredictionOutcome> {
    const { parts: { registry, warehouse, clock }, surroundings: { trigger, correlationId }, ground: { calendar }, today } = this;
    const planOf = async (processor: Processor, day: GameDate) => planUnits(processor, await this.planningAsAlways(scopeOfDates([day])));
    const outcome = await requestPrediction(date, { registry, warehouse, calendar, today, clock, trigger, correlationId, planOf });
    await this.publish();
    await this.handOver(() => undefined);
    return outcome;
  }

  /** Publishes what has been recorded and is to be told of. To others it is told when all that was asked for has run: they would want the same tables. */
  private async publish(): Promise<void> {
    if (this.cascade && !this.request.skipDownstreamTrigger) await this.outbox.publish();
  }

  /** Publishes now. What others consume has been taken up as soon as it is stored. */
  private async send(): Promise<void> {
    if (this.request.skipDownstreamTrigger) return;
    await this.outbox.publish();
    if (!this.cascade) await this.outbox.acknowledge();
  }

  private async runProcessors(processors: readonly Processor[], planning: () => Promise<PlanningContext>, { tell, onEnded }: Heard): Promise<ProcessorOutcome[]> {
    const ran = await inGraphOrder(processors, this.parts.warehouse.concurrency, async (processor) => {
      if (this.mustStop()) return { processor, ended: [], complete: 0 };
      const result = await this.runProcessor(processor, planning, tell);
      countEnded(result.ended);
      this.progress.report(processor, null);
      const outcome = { processor, ...result };
      onEnded?.(outcome);
      return outcome;
    });
    const outcomes = ran.flatMap(({ ended }) => ended);
    for (const { runId } of outcomes) this.outbox.ownRuns.add(runId);
    if (outcomes.length > 0) await this.publish();
    return ran;
  }

  private async runProcessor(processor: Processor, planning: () => Promise<PlanningContext>, tell?: ReadonlySet<GameDate>): Promise<Omit<ProcessorOutcome, 'processor'>> {
    const { parts: { warehouse, clock }, request } = this;
    const table = tableId(processor.table);
    // Who has nothing to write takes the table from nobody.
    const context = await planning();
    const outlook = await planUnits(processor, context);
    if (outlook.groups.length === 0) {
      this.progress.count(processor, outlook);
      return { ended: await this.recordBlocked(processor, outlook.blocked, tell), complete: outlook.complete.length };
    }
    const run = await underLease({ leases: warehouse.leases, clock, table, holder: request.holder, waitMs: this.waitMsFor(processor), mustStop: () => this.mustStop() }, async (lease, hasWaited) => {
      this.holding.add(table);
      // While others were at work, what was planned without the table may have been done meanwhile.
      const { leaseVersion } = await this.ground.ledger.page(processor);
      const plan = hasWaited || context.leases.length > 0 || lease.version > leaseVersion + 1 ? await this.planAnew(processor, planning) : outlook;
      this.progress.count(processor, plan);
      const ended = [...(await this.runGroups(processor, plan.groups, lease)), ...(await this.recordBlocked(processor, plan.blocked, tell))];
      return { ended, complete: plan.complete.length };
    }).finally(() => this.holding.delete(table));
    if (!run.held) return this.inUse(processor, outlook, run.by);
    // What later processors plan by has changed.
    if (isSeasonal(processor)) this.ground = await withNewCalendar(this.ground, this.parts);
    if (run.result.ended.some(({ changes }) => changes > 0)) this.changed.add(processor);
    return run.result;
  }

  /**
   * How long to wait for a table that another runner has. Who has changed what it is made from must not pass it by: the
   * other may have planned before, and nobody would come for what is left.
   */
  private waitMsFor(processor: Processor): number {
    const { waitMs, cascadeMs } = this.request;
    return upstreamsOf(processor).some((upstream) => this.changed.has(upstream)) ? Math.max(waitMs, cascadeMs) : waitMs;
  }

  /** Units that wait for another runner are told and not recorded: what becomes of them is that one's to say. */
  private async recordBlocked(processor: Processor, units: UnitPlan['blocked'], tell?: ReadonlySet<GameDate>): Promise<UnitOutcome[]> {
    const told = units.filter(({ date }) => !tell || (tell.has(date) && !this.blocked.has(`${processor.name} ${date}`)));
    for (const { date } of told) this.blocked.add(`${processor.name} ${date}`);
    const waiting = told.filter(({ reasons }) => reasons.some(({ kind }) => kind === 'upstream-running'));
    const blocked = told.filter((unit) => !waiting.includes(unit));
    const outcomes = waiting.map(({ date, reasons }) => notRun(processor, date, 'blocked', { reasons }));
    if (blocked.length === 0) return outcomes;
    const lines: Row[] = [];
    const ended = await new Run(processor, await this.surroundingsOf(processor, lines)).recordBlocked(blocked);
    this.note(processor, lines);
    return [...outcomes, ...ended];
  }

  private async planAnew(processor: Processor, planning: () => Promise<PlanningContext>): Promise<UnitPlan> {
    for (const one of [...upstreamsOf(processor), processor]) this.ground.ledger.turn(one);
    return planUnits(processor, await planning());
  }

  private async runGroups(processor: Processor, groups: UnitPlan['groups'], lease: Lease): Promise<UnitOutcome[]> {
    const outcomes: UnitOutcome[] = [];
    const { workers } = this.request;
    const lines: Row[] = [];
    const surroundings = await this.surroundingsOf(processor, lines);
    for (const some of startedTogether(groups)) {
      if (this.mustStop()) break;
      const started = some.map((units) => ({ run: new Run(processor, surroundings), units }));
      await Run.atWork(started, surroundings, async () => {
        for (const one of started) {
          if (this.mustStop()) {
            await one.run.recordSkipped(one.units, this.interrupted ? 'interrupted before its turn' : 'the time for the cascade was up before its turn');
            continue;
          }
          const context = { ...surroundings, lake: this.ground.lake, workers, lease, random: Math.random };
          outcomes.push(...(await observeGroup(processor, one, context, () => runGroup(processor, one, context))));
          this.progress.advance(processor, one.units);
        }
      });
    }
    this.note(processor, lines, lease);
    return outcomes;
  }

  /**
   * What a run records is newer than all that is recorded of its processor, whatever the clock was by which that was dated.
   * @param lines where the lines go that are recorded
   */
  private async surroundingsOf(processor: Processor, lines: Row[]): Promise<RunSurroundings> {
    const { runs } = await this.ground.ledger.page(processor);
    return { ...this.surroundings, clock: clockAfter(this.surroundings.clock, runs.values()), onRecorded: (some) => lines.push(...some) };
  }

  /** Nothing is recorded: what becomes of these units is the other runner's to say. */
  private inUse(processor: Processor, plan: UnitPlan, { table, holder }: Lease): { ended: UnitOutcome[]; complete: number } {
    this.ground.ledger.turn(processor);
    const dates = [...plan.groups.flat(), ...plan.blocked].map(({ date }) => date).sort();
    return { ended: dates.map((date) => notRun(processor, date, 'blocked', { reasons: [{ kind: 'table-in-use', table, by: holder }] })), complete: plan.complete.length };
  }

  private note(processor: Processor, lines: readonly Row[], lease?: Lease): void {
    // The units of a season own more partitions than the date they are recorded by.
    if (isSeasonal(processor)) this.ground.ledger.turn(processor);
    else this.ground.ledger.note(processor, lines, lease);
  }

  private selected(phase: Phase): readonly Processor[] {
    const wanted = this.request.processor;
    const all = this.parts.registry.inPhase(phase);
    if (!wanted) return all;
    const needed = new Set([wanted, ...upstreamsOf(wanted)]);
    return all.filter((processor) => needed.has(processor));
  }

  private async planning(scope: Scope): Promise<PlanningContext> {
    const { force, failurePolicy, strictMode, wants } = this.request;
    return { ...(await this.planningAsAlways(scope)), force, wants, allowGaps: failurePolicy === 'continue' || !strictMode };
  }

  /**
   * What a request asks for beyond the rule (force, gaps allowed, a choice of units) holds for what it names, not for what
   * follows from it. Of a phase that it names, later dates are repaired, not made: it has said which dates it wants.
   */
  private async planningAsEver(phase: Phase, scope: Scope): Promise<PlanningContext> {
    const context = await this.planningAsAlways(scope);
    return this.request.phases.includes(phase) ? { ...context, wants: (state) => state.kind !== 'missing' } : context;
  }

  private async planningAsAlways(scope: Scope): Promise<PlanningContext> {
    const { request: { maxGroup, strictMode, backfillMode }, ground: { calendar, ledger, lake } } = this;
    return {
      scope, maxGroup, force: false, allowGaps: false, checkPrevious: strictMode && !backfillMode, calendar, ledger, lake,
      settings: this.parts.settings, today: this.today, leases: (await this.parts.warehouse.leases.held()).filter(({ table }) => !this.holding.has(table)),
    };
  }
}

/** Whether every range of a scope lies within one of another. */
function covers(outer: Scope | undefined, inner: Scope): boolean {
  return outer !== undefined && inner.ranges.every(({ from, to }) => outer.ranges.some((range) => range.from <= from && to <= range.to));
}
