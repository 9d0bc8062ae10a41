import { NbaError, type AlertChannel } from '@nba/kernel';
import { logChannel } from './log-channel';
import type { PostSettings } from './post-json';
import { slackChannel } from './slack-channel';
import { webhookChannel, type WebhookSettings } from './webhook-channel';
import { parseWebhookUrl } from './webhook-url';

/** What channels need of the program they are in. */
export interface ChannelSurroundings extends Pick<PostSettings, 'clock' | 'fetch' | 'random'>, Partial<Pick<PostSettings, 'timeoutMs' | 'attempts'>> {
  /** Takes a line of the log channel, without its line break. */
  readonly write: (line: string) => void;
}

const TIMEOUT_MS = 5_000;
const ATTEMPTS = 3;
const ALLOWED = 'Allowed are log, webhook:https://…, slack:https://hooks.slack.com/…, several of them with commas between (a comma inside an address is written %2C), or none.';

const WEBHOOKS: ReadonlyMap<string, (settings: WebhookSettings) => AlertChannel> = new Map([['webhook', webhookChannel], ['slack', slackChannel]]);

/**
 * Reads where alerts go: `log`, `webhook:https://…`, `slack:https://…`, with commas between; `none` is an empty list.
 * Of two channels with the same name the later one is called `slack (2)`, so that each is kept account of by itself.
 * Attempts default to 3, each with 5 seconds.
 * @throws NbaError INVALID_ARGUMENT saying which entry is wrong and what is allowed; addresses are not shown
 */
export function parseChannels(text: string, surroundings: ChannelSurroundings): readonly AlertChannel[] {
  const entries = text.split(',').map((entry) => entry.trim());
  if (entries.length === 1 && entries[0] === 'none') return [];
  const seen = new Map<string, number>();
  return entries.map((entry, i) => {
    const what = `alert channel ${i + 1}`;
    if (entries.indexOf(entry) < i) throw new NbaError('INVALID_ARGUMENT', `${what} is the same as an earlier one. Name it once.`, { field: what });
    const channel = parseChannel(entry, what, surroundings);
    const count = (seen.get(channel.name) ?? 0) + 1;
    seen.set(channel.name, count);
    return count === 1 ? channel : { name: `${channel.name} (${count})`, send: (alert) => channel.send(alert) };
  });
}

function parseChannel(entry: string, what: string, { write, ...posting }: ChannelSurroundings): AlertChannel {
  if (entry === 'log') return logChannel(write);
  const colon = entry.indexOf(':');
  const kind = entry.slice(0, Math.max(colon, 0));
  const create = WEBHOOKS.get(kind);
  if (!create) throw new NbaError('INVALID_ARGUMENT', `${what}${hint(kind)} is none that there is. ${ALLOWED}`, { field: what });
  const url = parseWebhookUrl(entry.slice(colon + 1).trim(), `${what} (${kind})`).href;
  return create({ timeoutMs: TIMEOUT_MS, attempts: ATTEMPTS, ...posting, url });
}

/** A misspelt kind may be shown; anything that does not look like one may be a piece of an address. */
const hint = (kind: string) => (/^[a-z]{1,12}$/i.test(kind) ? ` (${kind}:…)` : '');
