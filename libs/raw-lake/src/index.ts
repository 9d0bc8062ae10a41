export { CloudStorageLake, type CloudStorageLakeOptions } from './cloud-storage-lake';
export type { StorageClientOptions } from './cloud-storage-client';
export { openFolderLake } from './folder-lake';
