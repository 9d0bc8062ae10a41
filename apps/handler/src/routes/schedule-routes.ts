import { IsOptional, Matches } from 'class-validator';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { findWrongSettings } from '@nba/command-line';
import { type GameDate, NbaError, parseGameDate } from '@nba/kernel';
import type { Daily, DailyOutcome, DailyRequest } from '@nba/pipeline';
import { traceHeaders } from '../structured-log';
import { type Answer, answerOfDay, answerOfFault } from '../work/answer';
import type { Delivered } from '../work/reactor';
import type { WorkQueue } from '../work/work-queue';
import { describe } from './event-route';
import { refuseLenience } from './refuse-lenience';
import { reply } from './reply';

export interface ScheduleRoutes {
  readonly queue: WorkQueue<Delivered, Answer>;
  readonly daily: Pick<Daily, 'loadYesterday' | 'computeContexts' | 'requestPredictions'>;
  /** Called when something waits or has failed: an operator is to be told. */
  readonly onTrouble: () => Promise<void>;
}

/** What a call may say: which day is played. By default today in US Eastern time. */
class ScheduleCall {
  @IsOptional()
  @Matches(/^\d{4}-\d\d-\d\d$/, { message: 'date must be a date, as 2025-01-26' })
  readonly date: unknown;

  constructor(fields: Readonly<Record<string, unknown>>) {
    this.date = fields['date'];
  }
}

/** Adds `POST /schedule/phase2`, `/schedule/contexts` and `/schedule/phase5`: the parts of the day that a scheduler starts. */
export function addScheduleRoutes(app: FastifyInstance, { queue, daily, onTrouble }: ScheduleRoutes): void {
  const parts: Readonly<Record<string, (request: DailyRequest) => Promise<DailyOutcome>>> = {
    phase2: (request) => daily.loadYesterday(request),
    contexts: (request) => daily.computeContexts(request),
    phase5: (request) => daily.requestPredictions(request),
  };
  for (const [name, play] of Object.entries(parts)) {
    app.post(`/schedule/${name}`, { config: { allowed: 'schedule' } }, async (request, answer) => {
      try {
        const date = dateOf(request);
        return reply(request, answer, await queue.run(async (signal) => {
          const told = answerOfDay(await play({ date, trigger: `scheduler ${name}`, holder: `handler, scheduler ${name}`, waitMs: 5_000, signal, attributes: traceHeaders(request.headers) }));
          if (told.outcome === 'blocked' || told.outcome === 'failed') await onTrouble();
          return told;
        }));
      } catch (fault) {
        request.note({ fault: describe(fault) });
        return reply(request, answer, answerOfFault(fault));
      }
    });
  }
}

/** @throws NbaError INVALID_ARGUMENT for a body that is not understood */
function dateOf(request: FastifyRequest): GameDate | undefined {
  const text = String(request.body ?? '').trim();
  let body: unknown = {};
  try {
    if (text !== '') body = JSON.parse(text);
  } catch {
    throw new NbaError('INVALID_ARGUMENT', 'The body must be JSON, or empty.', { field: 'body' });
  }
  refuseLenience(request.headers, [request.query, body]);
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw new NbaError('INVALID_ARGUMENT', 'The body must be an object, or empty.', { field: 'body' });
  const call = new ScheduleCall(body as Readonly<Record<string, unknown>>);
  const [wrong] = findWrongSettings(call);
  if (wrong) throw new NbaError('INVALID_ARGUMENT', `${wrong}.`, { field: 'date' });
  return call.date === undefined || call.date === null ? undefined : parseGameDate(String(call.date), 'date');
}
