import { withoutCredentials } from '@nba/kernel';
import type { EventSink } from './event-sink';

/** How long an answer may take. */
const ANSWER_MS = 5_000;

/** Posts each event to an OpenLineage endpoint, for example Marquez's `/api/v1/lineage`. A user and a password in its address go as basic authorization. */
export class HttpSink implements EventSink {
  readonly name: string;
  private readonly url: URL;
  private readonly headers: Readonly<Record<string, string>>;

  constructor(
    address: string,
    private readonly answerMs = ANSWER_MS,
  ) {
    const { url, headers } = withoutCredentials(address);
    this.url = url;
    this.name = url.origin;
    this.headers = { 'content-type': 'application/json', ...headers };
  }

  async send(event: string, signal: AbortSignal): Promise<void> {
    const answer = await fetch(this.url, { method: 'POST', body: event, headers: this.headers, signal: AbortSignal.any([signal, AbortSignal.timeout(this.answerMs)]) });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`it answered ${answer.status}${text ? `: ${text.slice(0, 200)}` : ''}`);
  }
}
