import { InvalidArgumentError, type Command } from 'commander';
import { type GameDate, type Season, NbaError, easternDate, parseGameDate, seasonOf, seasonSpan, seasonsIn } from '@nba/kernel';
import { type CommonOptions, EXIT, type ExitCode, addCommonOptions, positiveInteger, readConfiguration, scopeOf, wholeNumber } from '@nba/command-line';
import type { NbaComClientOptions, SeasonFetch } from '@nba/nba-com';
import { describeFetch, describeProgress, fetchJson, isWhole } from '../describe-fetch';
import { withFetcher } from '../fetch-container';
import type { EndWith } from '../program';
import type { Surroundings } from '../surroundings';

interface FetchFlags extends CommonOptions {
  readonly season?: string[];
  readonly since?: string;
  /** Seconds. */
  readonly interval: number;
  /** Seconds. */
  readonly timeout: number;
  readonly attempts: number;
  readonly userAgent?: string;
  readonly baseUrl?: string;
}

const EXAMPLES = `
Examples:
  nx run backfill:fetch --season=2023-24                     a season; then nx run backfill:all --season=2023-24
  nx run backfill:fetch --season=2021-22,2022-23             several
  nx run backfill:fetch                                      the current season: what is new or has changed
  nx run backfill:fetch --since=2025-01-20                   no earlier dates

What the lake has already and what has not changed is not written again: an interrupted fetch goes on when it is run again.

Exit codes: 0 the lake holds every game that is final, 1 a season or a part of it could not be fetched, or lacks games, 2 wrong usage,
4 fault, 130 interrupted, 143 terminated.`;

/** Adds `fetch`: fills the lake from nba.com. It opens no warehouse. */
export function addFetchCommand(program: Command, surroundings: Surroundings, end: EndWith): void {
  const command = program.command('fetch').description('fill the lake from nba.com: the schedule and the box scores of whole seasons, slowly and politely')
    .option('--season <season...>', 'one or several, as 2022-23 or 2022-23,2023-24 (default: the current one, or all since --since)')
    .option('--since <date>', 'first game date to fetch, YYYY-MM-DD (default: all of the season)')
    .option('--interval <seconds>', 'least time between two requests; 0: none', wholeNumber, 2)
    .option('--timeout <seconds>', 'how long an answer may take to begin, and then to end', positiveInteger, 60)
    .option('--attempts <n>', 'most requests for one answer', positiveInteger, 5)
    .option('--user-agent <text>', 'the browser to pass for, where the built-in one has become too old')
    .option('--base-url <url>', 'where the endpoints are: a mirror (default https://stats.nba.com/stats)', httpUrl);
  addCommonOptions(command).addHelpText('after', EXAMPLES).action(async (flags: FetchFlags) => {
    const { output, environment, clock, signal } = surroundings;
    if (flags.now ?? environment['NBA_NOW']) {
      throw new NbaError('INVALID_ARGUMENT', 'What nba.com says now was not known earlier: fetch cannot be rehearsed. Leave out --now (NBA_NOW).', { field: '--now' });
    }
    const started = performance.now();
    const since = flags.since === undefined ? undefined : parseGameDate(flags.since, '--since');
    const seasons = seasonsOf(flags, since, easternDate(clock.now()));
    const configuration = readConfiguration(flags, environment);
    const fetched = await withFetcher(configuration, clientOptions(flags), clock, async (fetcher) => {
      const results: SeasonFetch[] = [];
      for (const season of seasons) {
        const own = since !== undefined && seasonOf(since) === season ? since : undefined;
        const tell = describeProgress(output, clock);
        results.push(await fetcher.fetchSeason(season, { since: own, gameTypes: flags.gameTypes, signal, onProgress: tell }));
        // A place that is out of reach for one season is so for the next.
        if (signal.aborted || results.at(-1)?.faults.some(({ code }) => code === 'SOURCE_UNAVAILABLE')) break;
      }
      return results;
    });
    const code = exitCodeOf(fetched, seasons, signal);
    const report = { fetched, seasons, code, lake: configuration.lake, elapsedMs: Math.round(performance.now() - started), gameTypes: flags.gameTypes };
    if (flags.json) output.line(fetchJson(report));
    else for (const line of describeFetch(report)) output.line(line);
    end(code);
  });
}

/** The seasons that are meant, oldest first. @throws NbaError INVALID_ARGUMENT */
function seasonsOf({ season }: FetchFlags, since: GameDate | undefined, today: GameDate): readonly Season[] {
  if (since !== undefined && since > today) throw new NbaError('INVALID_ARGUMENT', `--since: ${since} is to come, today is ${today}. Write a date that is past.`, { field: '--since' });
  if (season === undefined) return since === undefined ? [seasonOf(today)] : seasonsIn({ from: since, to: today });
  const asked = scopeOf({ season }).seasons;
  const over = asked.find((one) => since !== undefined && seasonSpan(one).to < since);
  if (over !== undefined) throw new NbaError('INVALID_ARGUMENT', `--since: ${since} lies after the season ${over}. Leave that season out, or write an earlier date.`, { field: '--since' });
  return asked;
}

function clientOptions({ baseUrl, interval, timeout, attempts, userAgent }: FetchFlags): NbaComClientOptions {
  return { baseUrl, intervalMs: interval * 1000, timeoutMs: timeout * 1000, attempts, ...(userAgent !== undefined && { headers: { 'user-agent': userAgent } }) };
}

function exitCodeOf(fetched: readonly SeasonFetch[], seasons: readonly Season[], signal: AbortSignal): ExitCode {
  if (signal.aborted) return signal.reason === 'SIGTERM' ? EXIT.terminated : EXIT.interrupted;
  return fetched.length === seasons.length && fetched.every(isWhole) ? EXIT.complete : EXIT.incomplete;
}

function httpUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if ((url?.protocol !== 'http:' && url?.protocol !== 'https:') || url.search !== '' || url.hash !== '') throw new InvalidArgumentError('It must be an address as https://stats.nba.com/stats.');
  return text;
}
