import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type MessageAttributes, type Topic, NbaError, TOPICS } from '@nba/kernel';
import { type PushedEvent, decodePush } from '@nba/events-pubsub';
import type { Reaction } from '@nba/pipeline';
import { traceHeaders } from '../structured-log';
import { type Answer, answerOfFault } from '../work/answer';
import type { Delivered } from '../work/reactor';
import type { WorkQueue } from '../work/work-queue';
import { reply } from './reply';
import { refuseLenience } from './refuse-lenience';

export interface EventRoutes {
  readonly queue: WorkQueue<Delivered, Answer>;
  readonly reaction: Pick<Reaction, 'refuse'>;
}

/** Adds `POST /events/<topic>`: what a push subscription delivers. */
export function addEventRoutes(app: FastifyInstance, { queue, reaction }: EventRoutes): void {
  for (const topic of Object.values(TOPICS)) {
    app.post(`/events/${topic}`, { config: { allowed: 'push' } }, async (request, answer) => {
      const body = parsed(request.body);
      const payload = payloadOf(body);
      const pushed = decodePush(body);
      const { messageId = '', deliveryAttempt } = pushed;
      request.note({ topic, messageId, deliveryAttempt, correlationId: pushed.event?.correlationId, runId: pushed.event?.runId, traceparent: pushed.attributes?.['traceparent'] });
      const fault = findFault(request, topic, body, payload, pushed);
      try {
        return reply(request, answer, fault ? await keep(topic, payload, fault) : await queue.add({ event: pushed.event as Delivered['event'], messageId, attributes: carriedBy(request, pushed) }));
      } catch (cause) {
        request.note({ fault: describe(cause) });
        return reply(request, answer, answerOfFault(cause));
      }
    });
  }

  /** Only when it is kept may it be given up. */
  async function keep(topic: Topic, message: unknown, fault: NbaError): Promise<Answer> {
    await reaction.refuse(topic, message, fault);
    return { status: 400, outcome: 'refused', details: [fault.message] };
  }
}

/** Why a message can never succeed; undefined when it may. */
function findFault(request: FastifyRequest, topic: Topic, body: unknown, payload: unknown, { event, refused }: ReturnType<typeof decodePush>): NbaError | undefined {
  try {
    refuseLenience(request.headers, [request.query, body, payload]);
  } catch (fault) {
    return fault as NbaError;
  }
  if (refused) return new NbaError('EVENT_INVALID', refused.reason, { field: refused.field });
  if (event && event.topic !== topic) return new NbaError('EVENT_INVALID', `The message's topic is ${event.topic}, and it was delivered to /events/${topic}.`, { field: 'topic' });
  return undefined;
}

/** What the message was sent with; where that names no trace, the delivery's own. */
function carriedBy(request: FastifyRequest, { attributes = {} }: PushedEvent): MessageAttributes {
  return attributes['traceparent'] ? attributes : { ...attributes, ...traceHeaders(request.headers) };
}

/** Text that is no JSON is kept as the text that it is. */
function parsed(body: unknown): unknown {
  try {
    return JSON.parse(String(body ?? ''));
  } catch {
    return body;
  }
}

/** What the message wraps: JSON, or the text that it is; else the request itself. Without what differs from one delivery to the next: it is kept once. */
function payloadOf(body: unknown): unknown {
  const data = (body as { readonly message?: { readonly data?: unknown } } | null)?.message?.data;
  if (typeof data === 'string') return parsed(Buffer.from(data, 'base64').toString('utf8'));
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return body;
  return Object.fromEntries(Object.entries(body).filter(([name]) => name !== 'deliveryAttempt'));
}

/** For the log. */
export const describe = (fault: unknown): string => (fault instanceof NbaError ? `${fault.code}: ${fault.message}` : fault instanceof Error ? (fault.stack ?? fault.message) : String(fault));
