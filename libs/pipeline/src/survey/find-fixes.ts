import type { GameDate, Season } from '@nba/kernel';
import { type BlockedReason, fixesFor, isHoleReason } from '@nba/dependency-guard';
import { type Processor, isSeasonal } from '../definition/processor';
import { upstreamsOf } from '../definition/upstreams-of';
import type { BlockedUnit } from '../planning/planned-unit';

/** Dates that a command may name; more are meant by their season. Of what blocks, a window of games may well lack more than these. */
const NAMED = 7;
const BLOCKING = 20;

/** Knows, processor after processor in graph order, what there is to type for each unit of a season that is not complete. */
export class Fixes {
  private readonly presumed = new Map<Processor, readonly GameDate[]>();
  private readonly roots = new Map<string, ReadonlyMap<GameDate, readonly BlockedReason[]>>();

  constructor(private readonly season: Season) {}

  /**
   * To be told of every processor, and before it of all that it reads.
   * @param presumed ready units that are expected to come out complete
   */
  add(processor: Processor, presumed: readonly GameDate[], blocked: readonly BlockedUnit[]): void {
    this.presumed.set(processor, presumed);
    this.roots.set(processor.name, new Map(blocked.map(({ date, reasons }) => [date, this.rootsOf(reasons)])));
  }

  /** For a unit that is ready: the command for what it reads when that has to run first, for the rest follows by itself. */
  forReady(processor: Processor, date: GameDate): string[] {
    if (isSeasonal(processor)) return [`nx run backfill:phase${processor.phase} --season=${this.season} --processor=${processor.table.name}`];
    const before = upstreamsOf(processor).flatMap((upstream) => (this.presumed.get(upstream) ?? []).filter((one) => one <= date).map((one) => ({ upstream, date: one })));
    if (before.some(({ upstream }) => isSeasonal(upstream))) return [this.wholeSeason];
    const dates = [...new Set([...before.map((one) => one.date), date])].sort();
    if (dates.length === 1) return [`nx run backfill:phase${Math.min(processor.phase, ...before.map(({ upstream }) => upstream.phase))} --dates=${date}`];
    return [dates.length > NAMED ? this.wholeSeason : `nx run backfill:all --dates=${dates.join(',')}`];
  }

  /** For a unit that waits: the commands for what it waits for at the root. */
  forBlocked(processor: Processor, date: GameDate): string[] {
    const fixes = fixesFor(this.roots.get(processor.name)?.get(date) ?? []);
    return fixes.some((fix) => fix.split(',').length > BLOCKING) ? [this.wholeSeason] : fixes;
  }

  private get wholeSeason(): string {
    return `nx run backfill:all --season=${this.season}`;
  }

  /** Where what is waited for waits itself, what that waits for stands in its place. */
  private rootsOf(reasons: readonly BlockedReason[]): BlockedReason[] {
    const roots = new Map<string, BlockedReason>();
    const keep = (reason: BlockedReason): unknown => roots.set(isHoleReason(reason) ? `${reason.processor} ${reason.kind} ${reason.missingDates.join()}` : JSON.stringify(reason), reason);
    for (const reason of reasons) {
      if (!isHoleReason(reason)) {
        keep(reason);
        continue;
      }
      const waiting = this.roots.get(reason.processor);
      for (const date of reason.missingDates) {
        const further = waiting?.get(date);
        if (further) further.forEach(keep);
        else keep({ ...reason, missingDates: [date] });
      }
    }
    return [...roots.values()];
  }
}
