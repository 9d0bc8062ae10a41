import type { AlertChannel } from '@nba/kernel';
import { postJson, type PostSettings } from './post-json';
import { parseWebhookUrl } from './webhook-url';

export interface WebhookSettings extends PostSettings {
  /** A secret: whoever knows it may post. */
  readonly url: string;
}

/** Raised whenever a field changes its meaning or goes. */
const SCHEMA_VERSION = 1;

/**
 * Posts each alert as JSON, with the fields of `Alert` and a `schemaVersion`. Any 2xx means that it has been taken.
 * @throws NbaError INVALID_ARGUMENT when the address is neither https nor on this machine
 */
export function webhookChannel({ url: text, ...settings }: WebhookSettings): AlertChannel {
  const url = parseWebhookUrl(text, 'the webhook');
  const name = `webhook ${url.host}`;
  return {
    name,
    send: ({ kind, incident, title, lines, resolution, at }) =>
      postJson(name, url, { schemaVersion: SCHEMA_VERSION, kind, incident, title, lines, resolution, at }, settings, () => true),
  };
}
