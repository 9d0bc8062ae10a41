import 'reflect-metadata';
import { tmpdir } from 'node:os';
import { RAW_LAKE, type RawLake } from '@nba/kernel';
import { Container } from 'inversify';
import { folderLakeModule } from './inversify';

describe('folderLakeModule', () => {
  it('binds one lake for the whole container', async () => {
    const container = new Container();
    await container.load(folderLakeModule(tmpdir()));
    const lake = container.get<RawLake>(RAW_LAKE);
    expect(lake.location).toBe(tmpdir());
    expect(container.get<RawLake>(RAW_LAKE)).toBe(lake);
  });
});
