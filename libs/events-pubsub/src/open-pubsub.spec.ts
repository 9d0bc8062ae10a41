import { decodePush, ensureTopics, PubSubEventBus } from './index';

// As Node says it where the package is not installed; the packed library is tried without it in tools/release.
jest.mock('@google-cloud/pubsub', () => {
  throw Object.assign(new Error("Cannot find module '@google-cloud/pubsub'\nRequire stack:\n- /app/main.js"), { code: 'MODULE_NOT_FOUND' });
});

const told = { code: 'PACKAGE_MISSING', message: expect.stringContaining('The event bus on Pub/Sub needs the package @google-cloud/pubsub'), fields: { next: 'npm install @google-cloud/pubsub@5' } };

describe('where the client library of Pub/Sub is not installed', () => {
  it('a bus names the package and the command that installs it', async () => {
    expect(() => new PubSubEventBus({ project: 'nba' })).toThrow(expect.objectContaining(told));
    await expect(ensureTopics({ project: 'nba' })).rejects.toMatchObject(told);
  });

  it('push requests are read all the same', () => {
    expect(decodePush({}).refused?.field).toBe('message');
  });
});
