import { STATE_TABLES, type Warehouse } from '@nba/kernel';
import { FixedClock } from '../fixed-clock';
import { leaseContract } from './lease-contract';
import { queryContract } from './query-contract';
import { replacementContract } from './replacement-contract';
import { box, sourced, summary } from './sample-tables';
import { typesContract } from './types-contract';

/**
 * What every implementation of the Warehouse port must do, as one jest suite.
 * @param create with this clock, opens an empty warehouse; the suite makes its tables and closes it
 * @param otherwise expressions that a stand-in for the real engine computes otherwise: shown to differ, so that none is named here without need
 */
export function warehouseContract(name: string, create: (clock: FixedClock) => Promise<Warehouse>, otherwise: readonly string[] = []): void {
  describe(`${name} keeps the Warehouse contract`, () => {
    const clock = new FixedClock('2025-01-28T12:00:00Z');
    let opened: Warehouse;
    const warehouse = () => opened;
    beforeAll(async () => {
      opened = await create(clock);
      for (const table of [...STATE_TABLES, box, sourced, summary]) await opened.ensureTable(table);
    });
    afterAll(() => opened.close());

    typesContract(warehouse);
    queryContract(warehouse, otherwise);
    replacementContract(warehouse);
    leaseContract(warehouse, clock);
  });
}
