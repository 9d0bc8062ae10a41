import { STATE_TABLES, type Warehouse } from '@nba/kernel';
import { queryContract } from './query-contract';
import { replacementContract } from './replacement-contract';
import { box, summary } from './sample-tables';
import { typesContract } from './types-contract';

/**
 * What every implementation of the Warehouse port must do, as one jest suite.
 * @param create opens an empty warehouse; the suite makes its tables and closes it
 */
export function warehouseContract(name: string, create: () => Promise<Warehouse>): void {
  describe(`${name} keeps the Warehouse contract`, () => {
    let opened: Warehouse;
    const warehouse = () => opened;
    beforeAll(async () => {
      opened = await create();
      for (const table of [...STATE_TABLES, box, summary]) await opened.ensureTable(table);
    });
    afterAll(() => opened.close());

    typesContract(warehouse);
    queryContract(warehouse);
    replacementContract(warehouse);
  });
}
