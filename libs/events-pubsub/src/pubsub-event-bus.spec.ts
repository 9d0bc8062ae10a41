import { Topic } from '@google-cloud/pubsub';
import { completionEvent } from './completion-event.fixture';
import { PubSubEventBus } from './index';

describe('a bus whose service is out of reach', () => {
  const before = { ...process.env };
  afterEach(() => {
    process.env = { ...before };
  });

  it('says so within its time, again and again, also for the same game date', async () => {
    // Port 1 of the machine itself: nobody listens there.
    Object.assign(process.env, { PUBSUB_EMULATOR_HOST: '127.0.0.1:1', METADATA_SERVER_DETECTION: 'none' });
    const resume = jest.spyOn(Topic.prototype, 'resumePublishing');
    const bus = new PubSubEventBus({ project: 'nba', publishTimeoutMs: 400 });
    for (const runId of ['1', '2']) {
      await expect(bus.publish(completionEvent(runId))).rejects.toMatchObject({ code: 'EVENTS_UNAVAILABLE', message: expect.stringContaining('nba-phase2-raw-complete') });
    }
    expect(resume.mock.calls).toEqual([['2025-01-26'], ['2025-01-26']]);
    await bus.drain();
    await bus.close();
  });
});
