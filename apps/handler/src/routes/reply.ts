import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Answer } from '../work/answer';

/** Sends an answer, and notes it for the log. */
export function reply(request: FastifyRequest, sent: FastifyReply, { status, outcome, details, retryAfter }: Answer): FastifyReply {
  request.note({ outcome, details: details.length > 0 ? details.slice(0, 20) : undefined });
  if (retryAfter !== undefined) void sent.header('retry-after', String(retryAfter));
  return sent.status(status).send({ outcome, details });
}
