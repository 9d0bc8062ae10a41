import { writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PubSub } from '@google-cloud/pubsub';
import { completionEvent, PHASE2 } from './completion-event.fixture';
import { deadLetterSubscriptionOf, decodePush, ensureTopics, PubSubEventBus, type PushedEvent } from './index';

const host = process.env['PUBSUB_EMULATOR_HOST'];
const tokenFile = process.env['NBA_PUSH_TOKEN_FILE'];

interface Received {
  readonly path: string | undefined;
  readonly authorization: string | undefined;
  readonly pushed: PushedEvent;
}

(host ? describe : describe.skip)(`push subscriptions, emulated${host ? '' : ' (skipped: PUBSUB_EMULATOR_HOST is not set; npm run emulated sets it)'}`, () => {
  let server: Server;
  let received: Received[];
  let statusOf: (one: Received) => number;
  let bus: PubSubEventBus;
  const project = `nba-push-${process.pid}`;
  const until = async (holds: () => boolean): Promise<void> => {
    for (let i = 0; i < 400 && !holds(); i += 1) await new Promise((resolve) => setTimeout(resolve, 25));
    expect(holds()).toBe(true);
  };

  beforeAll(async () => {
    server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => {
        const one = { path: request.url, authorization: request.headers.authorization, pushed: decodePush(JSON.parse(Buffer.concat(chunks).toString())) };
        received.push(one);
        response.writeHead(statusOf(one)).end();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    if (tokenFile) writeFileSync(tokenFile, 'the.push.token\n');
    await ensureTopics({
      project, pushEndpoint: (topic) => `http://127.0.0.1:${port}/events/${topic}`,
      oidcToken: { serviceAccountEmail: `nba-push@${project}.iam.gserviceaccount.com`, audience: 'https://handler.example' },
    });
    bus = new PubSubEventBus({ project });
  });
  beforeEach(() => {
    received = [];
  });
  afterAll(async () => {
    await bus.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  it('reach their endpoint as requests that are understood, again until they are accepted', async () => {
    statusOf = ({ pushed }) => ((pushed.deliveryAttempt ?? 0) < 3 ? 503 : 204);
    await bus.publish(completionEvent('1'));
    await until(() => received.length === 3);
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(received.map(({ pushed }) => pushed.deliveryAttempt)).toEqual([1, 2, 3]);
    expect(received[0]).toEqual({
      path: `/events/${PHASE2}`, authorization: tokenFile && 'Bearer the.push.token',
      pushed: { event: completionEvent('1'), messageId: expect.any(String), subscription: `projects/${project}/subscriptions/${PHASE2}.handler`, deliveryAttempt: 1, attributes: expect.any(Object) },
    });
  });

  it('end among the dead letters when they are never accepted, once', async () => {
    statusOf = () => 400;
    await bus.publish(completionEvent('refused'));
    const client = new PubSub({ projectId: project });
    const dead: string[] = [];
    const kept = client.subscription(deadLetterSubscriptionOf(PHASE2)).on('message', (message) => {
      dead.push(message.data.toString());
      message.ack();
    });
    await until(() => dead.length > 0);
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(dead).toEqual([JSON.stringify(completionEvent('refused'))]);
    expect(received).toHaveLength(5);
    await kept.close();
    await client.close();
  });
});
