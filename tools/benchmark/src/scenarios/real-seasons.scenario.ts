import { compared } from '../line';
import { FLOOR, HERE, type Scenario } from '../scenario';
import { runWholeFloor, runWholeJob } from '../whole-job';

/** JSON to verified Phase 4 of real seasons, where they are there. */
export const realSeasons: Scenario = {
  name: 'real-seasons',
  prepare: async () => undefined,
  contenders: ({ real }) => (real ? [{ name: FLOOR, run: (_, file) => runWholeFloor(real, file) }, { name: HERE, run: (_, file) => runWholeJob(real, file) }] : []),
  alike: ({ real }) => (real ? [[FLOOR, HERE]] : []),
  lines: ({ real }, runs) => (real ? [compared(`JSON to verified Phase 4, ${real.seasons.length} real seasons`, runs[FLOOR], runs[HERE])] : []),
};
