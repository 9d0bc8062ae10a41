import { type Registry, createRegistry } from '@nba/pipeline';
import { precomputeProcessors } from '@nba/precompute';
import { analyticsProcessors } from '@nba/processors-analytics';
import { rawProcessors } from '@nba/processors-raw';

/** Every processor of the pipeline, Phase 2 to 4. */
export const registry: Registry = createRegistry([...rawProcessors, ...analyticsProcessors, ...precomputeProcessors]);
