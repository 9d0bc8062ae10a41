import { type Processor, createRegistry } from '@nba/pipeline';
import { analyticsProcessors } from '@nba/processors-analytics';
import { precomputeProcessors } from '@nba/precompute';
import { rawProcessors } from '@nba/processors-raw';

export const registry = createRegistry([...rawProcessors, ...analyticsProcessors, ...precomputeProcessors]);

/** Every processor in graph order. */
export const processors: readonly Processor[] = registry.processors;

/** Those of Phases 3 and 4. */
export const derivedProcessors: readonly Processor[] = processors.filter(({ kind }) => kind === 'query');

/** Those of Phase 2, the schedule first. */
export const rawTables: readonly Processor[] = processors.filter(({ kind }) => kind === 'document');
