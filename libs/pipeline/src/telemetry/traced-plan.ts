import { tableId } from '@nba/kernel';
import type { Scope } from '@nba/schedule';
import type { Processor } from '../definition/processor';
import type { UnitPlan } from '../planning/planned-unit';
import { ATTRIBUTE } from './names';
import { ofProcessor } from './observed-group';
import { inSpan } from './span';

/** Plans one processor within a span of its own. */
export function tracedPlan(processor: Processor, { ranges }: Scope, work: () => Promise<UnitPlan>): Promise<UnitPlan> {
  const attributes = { ...ofProcessor(processor), [ATTRIBUTE.from]: ranges[0]?.from, [ATTRIBUTE.to]: ranges.at(-1)?.to };
  return inSpan({ name: `plan ${tableId(processor.table)}`, attributes }, async (span) => {
    const plan = await work();
    span.setAttributes({
      [ATTRIBUTE.ready]: plan.groups.flat().length, [ATTRIBUTE.groups]: plan.groups.length, [ATTRIBUTE.blocked]: plan.blocked.length, [ATTRIBUTE.complete]: plan.complete.length,
    });
    return plan;
  });
}
