import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Clock } from '@nba/kernel';
import { GAMES, linesOf, logAnswer, scheduleAnswer, type Game } from './league.fixture';

/** One request as it arrived, and when by the test's clock. */
export interface Arrived {
  readonly endpoint: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: IncomingHttpHeaders;
  readonly atMs: number;
}

export type Answer = (response: ServerResponse, request: Arrived) => void;

/** Answers with a status, a text or an object as JSON, and headers. */
export const says = (status: number, body: string | object = '', headers: Record<string, string> = {}): Answer => (response) => {
  response.writeHead(status, headers).end(typeof body === 'string' ? body : JSON.stringify(body));
};

/** Takes the request and never answers. */
export const silence: Answer = () => undefined;

/** Begins to answer and never ends. */
export const halfAnAnswer: Answer = (response) => void response.writeHead(200).write('{"resource":');

/** Breaks the connection off before the answer. */
export const hangUp: Answer = (response) => void response.socket?.resetAndDestroy();

/** Promises a length, and breaks off before it. */
export const cutOff: Answer = (response) => {
  response.writeHead(200, { 'content-length': 1000 });
  response.write('{"resource":"leaguegamelog","par', () => response.destroy());
};

/** Sends the beginning as if it were all: only its end tells. */
export const cutOffUnnoticed: Answer = says(200, '{"resource":"leaguegamelog","resultSets":[{"headers":["A","B"],"rowSet":[[1,"caf');

/** nba.com on this machine. */
export interface NbaComServer {
  readonly baseUrl: string;
  readonly arrived: readonly Arrived[];
  /** Answers to the next requests, one each; afterwards the league answers again. */
  next(...answers: readonly Answer[]): void;
  /** What the league is from now on. */
  league(games: readonly Game[], schedule?: readonly Game[]): void;
  close(): Promise<void>;
}

/** It keeps to what is asked: players or teams, a type of season, and dates from one on. */
export async function startNbaComServer(clock: Clock): Promise<NbaComServer> {
  const arrived: Arrived[] = [];
  let queue: Answer[] = [];
  let [played, listed] = [GAMES, GAMES];
  const league: Answer = (response, { endpoint, query }) => {
    if (endpoint === 'scheduleleaguev2') return says(200, scheduleAnswer(listed))(response, arrived[0] as Arrived);
    const kind = query['PlayerOrTeam'] === 'P' ? 'player-boxscores' : 'team-boxscores';
    const prefix = { 'Regular Season': '002', Playoffs: '004', PlayIn: '005', IST: '006' }[query['SeasonType'] ?? ''] ?? 'none';
    const [month, day, year] = (query['DateFrom'] || '01/01/1900').split('/');
    const rows = linesOf(kind, played.filter(({ id, date }) => id.startsWith(prefix) && date >= `${year}-${month}-${day}`));
    return says(200, logAnswer(rows, kind, query['Season']))(response, arrived[0] as Arrived);
  };
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '', 'http://127.0.0.1');
    const one = { endpoint: url.pathname.replace('/stats/', ''), query: Object.fromEntries(url.searchParams), headers: request.headers, atMs: clock.now().getTime() };
    arrived.push(one);
    (queue.shift() ?? league)(response, one);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/stats`,
    arrived,
    next: (...answers) => { queue = [...answers]; },
    league: (games, schedule = games) => { [played, listed] = [games, schedule]; },
    close: () => new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    }),
  };
}
