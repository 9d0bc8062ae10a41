import type { Processor } from '@nba/pipeline';
import * as precompute from '@nba/precompute';
import * as analytics from '@nba/processors-analytics';
import * as raw from '@nba/processors-raw';

/** A library of processors: what it exports, and where a new one goes. */
export interface ProcessorLibrary {
  readonly phase: 2 | 3 | 4;
  /** Path from the workspace's root. */
  readonly folder: string;
  readonly packageName: string;
  readonly dataset: string;
  /** The name of its array of processors. */
  readonly array: string;
  readonly processors: readonly Processor[];
  /** Everything it exports, by name. */
  readonly exported: Readonly<Record<string, unknown>>;
}

export const LIBRARIES: readonly ProcessorLibrary[] = [
  { phase: 2, folder: 'libs/processors-raw', packageName: '@nba/processors-raw', dataset: 'nba_raw', array: 'rawProcessors', processors: raw.rawProcessors, exported: raw },
  {
    phase: 3, folder: 'libs/processors-analytics', packageName: '@nba/processors-analytics', dataset: 'nba_analytics', array: 'analyticsProcessors',
    processors: analytics.analyticsProcessors, exported: analytics,
  },
  {
    phase: 4, folder: 'libs/precompute', packageName: '@nba/precompute', dataset: 'nba_precompute', array: 'precomputeProcessors',
    processors: precompute.precomputeProcessors, exported: precompute,
  },
];

/** The library whose tables are of the phase. */
export function libraryOf(phase: 3 | 4): ProcessorLibrary {
  return LIBRARIES.find((library) => library.phase === phase) as ProcessorLibrary;
}

/** Every processor there is, in all spellings that its table may be asked for by. */
export function findProcessor(name: string): { readonly processor: Processor; readonly library: ProcessorLibrary } | undefined {
  for (const library of LIBRARIES) {
    const processor = library.processors.find(({ table, name: own }) => [table.name, `${table.dataset}.${table.name}`, own].includes(name));
    if (processor) return { processor, library };
  }
  return undefined;
}
