import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One request as it arrived. */
export interface Arrived {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Record<string, unknown>;
}

export type Answer = (response: ServerResponse, request: Arrived) => void;

/** The other side of a webhook: a real server on this machine. */
export interface WebhookServer {
  readonly host: string;
  readonly arrived: readonly Arrived[];
  /** The answers to come, one a request; the last one stays. */
  answer(...answers: readonly Answer[]): void;
  close(): Promise<void>;
}

/** Answers with a status, a body, and headers. */
export const says = (status: number, body = '', headers: Record<string, string> = {}): Answer => (response) => {
  response.writeHead(status, headers).end(body);
};

/** Takes the request and never answers. */
export const silence: Answer = () => undefined;

/** Breaks the connection off. */
export const hangUp: Answer = (response) => {
  response.destroy();
};

/** At first it says `ok` to everything. */
export async function startWebhookServer(): Promise<WebhookServer> {
  const arrived: Arrived[] = [];
  let answers: readonly Answer[] = [says(200, 'ok')];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const body = JSON.parse(Buffer.concat(parts).toString('utf8')) as Record<string, unknown>;
      const one = { method: request.method ?? '', path: request.url ?? '', headers: request.headers, body };
      arrived.push(one);
      const [next, ...later] = answers;
      if (later.length > 0) answers = later;
      next?.(response, one);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    arrived,
    answer: (...given) => { answers = given; },
    close: () => new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    }),
  };
}
