import type { Processor } from '@nba/pipeline';
import { registry } from '@nba/wiring';

/** Every processor in graph order. */
export const processors: readonly Processor[] = registry.processors;

/** Those of Phases 3 and 4. */
export const derivedProcessors: readonly Processor[] = processors.filter(({ kind }) => kind === 'query');

/** Those of Phase 2, the schedule first. */
export const rawTables: readonly Processor[] = processors.filter(({ kind }) => kind === 'document');
