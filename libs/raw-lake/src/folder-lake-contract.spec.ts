import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rawLakeContract } from '@nba/testing';
import { openFolderLake } from './index';

const folders: string[] = [];
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

rawLakeContract('A lake in a folder', () => {
  const folder = mkdtempSync(join(tmpdir(), 'nba-lake-contract-'));
  folders.push(folder);
  return openFolderLake(folder);
});
