import { DEFAULT_GAME_TYPES, NbaError, isTransient, type Clock, type GameType, type RawLake, type Season } from '@nba/kernel';
import { GameLogStore } from './game-log-store';
import type { NbaComClient, Answer } from './nba-com-client';
import { UnknownShape, parseGameLog } from './parse-game-log';
import { parseSchedule, type ListedGame } from './parse-schedule';
import { ScheduleStore } from './schedule-store';
import type { FetchOptions, FetchedDocument, MissingGame, SeasonFetch } from './season-fetch';
import { LOG_KINDS, gameLogQuestion, scheduleQuestion, seasonTypeOf, type LogKind, type Question } from './season-request';
import { LOOK_AT_THE_SHAPE, useless } from './source-fault';

/** Fills a raw lake from nba.com, a season at a time. What the lake has already, and what has not changed, is not written again. */
export class NbaComFetcher {
  constructor(private readonly lake: RawLake, private readonly client: NbaComClient, private readonly clock: Clock) {}

  /**
   * Fetches a season: its schedule, and the box scores of its players and teams, one answer for each, stored as one document a date.
   * An answer is stored when all of it has been read and is what was asked for, otherwise nothing of it. A fault of nba.com's is part of
   * what comes back; after one that says that it is out of reach, nothing more is asked.
   * @throws NbaError INVALID_ARGUMENT for game types that nobody counts; and the lake's faults
   */
  async fetchSeason(season: Season, options: FetchOptions = {}): Promise<SeasonFetch> {
    const { gameTypes = DEFAULT_GAME_TYPES } = options;
    const types = gameTypes.map((gameType) => ({ gameType, seasonType: seasonTypeNamed(gameType) }));
    const run = new Run(season, options, this.client);
    const listed = await run.attempt(() => this.fetchSchedule(run));
    for (const kind of LOG_KINDS) {
      for (const { gameType, seasonType } of types) {
        await run.attempt(() => this.fetchGameLog(run, kind, gameType, seasonType, listed));
      }
    }
    return run.result();
  }

  private async fetchSchedule(run: Run): Promise<readonly ListedGame[]> {
    const question = scheduleQuestion(run.season);
    const answer = await run.ask(question);
    const games = understood(answer, question, () => parseSchedule(answer.json, run.season));
    const { document, bytes } = await new ScheduleStore(this.lake, this.clock).store(answer, question, games);
    run.stored([document], bytes);
    return games;
  }

  private async fetchGameLog(run: Run, kind: LogKind, gameType: GameType, seasonType: string, listed: readonly ListedGame[] | undefined): Promise<void> {
    const { season, options: { since, signal } } = run;
    const question = gameLogQuestion(season, kind, seasonType, since);
    const answer = await run.ask(question);
    const log = understood(answer, question, () => parseGameLog(answer.json, { kind, season, gameType }));
    const final = (listed ?? []).filter((game) => game.gameType === gameType && game.isFinal && (since === undefined || game.date >= since));
    if (log.rows.length === 0 && final.length > 0) {
      throw useless(answer.url, question, `lists no game, though ${final.length} are final by the schedule`, LOOK_AT_THE_SHAPE);
    }
    const store = new GameLogStore(this.lake, this.clock, { kind, gameType, question, since });
    const known = await store.store(log, signal, (documents, bytes, total) => run.stored(documents, bytes, { what: question.what, total }));
    if (!signal?.aborted) run.missing(final.filter(({ id }) => !known.has(id)).map(({ id, date }) => ({ kind, gameId: id, date })));
  }
}

function seasonTypeNamed(gameType: GameType): string {
  const seasonType = seasonTypeOf(gameType);
  if (seasonType === undefined) throw new NbaError('INVALID_ARGUMENT', `Games of type ${gameType} are never counted, and are not fetched.`, { field: 'gameTypes' });
  return seasonType;
}

/** What an answer says; an answer of another shape becomes a fault that names its address. */
function understood<T>({ url }: Answer, question: Question, read: () => T): T {
  try {
    return read();
  } catch (fault) {
    if (fault instanceof UnknownShape) throw useless(url, question, `has another shape than is known: ${fault.message}`, LOOK_AT_THE_SHAPE, fault);
    throw fault;
  }
}

/** One season being fetched: what has come of it so far. */
class Run {
  private readonly documents: FetchedDocument[] = [];
  private readonly absent: MissingGame[] = [];
  private readonly faults: NbaError[] = [];
  private bytesWritten = 0;
  private isOver = false;
  private done = 0;
  private readonly before: { readonly requests: number; readonly bytes: number };

  constructor(readonly season: Season, readonly options: FetchOptions, private readonly client: NbaComClient) {
    this.before = { requests: client.requests, bytes: client.bytes };
  }

  /** Does a part; undefined when it failed by nba.com's fault, was interrupted, or was not begun for such a reason. */
  async attempt<T>(part: () => Promise<T>): Promise<T | undefined> {
    const { signal } = this.options;
    if (this.isOver || signal?.aborted) return undefined;
    this.done = 0;
    try {
      return await part();
    } catch (fault) {
      if (signal?.aborted && !(fault instanceof NbaError)) return undefined;
      if (!(fault instanceof NbaError) || !fault.code.startsWith('SOURCE_')) throw fault;
      this.faults.push(fault);
      this.isOver = isTransient(fault);
      return undefined;
    }
  }

  ask(question: Question): Promise<Answer> {
    const { season, options: { signal, onProgress } } = this;
    onProgress?.({ kind: 'asking', season, what: question.what });
    return this.client.ask(question, { signal, onRetry: (retry) => onProgress?.({ kind: 'waiting', season, what: question.what, ...retry }) });
  }

  stored(documents: readonly FetchedDocument[], bytes: number, of?: { readonly what: string; readonly total: number }): void {
    this.documents.push(...documents);
    this.bytesWritten += bytes;
    this.done += documents.length;
    if (of) this.options.onProgress?.({ kind: 'storing', season: this.season, done: this.done, ...of });
  }

  missing(games: readonly MissingGame[]): void {
    this.absent.push(...games);
  }

  result(): SeasonFetch {
    return {
      season: this.season, documents: this.documents, missing: this.absent, faults: this.faults, interrupted: this.options.signal?.aborted ?? false,
      requests: this.client.requests - this.before.requests, bytesReceived: this.client.bytes - this.before.bytes, bytesWritten: this.bytesWritten,
    };
  }
}
