import { type Clock, type GameType, type Season, DEFAULT_GAME_TYPES } from '@nba/kernel';
import { EXIT, type ExitCode, type Output, bytes, count, dateList, duration, plural } from '@nba/command-line';
import type { FetchProgress, FetchedDocument, SeasonFetch } from '@nba/nba-com';

/** What came of a fetch. */
export interface FetchReport {
  /** Those that were begun. */
  readonly fetched: readonly SeasonFetch[];
  /** Those that were asked for. */
  readonly seasons: readonly Season[];
  readonly code: ExitCode;
  readonly lake: string;
  readonly elapsedMs: number;
  readonly gameTypes: readonly GameType[];
}

const KINDS = { schedule: 'schedule', 'player-boxscores': 'player box scores', 'team-boxscores': 'team box scores' } as const;
const CHANGES = ['new', 'changed', 'unchanged', 'kept'] as const;
/** Least time between two lines about the same work. */
const LINE_EVERY_MS = 2_000;

/** Whether the lake holds afterwards what the season has. */
export const isWhole = ({ faults, missing, interrupted }: SeasonFetch): boolean => faults.length === 0 && missing.length === 0 && !interrupted;

const writtenIn = (fetched: readonly SeasonFetch[]): FetchedDocument[] => fetched.flatMap(({ documents }) => documents.filter(({ path }) => path !== undefined));
const sum = (fetched: readonly SeasonFetch[], figure: 'requests' | 'bytesReceived' | 'bytesWritten'): number => fetched.reduce((total, season) => total + season[figure], 0);

/** Tells on standard error what is going on: every request and every wait, and of storing a line now and then. */
export function describeProgress(output: Output, clock: Clock): (progress: FetchProgress) => void {
  let last = -Infinity;
  return (progress) => {
    const head = `${progress.season}  ${progress.what}`;
    if (progress.kind === 'asking') return output.error(`${head}: asking`);
    if (progress.kind === 'waiting') {
      return output.error(`${head}: ${progress.problem}; again in ${duration(progress.pauseMs)} (attempt ${progress.attempt + 1} of ${progress.attempts})`);
    }
    const now = clock.now().getTime();
    if (progress.done < progress.total && now - last < LINE_EVERY_MS) return;
    last = now;
    output.error(`${head}: ${count(progress.done)} of ${plural(progress.total, 'date')} looked at`);
  };
}

/** What a person reads when a fetch has ended. */
export function describeFetch(report: FetchReport): string[] {
  const { fetched, lake, elapsedMs } = report;
  const written = writtenIn(fetched).length;
  const told = written === 0 ? `nothing was written to ${lake}` : `${plural(written, 'document')} (${bytes(sum(fetched, 'bytesWritten'))}) written to ${lake}`;
  return [
    ...fetched.flatMap(describeSeason),
    ...notBegun(report).map((season) => `${season}  not begun`),
    `${plural(sum(fetched, 'requests'), 'request')}, ${bytes(sum(fetched, 'bytesReceived'))} received; ${told}. ${duration(elapsedMs)}.`,
    ...(written === 0 && report.code === EXIT.complete ? ['Nothing has changed: the lake holds what nba.com says.'] : []),
    ...nextStep(report).map((command) => `Next: ${command}`),
  ];
}

function describeSeason(season: SeasonFetch): string[] {
  const { documents, faults, missing, interrupted } = season;
  const vanished = documents.filter((document) => document.vanished.length > 0);
  return [
    ...Object.entries(KINDS).flatMap(([kind, words]) => {
      const own = documents.filter((document) => document.kind === kind);
      if (own.length === 0) return [];
      const counts = CHANGES.map((change) => [change, own.filter((document) => document.change === change).length] as const).filter(([, number]) => number > 0);
      const what = kind === 'schedule' ? own.map(({ change }) => change).join() : `${plural(own.length, 'date')}: ${counts.map(([change, number]) => `${count(number)} ${change}`).join(', ')}`;
      return [`${season.season}  ${words.padEnd(17)}  ${what}`];
    }),
    ...vanished.map(({ kind, partition, vanished: games }) =>
      `  · ${KINDS[kind]} of ${partition}: the answer lacks ${plural(games.length, 'game')} that the lake has (${dateList(games)}); the older document keeps ${games.length === 1 ? 'it' : 'them'}`),
    ...Object.entries(KINDS).flatMap(([kind, words]) => {
      const own = missing.filter((game) => game.kind === kind);
      return own.length === 0 ? [] : [`  ✗ ${words}: ${plural(own.length, 'final game')} neither in the answer nor in the lake with both teams: ${dateList(own.map(({ gameId, date }) => `${gameId} on ${date}`))}`];
    }),
    ...faults.map(({ code, message }) => `  ✗ ${code}: ${message}`),
    ...(interrupted ? ['  interrupted; what was written stays'] : []),
  ];
}

const notBegun = ({ fetched, seasons }: FetchReport): Season[] => seasons.filter((season) => !fetched.some((one) => one.season === season));

/** What to type now: the computation of what was written, or the same again for what could not be fetched. */
function nextStep(report: FetchReport): string[] {
  const { fetched, code, gameTypes } = report;
  const types = gameTypes.join() === DEFAULT_GAME_TYPES.join() ? '' : ` --game-types=${gameTypes.join(',')}`;
  const again = [...fetched.filter((season) => !isWhole(season)).map(({ season }) => season), ...notBegun(report)];
  const ready = fetched.filter((season) => writtenIn([season]).length > 0).map(({ season }) => season);
  if (code !== EXIT.complete) return again.length === 0 ? [] : [`nx run backfill:fetch --season=${again.join(',')}${types}`];
  return ready.length === 0 ? [] : [`nx run backfill:all --season=${ready.join(',')}${types}`];
}

/** The same for programs. */
export function fetchJson(report: FetchReport): string {
  const { fetched, code, lake, elapsedMs } = report;
  const seasons = fetched.map(({ season, documents, missing, faults, interrupted, requests, bytesReceived, bytesWritten }) => ({
    season, complete: isWhole({ season, documents, missing, faults, interrupted, requests, bytesReceived, bytesWritten }),
    documents: Object.fromEntries(Object.keys(KINDS).map((kind) => [kind, Object.fromEntries(CHANGES.map((change) => [change, documents.filter((one) => one.kind === kind && one.change === change).length]))])),
    written: documents.flatMap(({ path }) => path ?? []),
    vanished: documents.filter(({ vanished }) => vanished.length > 0).map(({ kind, partition, vanished }) => ({ kind, partition, gameIds: vanished })),
    missing, faults: faults.map(({ code: fault, message, fields }) => ({ code: fault, message, next: fields.next ?? null })), interrupted, requests, bytesReceived, bytesWritten,
  }));
  const figures = { requests: sum(fetched, 'requests'), bytesReceived: sum(fetched, 'bytesReceived'), bytesWritten: sum(fetched, 'bytesWritten'), documentsWritten: writtenIn(fetched).length };
  return JSON.stringify({ exitCode: code, lake, elapsedMs, ...figures, seasons, notBegun: notBegun(report), next: nextStep(report)[0] ?? null }, null, 2);
}
