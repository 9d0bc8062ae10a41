import type { FastifyInstance } from 'fastify';
import type { Clock, QueryPort } from '@nba/kernel';

/** How long an answer of the warehouse counts, and how long it may take, in milliseconds: anybody may ask. */
const [COUNTS_MS, ANSWER_MS] = [5_000, 4_000];

/** Adds `GET /health`, which says that the process is alive, and `GET /ready`, which says that the warehouse answers. */
export function addHealthRoutes(app: FastifyInstance, warehouse: QueryPort, clock: Clock): void {
  let known: { readonly at: number; readonly answers: Promise<boolean> } | undefined;
  app.get('/health', async () => ({ alive: true }));
  app.get('/ready', async (_request, answer) => {
    const now = clock.now().getTime();
    if (!known || now - known.at > COUNTS_MS) known = { at: now, answers: answers(warehouse) };
    const isReady = await known.answers;
    return answer.status(isReady ? 200 : 503).send({ ready: isReady });
  });
}

async function answers(warehouse: QueryPort): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => (timer = setTimeout(() => resolve(false), ANSWER_MS)));
  try {
    return await Promise.race([warehouse.query('SELECT 1 AS one').then(() => true, () => false), late]);
  } finally {
    clearTimeout(timer);
  }
}
