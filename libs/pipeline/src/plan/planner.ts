import { type GameDate, NbaError, easternDate, seasonOf, seasonSpan, tableId } from '@nba/kernel';
import { type Scope, loadKnownSeasons, parseScope } from '@nba/schedule';
import type { Phase, Processor } from '../definition/processor';
import { describeState } from '../planning/describe-state';
import { type Ground, readGround, spanOf } from '../planning/ground';
import { readOutlookOn } from '../planning/outlook';
import { ensureTables } from '../running/ensure-tables';
import type { PipelineParts } from '../running/pipeline-parts';
import { RUN_DEFAULTS } from '../running/run-options';
import { asRequest } from '../telemetry/requests';
import { tracedParts } from '../telemetry/traced-parts';
import { estimator } from './estimate';
import type { Plan } from './plan';
import { planCost } from './plan-cost';
import { readPastStatements } from './read-past-statements';
import { type UnitExplanation, explainUnit } from './unit-explanation';

export interface PlanRequest {
  readonly scope: Scope;
  /** Phases that would run, what they trigger included. By default all. */
  readonly phases?: readonly Phase[];
  /** One processor only, with what it reads in these phases; by default all. */
  readonly processor?: Processor;
  /** Phases whose complete units would run too. By default none. */
  readonly forced?: readonly Phase[];
  /** By default as a run would have it. */
  readonly maxGroup?: number;
  /** Whether to look for complete units that may follow; by default yes. Who is about to run the plan will see. */
  readonly findsFollowers?: boolean;
}

/** What would run, and why. Reads only. */
export class Planner {
  private readonly parts: Omit<PipelineParts, 'bus'>;

  constructor(parts: Omit<PipelineParts, 'bus'>) {
    this.parts = tracedParts(parts);
  }

  /** Every season of which a schedule is stored; undefined when there is none. */
  async knownScope(): Promise<Scope | undefined> {
    await ensureTables(this.parts.warehouse, this.parts.registry);
    const seasons = await loadKnownSeasons(this.parts.warehouse);
    return seasons.length > 0 ? parseScope({ season: seasons }) : undefined;
  }

  async plan(request: PlanRequest): Promise<Plan> {
    return (await this.planToRun(request)).plan;
  }

  /** The plan, and what it was made from: for who runs it at once, and need not read that again. */
  planToRun(request: PlanRequest): Promise<{ readonly plan: Plan; readonly ground: Ground | undefined }> {
    return asRequest({ kind: 'plan' }, () => this.planAll(request));
  }

  private async planAll({ scope, maxGroup = RUN_DEFAULTS.maxGroup, findsFollowers = true, ...which }: PlanRequest): Promise<{ readonly plan: Plan; readonly ground: Ground | undefined }> {
    await ensureTables(this.parts.warehouse, this.parts.registry);
    const span = spanOf(scope.seasons);
    const ground = span && (await readGround(span, this.parts));
    const outlooks = ground ? await readOutlookOn(ground, scope, this.parts, { ...which, maxGroup, findsFollowers, foreseesSchedule: true }) : [];
    const statements = outlooks.flatMap(({ processor, plan }) => plan.groups.map((units) => ({
      ...named(processor), table: tableId(processor.table), units: units.map(({ date, state }) => ({ date, kind: state.kind, reason: describeState(state) })),
    })));
    const mayFollow = outlooks.filter((one) => one.mayFollow.length > 0).map(({ processor, mayFollow: dates }) => ({ ...named(processor), dates }));
    const estimate = estimator(statements.length > 0 ? await readPastStatements(this.parts.warehouse) : []);
    const [toRun, following] = [statements.map(({ processor, units }) => ({ processor, units: units.length })), mayFollow.map(({ processor, dates }) => ({ processor, units: dates.length }))];
    const plan = {
      statements,
      mayFollow,
      waiting: outlooks.filter(({ plan }) => plan.blocked.length > 0)
        .map(({ processor, season, plan, waitingFor }) => ({ ...named(processor), season, dates: plan.blocked.map(({ date }) => date), waitingFor })),
      complete: outlooks.reduce((units, { plan }) => units + plan.complete.length, 0),
      estimate: estimate(toRun),
      estimateWithFollowers: following.length > 0 ? estimate([...toRun, ...following]) : null,
      cost: await planCost(outlooks.flatMap(({ processor, plan }) => plan.groups.map((units) => ({ processor, dates: units.map(({ date }) => date) }))), this.parts.warehouse, this.parts.settings),
    };
    return { plan, ground };
  }

  /**
   * Why the unit of a date is or is not in the plan: its state, its windows, what it has read and what has changed since.
   * @throws NbaError INVALID_ARGUMENT for a date that is still to come
   */
  async explain(processor: Processor, date: GameDate): Promise<UnitExplanation> {
    const { warehouse, clock } = this.parts;
    const today = easternDate(clock.now());
    if (date > today) throw new NbaError('INVALID_ARGUMENT', `${date} is still to come; today is ${today} in US Eastern time.`, { field: '--explain', date });
    await ensureTables(warehouse, this.parts.registry);
    const season = seasonOf(date);
    const ground = await readGround(seasonSpan(season), this.parts);
    // What is before it in the graph and what it looks back at are planned as well: the whole season up to the date.
    const outlooks = await readOutlookOn(ground, parseScope({ season: [season] }), this.parts, { findsFollowers: true, foreseesSchedule: true });
    return explainUnit(processor, date, outlooks, { calendar: ground.calendar, port: warehouse });
  }
}

const named = ({ name, phase }: Processor): { readonly processor: string; readonly phase: Phase } => ({ processor: name, phase });
