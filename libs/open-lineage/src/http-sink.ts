import type { EventSink } from './event-sink';

/** How long an answer may take. */
const ANSWER_MS = 5_000;

/** Posts each event to an OpenLineage endpoint, for example Marquez's `/api/v1/lineage`. */
export class HttpSink implements EventSink {
  readonly name: string;

  constructor(
    private readonly url: string,
    private readonly answerMs = ANSWER_MS,
  ) {
    const { protocol, host } = new URL(url);
    this.name = `${protocol}//${host}`;
  }

  async send(event: string, signal: AbortSignal): Promise<void> {
    const answer = await fetch(this.url, { method: 'POST', body: event, headers: { 'content-type': 'application/json' }, signal: AbortSignal.any([signal, AbortSignal.timeout(this.answerMs)]) });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`it answered ${answer.status}${text ? `: ${text.slice(0, 200)}` : ''}`);
  }
}
