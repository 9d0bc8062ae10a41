import type { DateRange } from '@nba/kernel';
import type { Processor } from '../definition/processor';
import type { UnitPlan } from '../planning/planned-unit';
import type { Progress } from './run-options';

/** How far a request is, in units, told whenever it has come further. */
export class ProgressTally {
  private done = 0;
  /** Units of the processors that have been planned. */
  private planned = 0;
  private readonly plannedProcessors = new Set<Processor>();
  /** Units of the others, as far as the calendar tells. */
  private ahead = 0;

  /**
   * @param requested the processors that the request names
   * @param expectedOf how many units of a processor that has not been planned the calendar expects in the request's scope
   */
  constructor(
    private readonly requested: readonly Processor[],
    private readonly expectedOf: (processor: Processor) => number,
    private readonly tell: (progress: Progress) => void,
  ) {}

  /** What a processor has to do is known. */
  count(processor: Processor, { groups, complete }: UnitPlan): void {
    this.planned += groups.flat().length + complete.length;
    this.done += complete.length;
    this.plannedProcessors.add(processor);
    this.ahead = this.requested.filter((one) => !this.plannedProcessors.has(one)).reduce((units, one) => units + this.expectedOf(one), 0);
    this.report(processor, null);
  }

  /** Units have been run, to whatever end. */
  advance(processor: Processor, units: readonly { readonly date: DateRange['from'] }[]): void {
    const [first, last] = [units[0], units.at(-1)];
    this.done += units.length;
    this.report(processor, first && last ? { from: first.date, to: last.date } : null);
  }

  /** @param range what is being worked at, or null for the processor as a whole */
  report({ phase, name }: Processor, range: DateRange | null): void {
    this.tell({ phase, processor: name, range, done: this.done, total: this.planned + this.ahead });
  }
}
