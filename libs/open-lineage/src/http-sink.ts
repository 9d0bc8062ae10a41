import type { EventSink } from './event-sink';

/** How long an answer may take. */
const ANSWER_MS = 5_000;

/** Posts each event to an OpenLineage endpoint, for example Marquez's `/api/v1/lineage`. A user and a password in its address go as basic authorization. */
export class HttpSink implements EventSink {
  readonly name: string;
  private readonly url: URL;
  private readonly headers: Record<string, string> = { 'content-type': 'application/json' };

  constructor(
    address: string,
    private readonly answerMs = ANSWER_MS,
  ) {
    this.url = new URL(address);
    this.name = this.url.origin;
    const { username, password } = this.url;
    if (!username && !password) return;
    this.headers['authorization'] = `Basic ${Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString('base64')}`;
    // `fetch` refuses an address with a password, and its error shows it.
    this.url.username = this.url.password = '';
  }

  async send(event: string, signal: AbortSignal): Promise<void> {
    const answer = await fetch(this.url, { method: 'POST', body: event, headers: this.headers, signal: AbortSignal.any([signal, AbortSignal.timeout(this.answerMs)]) });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`it answered ${answer.status}${text ? `: ${text.slice(0, 200)}` : ''}`);
  }
}
