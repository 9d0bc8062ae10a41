export { openFolderLake } from './folder-lake';
