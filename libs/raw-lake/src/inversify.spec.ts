import 'reflect-metadata';
import { tmpdir } from 'node:os';
import { RAW_LAKE, type RawLake } from '@nba/kernel';
import { Container } from 'inversify';
import { cloudStorageLakeModule, folderLakeModule } from './inversify';

describe.each([
  ['folderLakeModule', folderLakeModule(tmpdir()), tmpdir()],
  ['cloudStorageLakeModule', cloudStorageLakeModule({ bucket: 'nba-lake', prefix: 'raw' }), 'gs://nba-lake/raw'],
])('%s', (_name, lakeModule, location) => {
  it('binds one lake for the whole container', async () => {
    const container = new Container();
    await container.load(lakeModule);
    const lake = container.get<RawLake>(RAW_LAKE);
    expect(lake.location).toBe(location);
    expect(container.get<RawLake>(RAW_LAKE)).toBe(lake);
  });
});
