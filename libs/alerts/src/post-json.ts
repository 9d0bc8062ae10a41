import type { Clock } from '@nba/kernel';
import { undelivered } from './channel-error';
import { credentials, withoutSecrets } from './webhook-url';

/** How to post, and how long to insist. */
export interface PostSettings {
  /** Default is the global one. */
  readonly fetch?: typeof globalThis.fetch;
  /** For one attempt, from the first byte sent to the last one read. */
  readonly timeoutMs: number;
  /** At most so many, the first included. */
  readonly attempts: number;
  readonly clock: Clock;
  /** From 0 to 1, spreads the attempts of many senders. Default is `Math.random`. */
  readonly random?: () => number;
}

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 10_000;
/** Whoever asks for more patience than this is asked again by the next report. */
const LONGEST_ASKED_PAUSE_MS = 30_000;
/** Of an answer, as much as is read and as much as is quoted. */
const READ_BYTES = 4_096;
const QUOTED_CHARACTERS = 120;

interface Failure {
  readonly what: string;
  /** Whether the same may go well in a moment. */
  readonly transient: boolean;
  /** The pause the other side asks for. */
  readonly askedPauseMs: number;
}

/**
 * Posts JSON, again after a pause when the fault may pass: no connection, no answer in time, 408, 429, 5xx.
 * @param channel its name, for errors
 * @param accept whether a 2xx answer with this body means that it has been taken
 * @throws NbaError ALERT_UNDELIVERED that shows of the address the host at most
 */
export async function postJson(channel: string, url: URL, body: object, settings: PostSettings, accept: (answer: string) => boolean): Promise<void> {
  const { attempts, clock, random = Math.random } = settings;
  for (let attempt = 1; ; attempt++) {
    const failure = await tryOnce(url, body, settings, accept);
    if (!failure) return;
    const tries = attempt === 1 ? '' : ` (${attempt} attempts)`;
    if (!failure.transient || attempt >= attempts) throw undelivered(channel, `${failure.what}${tries}`);
    if (failure.askedPauseMs > LONGEST_ASKED_PAUSE_MS) {
      throw undelivered(channel, `${failure.what}, and asks to be left alone for ${Math.ceil(failure.askedPauseMs / 1000)} seconds${tries}`);
    }
    const pauseMs = Math.min(FIRST_PAUSE_MS * 2 ** (attempt - 1), LONGEST_PAUSE_MS) * (0.5 + random() / 2);
    await clock.sleep(Math.max(Math.round(pauseMs), failure.askedPauseMs));
  }
}

async function tryOnce(url: URL, body: object, { fetch = globalThis.fetch, timeoutMs, clock }: PostSettings, accept: (answer: string) => boolean): Promise<Failure | undefined> {
  try {
    const signal = AbortSignal.timeout(timeoutMs);
    // A redirect is not followed: it would carry the message to a place that nobody configured.
    const response = await fetch(withoutCredentials(url), { method: 'POST', headers: headers(url), body: JSON.stringify(body), redirect: 'manual', signal });
    const answer = await readStart(response);
    if (response.ok && accept(answer)) return undefined;
    return {
      what: `${url.host} answered ${response.status}${quote(answer, url)}`,
      transient: response.status === 408 || response.status === 429 || response.status >= 500,
      askedPauseMs: askedPauseMs(response.headers.get('retry-after'), clock.now()),
    };
  } catch (fault) {
    const what = (fault as { readonly name?: unknown } | null)?.name === 'TimeoutError' ? `${url.host} did not answer within ${timeoutMs} ms` : `no connection to ${url.host}${reason(fault)}`;
    return { what, transient: true, askedPauseMs: 0 };
  }
}

/** `fetch` refuses addresses with credentials, and quotes them whole: they go into a header. */
function headers(url: URL): Record<string, string> {
  const basic = credentials(url);
  return { 'content-type': 'application/json; charset=utf-8', ...(basic !== undefined && { authorization: `Basic ${basic}` }) };
}

function withoutCredentials(url: URL): URL {
  const bare = new URL(url);
  bare.username = '';
  bare.password = '';
  return bare;
}

async function readStart(response: Response): Promise<string> {
  const reader = response.body?.getReader();
  const parts: Uint8Array[] = [];
  for (let bytes = 0; reader && bytes < READ_BYTES; ) {
    const { done, value } = await reader.read();
    if (done) break;
    parts.push(value);
    bytes += value.length;
  }
  await reader?.cancel();
  return Buffer.concat(parts).toString('utf8');
}

function quote(answer: string, url: URL): string {
  const text = withoutSecrets(answer, url).replace(/\s+/g, ' ').trim();
  if (text === '') return '';
  return ` "${text.length > QUOTED_CHARACTERS ? `${text.slice(0, QUOTED_CHARACTERS - 1)}…` : text}"`;
}

/** The system's own code (ECONNREFUSED, ENOTFOUND) and no message: messages may quote the address. */
function reason(fault: unknown): string {
  const code = (fault as { readonly cause?: { readonly code?: unknown } } | null)?.cause?.code;
  return typeof code === 'string' && /^\w+$/.test(code) ? ` (${code})` : '';
}

/** Retry-After comes as seconds or as a date; 0 when it is neither. */
function askedPauseMs(header: string | null, now: Date): number {
  const text = header?.trim() ?? '';
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  const at = Date.parse(text);
  return Number.isNaN(at) ? 0 : Math.max(0, at - now.getTime());
}
