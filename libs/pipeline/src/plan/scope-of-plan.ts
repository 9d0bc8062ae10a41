import { seasonOf } from '@nba/kernel';
import { type Scope, withinSeasons } from '@nba/schedule';
import type { Plan } from './plan';

/** The part of the scope that was planned in which there is something to do. A change reaches no other season, so nothing can follow in those that are complete. */
export function scopeOfPlan({ statements, waiting }: Pick<Plan, 'statements' | 'waiting'>, planned: Scope): Scope {
  return withinSeasons(planned, [...statements.flatMap(({ units }) => units.map(({ date }) => seasonOf(date))), ...waiting.map(({ season }) => season)]);
}
