import type { StorageOptions } from '@google-cloud/storage' with { 'resolution-mode': 'import' };
import type { DocumentRef } from '@nba/kernel';
import { CloudStorageLake, type StorageClientOptions } from './index';

// As Node says it where the package is not installed; the packed library is tried without it in tools/release.
jest.mock('@google-cloud/storage', () => {
  throw Object.assign(new Error("Cannot find package '@google-cloud/storage' imported from /app/main.js"), { code: 'ERR_MODULE_NOT_FOUND' });
});

const PATH = 'nba-com/schedule/2024-25/20250127_060000.json';
const REF: DocumentRef = { path: PATH, kind: 'schedule', partition: '2024-25' as DocumentRef['partition'], stamp: '20250127_060000' };

describe('a lake in Cloud Storage, where its client library is not installed', () => {
  const lake = new CloudStorageLake({ bucket: 'nba-lake' });

  it.each([
    ['list', () => lake.list('schedule', new Date('2025-01-28T00:00:00Z'))], ['read', () => lake.read(REF)], ['write', () => lake.write(PATH, '{}')],
  ])('names the package and the command that installs it: %s', async (_name, act) => {
    await expect(act()).rejects.toMatchObject({
      code: 'PACKAGE_MISSING', message: expect.stringContaining('@google-cloud/storage, which is not installed'), fields: { next: 'npm install @google-cloud/storage@7' },
    });
  });
});

it('takes whatever options the client library takes: a question for the compiler', () => {
  const own: StorageClientOptions = { projectId: 'p', userAgent: 'mine', timeout: 1 } as StorageOptions;
  expect(own.projectId).toBe('p');
});
