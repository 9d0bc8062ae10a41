import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { type IncomingMessage, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { KINDS, REAL_LAKE, type Kind } from './lake-folder.fixture';

/** What the server does with a request instead of answering it. */
export type Fault = '403' | '429' | '503' | 'cut-off' | 'page';

export interface NbaComServer {
  readonly baseUrl: string;
  /** Endpoint and letter of every request, in order: `leaguegamelog P`; and the date from which rows were asked for, where there was one. */
  readonly requests: readonly string[];
  /** Faults to come, each met once, by the endpoint and letter they are for: `leaguegamelog P`. */
  readonly faults: Map<string, Fault[]>;
  close(): Promise<void>;
}

interface GameLog {
  readonly resultSets: readonly [{ readonly name: string; readonly headers: readonly string[]; readonly rowSet: readonly (readonly unknown[])[] }];
}

/** One season of a lake, by default the shared one, its documents of single dates joined again into what nba.com answers for a season. */
export async function startNbaComServer(season: string, lake = REAL_LAKE): Promise<NbaComServer> {
  const folder = join(lake, 'nba-com');
  const schedule = readFileSync(newestIn(join(folder, 'schedule', season)), 'utf8');
  const logs = { P: seasonLog(folder, 'player-boxscores', season), T: seasonLog(folder, 'team-boxscores', season) };
  const requests: string[] = [];
  const faults = new Map<string, Fault[]>();
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '', 'http://127.0.0.1');
    const endpoint = url.pathname.replace('/stats/', '');
    const name = `${endpoint} ${url.searchParams.get('PlayerOrTeam') ?? ''}`.trim();
    const from = url.searchParams.get('DateFrom');
    requests.push(from ? `${name} from ${from}` : name);
    if (!isAsWanted(request, url, season)) return void response.writeHead(400).end('this is not how it is asked');
    const text = endpoint === 'scheduleleaguev2' ? schedule : logs[url.searchParams.get('PlayerOrTeam') as 'P' | 'T'];
    answer(response, text, faults.get(name)?.shift());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/stats`, requests, faults,
    close: () => new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    }),
  };
}

function isAsWanted({ headers }: IncomingMessage, { searchParams }: URL, season: string): boolean {
  return searchParams.get('Season') === season && searchParams.get('LeagueID') === '00' && headers['x-nba-stats-origin'] === 'stats' && headers.referer === 'https://www.nba.com/';
}

function answer(response: ServerResponse, text: string, fault: Fault | undefined): void {
  if (fault === '429') response.writeHead(429, { 'retry-after': '1' }).end('too many requests');
  else if (fault === '503') response.writeHead(503).end('<html>try later</html>');
  else if (fault === '403') response.writeHead(403).end('<HTML><TITLE>Access Denied</TITLE></HTML>');
  else if (fault === 'page') response.writeHead(200, { 'content-type': 'text/html' }).end('<!DOCTYPE html><html>Please stand by</html>');
  else if (fault === 'cut-off') {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) });
    response.write(text.slice(0, text.length / 2), () => response.destroy());
  } else response.writeHead(200, { 'content-type': 'application/json' }).end(text);
}

function seasonLog(folder: string, kind: Kind, season: string): string {
  const year = Number(season.slice(0, 4));
  const dates = readdirSync(join(folder, kind)).filter((date) => date >= `${year}-10-01` && date < `${year + 1}-10-01`).sort();
  const logs = dates.map((date) => JSON.parse(readFileSync(newestIn(join(folder, kind, date)), 'utf8')) as GameLog);
  const [first] = logs;
  if (!first) throw new Error(`The lake has no ${kind} of ${season}`);
  const { name, headers } = first.resultSets[0];
  const rowSet = logs.flatMap(({ resultSets }) => {
    if (resultSets[0].headers.join() !== headers.join()) throw new Error(`The ${kind} of ${season} have different headers`);
    return resultSets[0].rowSet;
  });
  return JSON.stringify({ resource: 'leaguegamelog', parameters: { LeagueID: '00', Season: season, DateFrom: null, DateTo: null }, resultSets: [{ name, headers, rowSet }] });
}

/** Every partition of a season in a lake's folder, with how many documents it has, and a digest of what the newest says: rows by their headers, in an order of their own. */
export function lakeContents(lake: string, season: string): Map<string, string> {
  const contents = new Map<string, string>();
  for (const kind of KINDS) {
    const year = Number(season.slice(0, 4));
    for (const date of readdirSync(join(lake, 'nba-com', kind)).filter((name) => name >= `${year}-10-01` && name < `${year + 1}-10-01`)) {
      const folder = join(lake, 'nba-com', kind, date);
      const [{ headers, rowSet }] = (JSON.parse(readFileSync(newestIn(folder), 'utf8')) as GameLog).resultSets;
      const rows = rowSet.map((row) => JSON.stringify(headers.map((header, i) => [header, row[i]]))).sort();
      contents.set(`${kind} ${date} (${documentsIn(folder).length})`, digest(rows.join('\n')));
    }
  }
  const schedules = join(lake, 'nba-com/schedule', season);
  contents.set(`schedule (${documentsIn(schedules).length})`, digest(readFileSync(newestIn(schedules), 'utf8')));
  return contents;
}

const digest = (text: string): string => createHash('sha1').update(text).digest('hex');

/** Not those that were being written when a process was killed: a lake ignores them. */
const documentsIn = (folder: string): string[] => readdirSync(folder).filter((name) => /^\d{8}_\d{6}\.json$/.test(name)).sort();

function newestIn(folder: string): string {
  return join(folder, documentsIn(folder).at(-1) ?? '');
}
