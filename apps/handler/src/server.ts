import fastify, { type FastifyInstance, type FastifyRequest } from 'fastify';
import type { Clock, QueryPort } from '@nba/kernel';
import { count } from '@nba/command-line';
import type { TokenVerifier } from './identity/token-verifier';
import { type EventRoutes, addEventRoutes, describe } from './routes/event-route';
import { addHealthRoutes } from './routes/health-routes';
import { type ScheduleRoutes, addScheduleRoutes } from './routes/schedule-routes';
import { type LogFields, type StructuredLog, traceFields } from './structured-log';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Whose token is needed; without it anybody may ask. */
    readonly allowed?: 'push' | 'schedule';
  }
  interface FastifyRequest {
    /** What its line in the log is to say. */
    noted: LogFields;
    note(fields: LogFields): void;
  }
}

export interface ServerParts extends EventRoutes, ScheduleRoutes {
  readonly warehouse: QueryPort;
  readonly clock: Clock;
  readonly verifier: TokenVerifier;
  readonly accounts: Readonly<Record<'push' | 'schedule', readonly string[]>>;
  readonly maxBodyBytes: number;
  readonly log: StructuredLog;
  /** In which traces are. */
  readonly project: string;
}

/** How long a sender may take over a request, in milliseconds. */
const RECEIVE_MS = 30_000;

/** The service's HTTP side: who asks is checked before anything is read of the body, and no body is longer than it may be. */
export function createServer(parts: ServerParts): FastifyInstance {
  const { verifier, accounts, maxBodyBytes, log, project } = parts;
  const app = fastify({ logger: false, bodyLimit: maxBodyBytes, requestTimeout: RECEIVE_MS, trustProxy: true });
  app.decorateRequest('noted', null as unknown as LogFields);
  app.decorateRequest('note', function note(this: FastifyRequest, fields: LogFields) {
    this.noted = { ...this.noted, ...fields };
  });
  // Bodies are read as text: what is no JSON is to be kept, not lost.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));

  app.addHook('onRequest', async (request, answer) => {
    const { allowed } = request.routeOptions.config;
    if (!allowed) return;
    if (Number(request.headers['content-length'] ?? 0) > maxBodyBytes) {
      // Nothing of it is read; whoever sends it is to stop.
      void answer.header('connection', 'close');
      return answer.status(413).send({ outcome: 'refused', details: [tooLong(maxBodyBytes)] });
    }
    const identity = await verifier.identify(request.headers.authorization, accounts[allowed]);
    if (identity.isKnown) return request.note({ caller: identity.email });
    request.note({ outcome: 'refused', details: [identity.reason] });
    if (identity.status === 401) void answer.header('www-authenticate', 'Bearer');
    if (identity.status === 503) void answer.header('retry-after', '10');
    return answer.status(identity.status).send({ outcome: 'refused', details: [identity.reason] });
  });
  app.addHook('onResponse', async (request, { statusCode, elapsedTime }) => {
    if (!request.routeOptions.config?.allowed && statusCode < 400) return;
    const { method, url } = request;
    log.log(statusCode >= 500 ? 'ERROR' : statusCode >= 400 ? 'WARNING' : 'INFO', `${method} ${url.split('?')[0]} ${statusCode} ${request.noted?.['outcome'] ?? ''}`.trimEnd(), {
      ...traceFields(request.headers, project), ...request.noted,
      httpRequest: { requestMethod: method, requestUrl: url.split('?')[0], status: statusCode, latency: `${(elapsedTime / 1000).toFixed(3)}s` },
    });
  });
  app.setErrorHandler(async (fault: Error & { readonly statusCode?: number; readonly code?: string }, request, answer) => {
    const status = fault.statusCode ?? 500;
    if (status >= 500) request.note({ fault: describe(fault) });
    return answer.status(status).send({ outcome: status >= 500 ? 'fault' : 'refused', details: fault.code === 'FST_ERR_CTP_BODY_TOO_LARGE' ? [tooLong(maxBodyBytes)] : [] });
  });
  addHealthRoutes(app, parts.warehouse, parts.clock);
  addEventRoutes(app, parts);
  addScheduleRoutes(app, parts);
  return app;
}

const tooLong = (maxBodyBytes: number): string => `The body is longer than ${count(maxBodyBytes)} bytes.`;
