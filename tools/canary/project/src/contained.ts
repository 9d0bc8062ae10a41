import 'reflect-metadata';
import { localEventBusModule } from '@nba/events-local/inversify';
import { CLOCK, type Clock } from '@nba/kernel';
import { type Backfill, BACKFILL, type BackfillOutcome, RUN_DEFAULTS, datesAsked } from '@nba/pipeline';
import { pipelineModule } from '@nba/pipeline/inversify';
import { folderLakeModule } from '@nba/raw-lake/inversify';
import { duckDbWarehouseModule } from '@nba/warehouse-duckdb/inversify';
// As the libraries load it: for an `import` the compiler takes Inversify's other half, whose classes are not the same to it.
// eslint-disable-next-line @typescript-eslint/no-require-imports
import inversify = require('inversify');
import { clock, LAKE, scope, settings, WAREHOUSE_FILE } from './place.js';
import { registry } from './team-assist-form.js';

/** The same by a container, for those who like one. */
export async function runContained(): Promise<BackfillOutcome> {
  const container = new inversify.Container();
  container.bind<Clock>(CLOCK as inversify.ServiceIdentifier<Clock>).toConstantValue(clock);
  await container.load(
    duckDbWarehouseModule({ file: WAREHOUSE_FILE, command: 'scouting, contained' }), folderLakeModule(LAKE), localEventBusModule(), pipelineModule(registry, settings),
  );
  try {
    const backfill = await container.getAsync(BACKFILL as inversify.ServiceIdentifier<Backfill>);
    return await backfill.run({ ...RUN_DEFAULTS, phases: [2, 3], scope, verify: datesAsked, trigger: 'scouting', holder: 'scouting, contained' });
  } finally {
    await container.unbindAll();
  }
}
