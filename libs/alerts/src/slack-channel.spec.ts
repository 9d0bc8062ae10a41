import fc from 'fast-check';
import { NotingClock, SAMPLE_ALERT } from './alerts.fixture';
import { slackChannel } from './index';
import { escapeWithin, slackMessage } from './slack-message';
import { says, startWebhookServer, type WebhookServer } from './webhook-server.fixture';

interface SlackMessage {
  readonly text: string;
  readonly blocks: readonly { readonly type: string; readonly text: { readonly type: string; readonly text: string } }[];
}
const message = (alert = SAMPLE_ALERT) => slackMessage(alert) as SlackMessage;

describe('slackMessage', () => {
  it('has a header, the lines, and the command in a code block; and a text for where there are no blocks', () => {
    expect(message({ ...SAMPLE_ALERT, title: 'A & B', lines: ['a < b', 'c > d'], resolution: 'backfill repair > log' })).toEqual({
      text: 'A &amp; B\na &lt; b\nc &gt; d\nbackfill repair &gt; log',
      blocks: [
        { type: 'header', text: { type: 'plain_text', text: 'A &amp; B', emoji: false } },
        { type: 'section', text: { type: 'mrkdwn', text: 'a &lt; b\nc &gt; d', verbatim: true } },
        { type: 'section', text: { type: 'mrkdwn', text: '```backfill repair &gt; log```', verbatim: true } },
      ],
    });
  });

  it('has no empty blocks, which Slack refuses', () => {
    expect(message({ ...SAMPLE_ALERT, lines: [], resolution: null }).blocks).toHaveLength(1);
  });

  it('lets a command not end its own code block', () => {
    expect(message({ ...SAMPLE_ALERT, resolution: 'a ``` b' }).blocks.at(-1)?.text.text).toBe("```a ''' b```");
  });

  it('keeps within what Slack takes, however long the texts', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 4000 }), fc.constantFrom('a', '&', '<', '🏀', '\n', 'é'), (length, character) => {
      const long = character.repeat(length);
      const { text, blocks } = message({ ...SAMPLE_ALERT, title: `t${long}`, lines: [`l${long}`, long], resolution: `r${long}` });
      for (const block of blocks) {
        expect(block.text.text.length).toBeLessThanOrEqual(block.type === 'header' ? 150 : 3000);
        expect(block.text.text.length).toBeGreaterThan(0);
        if (block.type === 'header') expect(block.text.text).not.toContain('\n');
      }
      expect(text.length).toBeLessThanOrEqual(3000);
      expect(blocks.at(-1)?.text.text).toMatch(/^```r[^`]*```$/);
    }), { numRuns: 60 });
  });
});

describe('escapeWithin', () => {
  it.each([['abcdef', 6, 'abcdef'], ['abcdefg', 6, 'abcde…'], ['ab&d', 8, 'ab&amp;d'], ['ab&de', 8, 'ab&amp;…'], ['abc&de', 8, 'abc…'], ['ab🏀cd', 5, 'ab🏀…'], ['ab🏀cd', 4, 'ab…']])('makes of %p in %i characters %p', (text, characters, expected) => {
    expect(escapeWithin(text, characters)).toBe(expected);
  });
});

describe('slackChannel', () => {
  let server: WebhookServer;
  beforeEach(async () => { server = await startWebhookServer(); });
  afterEach(() => server.close());
  const clock = new NotingClock();
  const send = () => slackChannel({ url: `http://${server.host}/services/T0/B0/sesame`, timeoutMs: 1_000, attempts: 3, clock }).send(SAMPLE_ALERT);

  it('posts the message, and is content with ok', async () => {
    await send();
    expect(server.arrived.map(({ body }) => body)).toEqual([message()]);
  });

  it.each([[200, 'no_text'], [200, ''], [400, 'invalid_payload'], [404, 'no_service'], [410, 'channel_is_archived']])('takes %i %p for a refusal, and tells the words', async (status, body) => {
    server.answer(says(status, body));
    await expect(send()).rejects.toMatchObject({ code: 'ALERT_UNDELIVERED', message: `slack: ${server.host} answered ${status}${body && ` "${body}"`}. The alert was not taken.` });
    expect(server.arrived).toHaveLength(1);
  });

  it('tries again when Slack wants it slower', async () => {
    server.answer(says(429, 'rate_limited', { 'retry-after': '1' }), says(200, 'ok'));
    await send();
    expect(server.arrived).toHaveLength(2);
  });
});
