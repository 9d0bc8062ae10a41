export { CloudStorageLake, type CloudStorageLakeOptions } from './cloud-storage-lake';
export { openFolderLake } from './folder-lake';
