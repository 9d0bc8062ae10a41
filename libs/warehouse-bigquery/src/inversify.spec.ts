import { CLOCK, WAREHOUSE, type Clock, type Warehouse } from '@nba/kernel';
import { FixedClock } from '@nba/testing';
import { Container, type ServiceIdentifier } from 'inversify';
import { bigQueryWarehouseModule } from './inversify';

const resolve = async (options: Parameters<typeof bigQueryWarehouseModule>[0]): Promise<Warehouse> => {
  const container = new Container();
  container.bind(CLOCK as ServiceIdentifier<Clock>).toConstantValue(new FixedClock('2025-01-01T00:00:00Z'));
  container.loadSync(bigQueryWarehouseModule(options));
  return container.getAsync(WAREHOUSE as ServiceIdentifier<Warehouse>);
};

describe('bigQueryWarehouseModule', () => {
  it('binds the port, without asking anything of anybody', async () => {
    expect(await resolve({ project: 'my-project' })).toMatchObject({ location: 'bigquery:my-project/US', concurrency: 4 });
    expect(await resolve({ project: 'my-project', location: 'europe-west3', concurrency: 8 })).toMatchObject({ location: 'bigquery:my-project/europe-west3', concurrency: 8 });
  });

  it.each(['', 'My Project', '../x'])('refuses the project %p', async (project) => {
    await expect(resolve({ project })).rejects.toMatchObject({ code: 'INVALID_ARGUMENT', fields: { field: '--warehouse' } });
  });
});
