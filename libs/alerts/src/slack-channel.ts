import type { AlertChannel } from '@nba/kernel';
import { postJson } from './post-json';
import { slackMessage } from './slack-message';
import type { WebhookSettings } from './webhook-channel';
import { parseWebhookUrl } from './webhook-url';

/**
 * Posts to a Slack incoming webhook. Slack says `ok` when it has taken a message; any other answer is an error.
 * @throws NbaError INVALID_ARGUMENT when the address is neither https nor on this machine
 */
export function slackChannel({ url: text, ...settings }: WebhookSettings): AlertChannel {
  const url = parseWebhookUrl(text, 'the Slack webhook');
  return {
    name: 'slack',
    send: (alert) => postJson('slack', url, slackMessage(alert), settings, (answer) => answer.trim() === 'ok'),
  };
}
