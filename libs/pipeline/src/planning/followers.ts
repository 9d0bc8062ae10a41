import { type GameDate, tableId } from '@nba/kernel';
import type { Processor } from '../definition/processor';
import { isComplete } from '../running/unit-outcome';
import type { UnitPlan } from './planned-unit';
import type { PlanningContext } from './planner';
import { type RecordedChange, findReachingChanges } from './reaching-changes';
import { readTrails } from './read-trails';
import { leadsTo } from './trails';

/** Whoever is not stored yet can be anybody. */
const ANYBODY = [{ playerId: null, teamId: null }] as const;

/**
 * The complete units of a processor that look at a date which is to be run: they will be stale if it turns out other than it
 * was. The same trails are followed as for changes that have happened.
 * @param touched dates of each upstream that are to be run or may follow
 */
export async function findFollowers(processor: Processor, plan: UnitPlan, touched: ReadonlyMap<Processor, readonly GameDate[]>, context: PlanningContext): Promise<GameDate[]> {
  const upstreams = Object.values(processor.upstreams).map((upstream) => upstream.processor);
  const changes = upstreams.flatMap((upstream) => (touched.get(upstream) ?? []).map((date): RecordedChange => (
    { table: tableId(upstream.table), date, version: Infinity, kind: 'partition', columns: null, subjects: [] }
  )));
  if (changes.length === 0) return [];
  const { runs } = await context.ledger.page(processor);
  const planned = new Set([...plan.groups.flat(), ...plan.blocked].map(({ date }) => date));
  const complete = [...runs.values()].filter((run) => isComplete(run) && !planned.has(run.date) && context.calendar.on(run.date, processor.games).length > 0);
  const candidates = complete.map((run) => ({ date: run.date, reaching: findReachingChanges(processor, run.date, run, changes) })).filter(({ reaching }) => reaching.length > 0);
  if (candidates.length === 0) return [];
  const factsOf = await readTrails(processor, candidates.flatMap(({ reaching }) => reaching), candidates.map(({ date }) => date), context);
  return candidates.filter(({ date, reaching }) => reaching.some((one) => {
    const facts = factsOf(one.upstream);
    const subjectsOf = (change: RecordedChange) => (facts.subjectsOf(change).length > 0 ? facts.subjectsOf(change) : ANYBODY);
    return leadsTo(one, date, { ...facts, subjectsOf });
  })).map(({ date }) => date).sort();
}
