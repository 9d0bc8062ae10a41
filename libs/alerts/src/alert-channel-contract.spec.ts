import { FixedClock, alertChannelContract, type ChannelUnderTest } from '@nba/testing';
import type { AlertChannel } from '@nba/kernel';
import { logChannel, slackChannel, webhookChannel, type WebhookSettings } from './index';
import { startWebhookServer, type Arrived } from './webhook-server.fixture';

alertChannelContract('The log', () => {
  const lines: string[] = [];
  let broken = false;
  return {
    channel: logChannel((line) => {
      if (broken) throw new Error('EPIPE');
      lines.push(line);
    }),
    received: () => lines.map((line) => texts(JSON.parse(line))).at(-1),
    refuse: () => { broken = true; },
    secrets: [],
    close: async () => undefined,
  };
});

alertChannelContract('A webhook', () => overHttp(webhookChannel, (text) => text));

const ENTITIES: Readonly<Record<string, string>> = { '&lt;': '<', '&gt;': '>', '&amp;': '&' };
alertChannelContract('A Slack webhook', () => overHttp(slackChannel, (text) => text.replace(/&(lt|gt|amp);/g, (entity) => ENTITIES[entity] ?? entity)));

/** A channel to a real server, whose address is full of secrets. */
async function overHttp(create: (settings: WebhookSettings) => AlertChannel, decode: (text: string) => string): Promise<ChannelUnderTest> {
  const server = await startWebhookServer();
  const url = `http://robot:pass%20word@${server.host}/services/T024BE7LD/B0FFEE%2FXYZ?token=sesame#anchor`;
  const decodedTexts = (request: Arrived | undefined) => request && decode(texts(request.body));
  return {
    channel: create({ url, timeoutMs: 2_000, attempts: 2, clock: new FixedClock('2025-01-27T11:00:00Z') }),
    received: () => decodedTexts(server.arrived.at(-1)),
    refuse: () => server.answer((response, { path, headers }) => {
      response.writeHead(403).end(`Cannot POST ${path} for ${headers.authorization}, robot:pass word pass%20word at ${decodeURIComponent(path)}`);
    }),
    secrets: ['T024BE7LD', 'B0FFEE', 'sesame', 'robot', 'pass word', 'pass%20word', Buffer.from('robot:pass word').toString('base64'), 'anchor'],
    close: () => server.close(),
  };
}

/** Every text in a message, a line each. */
function texts(value: unknown): string {
  if (typeof value === 'string') return value;
  return value !== null && typeof value === 'object' ? Object.values(value).map(texts).join('\n') : '';
}
