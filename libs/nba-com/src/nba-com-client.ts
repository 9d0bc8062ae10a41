import { NbaError, type Clock, withoutCredentials } from '@nba/kernel';
import { isCutOff, quoted, readBody, type Body } from './read-body';
import { REQUEST_HEADERS } from './request-headers';
import { LONGEST_ASKED_PAUSE_MS, askedPauseMs, backoffMs, pause } from './request-pauses';
import type { Question } from './season-request';
import { unavailable, useless } from './source-fault';

/** How to ask, and how long to insist. */
export interface NbaComClientOptions {
  /**
   * Where the endpoints are. Default is `https://stats.nba.com/stats`; a mirror, or a server of a test, has the same names below. A user
   * and a password in it go as basic authorization.
   */
  readonly baseUrl?: string;
  /** Least time between the beginnings of two requests, repeated ones too. Default is 2,000; 0: no pause. */
  readonly intervalMs?: number;
  /** How long an answer may take to begin, and then to end. Default is 60,000. */
  readonly timeoutMs?: number;
  /** Most requests for one answer, the first included. Default is 5. */
  readonly attempts?: number;
  /** Headers that are sent too, or instead of {@link REQUEST_HEADERS}. */
  readonly headers?: Readonly<Record<string, string>>;
  /** From 0 to 1, spreads the attempts of many. Default is `Math.random`. */
  readonly random?: () => number;
}

/** An answer as JSON, as text, and in bytes. */
export interface Answer extends Body {
  readonly url: URL;
  readonly json: unknown;
}

/** A request that is to be repeated: why, and after how long. */
export interface Retry {
  readonly attempt: number;
  readonly attempts: number;
  readonly problem: string;
  readonly pauseMs: number;
}

export interface AskOptions {
  readonly signal?: AbortSignal;
  readonly onRetry?: (retry: Retry) => void;
}

interface Failure {
  readonly problem: string;
  readonly askedPauseMs: number;
  readonly cause?: unknown;
}

/** Asks nba.com, one request after the other and never faster than it was told; counts what it does. */
export class NbaComClient {
  /** Requests sent since the beginning, repeated ones included. */
  requests = 0;
  /** Bytes of the answers, unpacked. */
  bytes = 0;
  private readonly baseUrl: string;
  private readonly intervalMs: number;
  private readonly timeoutMs: number;
  private readonly attempts: number;
  private readonly headers: Readonly<Record<string, string>>;
  private readonly random: () => number;
  private lastBegan = -Infinity;

  /** @throws NbaError INVALID_ARGUMENT for a header that cannot be sent */
  constructor(private readonly clock: Clock, options: NbaComClientOptions = {}) {
    const place = withoutCredentials(options.baseUrl ?? 'https://stats.nba.com/stats');
    this.baseUrl = place.url.href.replace(/\/+$/, '');
    this.intervalMs = options.intervalMs ?? 2_000;
    this.timeoutMs = options.timeoutMs ?? 60_000;
    this.attempts = options.attempts ?? 5;
    this.headers = { ...REQUEST_HEADERS, ...place.headers, ...options.headers };
    for (const [name, value] of Object.entries(this.headers)) demandHeader(name, value);
    this.random = options.random ?? Math.random;
  }

  /**
   * Asks until there is an answer: again after 429, 5xx, a fault of the network, silence, and an answer that is cut off.
   * @throws NbaError SOURCE_UNAVAILABLE when there is none after all attempts, SOURCE_ANSWER_INVALID for any other status and for what is not JSON
   * @throws the signal's reason when it is aborted
   */
  async ask(question: Question, { signal, onRetry }: AskOptions = {}): Promise<Answer> {
    const url = new URL(`${this.baseUrl}/${question.endpoint}`);
    for (const [name, value] of Object.entries(question.parameters)) url.searchParams.set(name, value);
    for (let attempt = 1; ; attempt++) {
      // Never longer than the interval: a clock that has been put back by an hour would make it an hour.
      await pause(this.clock, Math.min(this.intervalMs, this.lastBegan + this.intervalMs - this.clock.now().getTime()), signal);
      signal?.throwIfAborted();
      const result = await this.tryOnce(url, question, signal);
      if ('json' in result) return result;
      const tries = attempt === 1 ? '' : ` (${attempt} attempts)`;
      if (attempt >= this.attempts) throw unavailable(url, question, `${result.problem}${tries}`, result.cause);
      if (result.askedPauseMs > LONGEST_ASKED_PAUSE_MS) {
        throw unavailable(url, question, `${result.problem}, and asks to be left alone for ${Math.ceil(result.askedPauseMs / 1000)} seconds${tries}`, result.cause);
      }
      const pauseMs = Math.max(backoffMs(attempt, this.random), result.askedPauseMs);
      onRetry?.({ attempt, attempts: this.attempts, problem: result.problem, pauseMs });
      await pause(this.clock, pauseMs, signal);
    }
  }

