import { tableId } from '@nba/kernel';
import type { Dependency } from '@nba/dependency-guard';
import { type Processor, isSeasonal } from '../definition/processor';

/**
 * What a processor needs, as the stand-alone `DependencyGuard` takes it: one entry for each lookback of its declaration.
 * Plain data, so that a team that wants to look further, or less far, writes over what it wants otherwise. The schedule is
 * left out: the guard reads it to know what to expect.
 * @example guardDependencies(playerGameSummary).map((one) => ({ ...one, lookback: { games: 20 } }))
 */
export function guardDependencies(processor: Processor): Dependency[] {
  return Object.values(processor.upstreams)
    .filter(({ processor: upstream }) => !isSeasonal(upstream))
    .flatMap(({ processor: upstream, lookbacks }) => lookbacks.map(({ reach, effect }): Dependency => ({
      upstreamProcessorName: upstream.name,
      upstreamTable: tableId(upstream.table),
      lookback: reach,
      effect,
      games: upstream.games,
      dateColumn: upstream.table.partition,
      teamColumn: 'team_id' in upstream.table.columns ? 'team_id' : null,
      phase: upstream.phase,
    })));
}
