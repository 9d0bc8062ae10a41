import { type Registry, createRegistry } from '@nba/pipeline';
import { precomputeProcessors } from '@nba/precompute';
import { analyticsProcessors } from '@nba/processors-analytics';
import { rawProcessors } from '@nba/processors-raw';

/** Every processor: what datasets there are and what a statement reads follows from their declarations. */
export const registry: Registry = createRegistry([...rawProcessors, ...analyticsProcessors, ...precomputeProcessors]);