  private async tryOnce(url: URL, question: Question, signal: AbortSignal | undefined): Promise<Answer | Failure> {
    this.requests += 1;
    this.lastBegan = this.clock.now().getTime();
    const patience = new Patience(this.timeoutMs);
    let body: Body;
    let response: Response;
    try {
      // A redirect is not followed: an answer from elsewhere is none of this endpoint's.
      response = await fetch(url, { headers: this.headers, redirect: 'manual', signal: signal ? AbortSignal.any([signal, patience.signal]) : patience.signal });
      patience.renew();
      body = await readBody(response);
    } catch (fault) {
      signal?.throwIfAborted();
      return { problem: patience.signal.aborted ? `no whole answer within ${this.timeoutMs} ms` : `the connection failed${reasonOf(fault)}`, askedPauseMs: 0, cause: fault };
    } finally {
      patience.end();
    }
    this.bytes += body.bytes;
    return this.judge(url, question, response, body);
  }

  private judge(url: URL, question: Question, { status, ok, headers }: Response, body: Body): Answer | Failure {
    if (status === 429 || status >= 500) {
      return { problem: `it answered ${status} ${quoted(body.text)}`, askedPauseMs: askedPauseMs(headers.get('retry-after'), this.clock.now()) };
    }
    if (!ok) throw useless(url, question, `answered ${status} ${quoted(body.text)}`, nextAfter(status, url));
    try {
      return { url, json: JSON.parse(body.text) as unknown, ...body };
    } catch (fault) {
      if (isCutOff(body.text, fault)) return { problem: `the answer ends too early, after ${body.bytes} bytes`, askedPauseMs: 0, cause: fault };
      const isPage = /^\s*</.test(body.text);
      throw useless(url, question, `answered with ${isPage ? 'a page for a browser' : 'something that is not JSON'}: ${quoted(body.text)}`, nextAfter(status, url), fault);
    }
  }
}

/** Ends a request that does not begin to answer, or then does not come to an end. */
class Patience {
  private readonly controller = new AbortController();
  private timer: NodeJS.Timeout;

  constructor(private readonly timeoutMs: number) {
    this.timer = this.begin();
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  renew(): void {
    clearTimeout(this.timer);
    this.timer = this.begin();
  }

  end(): void {
    clearTimeout(this.timer);
  }

  private begin(): NodeJS.Timeout {
    return setTimeout(() => this.controller.abort(), this.timeoutMs);
  }
}

/** `fetch` would take it for a fault of the connection, which is asked again. */
function demandHeader(name: string, value: string): void {
  try {
    new Headers([[name, value]]);
  } catch (fault) {
    throw new NbaError('INVALID_ARGUMENT', `The header ${name} cannot be sent as ${JSON.stringify(value)}: write one line of Latin letters.`, { field: name }, fault);
  }
}

function nextAfter(status: number, url: URL): string {
  if (status === 404 || status === 400) return `look whether ${url.origin} still has this endpoint for this season: open the address in a browser`;
  return 'nba.com refuses this network or these headers: run the same command from another network (those of cloud providers are often refused), or with --user-agent of a browser of today';
}

/** The system's own code (ECONNRESET, ENOTFOUND), or what the fault says of itself. */
function reasonOf(fault: unknown): string {
  const cause = (fault as { readonly cause?: { readonly code?: unknown; readonly message?: unknown } } | null)?.cause;
  const reason = cause?.code ?? cause?.message ?? (fault instanceof Error ? fault.message : undefined);
  return typeof reason === 'string' && reason !== '' ? ` (${reason})` : '';
}
