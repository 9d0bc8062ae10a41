import { RAW_LAKE, type RawLake } from '@nba/kernel';
import { ContainerModule, type ServiceIdentifier } from 'inversify';
import { CloudStorageLake, type CloudStorageLakeOptions } from './cloud-storage-lake';
import { openFolderLake } from './folder-lake';

/** Binds the {@link RawLake} port to the lake in a folder, one for the whole container. */
export function folderLakeModule(folder: string): ContainerModule {
  return new ContainerModule(({ bind }) => {
    bind<RawLake>(RAW_LAKE as ServiceIdentifier<RawLake>).toResolvedValue(() => openFolderLake(folder)).inSingletonScope();
  });
}

/** Binds the {@link RawLake} port to the lake in a bucket of Cloud Storage, one for the whole container. */
export function cloudStorageLakeModule(options: CloudStorageLakeOptions): ContainerModule {
  return new ContainerModule(({ bind }) => {
    bind<RawLake>(RAW_LAKE as ServiceIdentifier<RawLake>).toResolvedValue(() => new CloudStorageLake(options)).inSingletonScope();
  });
}
