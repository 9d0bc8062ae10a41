import { seasonSpan, type Clock, type DocumentRef, type GameDate, type GameType, type RawLake } from '@nba/kernel';
import type { GameLog, LogRow } from './parse-game-log';
import { contentsOf, planDate, storedContents, type GameContents } from './plan-date';
import type { FetchedDocument } from './season-fetch';
import type { LogKind, Question } from './season-request';
import { documentText, splitByDate } from './split-by-date';
import { freshStamp } from './stamps';

/** Dates that are read and written at the same time: a bucket answers slowly, and many at once. */
const SIDE_BY_SIDE = 8;

/** What the answer is about. */
export interface GameLogScope {
  readonly kind: LogKind;
  readonly gameType: GameType;
  readonly question: Question;
  readonly since?: GameDate;
}

/** Documents of one date, oldest first. */
interface StoredDate {
  readonly date: GameDate;
  readonly rows: readonly LogRow[];
  readonly refs: readonly DocumentRef[];
}

/** Stores game logs: one document a date, where the answer says something that the lake does not know. */
export class GameLogStore {
  constructor(private readonly lake: RawLake, private readonly clock: Clock, private readonly scope: GameLogScope) {}

  /**
   * Compares an answer with what is stored, date by date, and writes what is new. Dates that are stored and not in the answer are looked at too.
   * @param onStored is told what became of the dates, some at a time, of how many
   * @returns the games that the lake has afterwards, with both of their teams
   */
  async store(log: GameLog, signal: AbortSignal | undefined, onStored: (documents: readonly FetchedDocument[], bytes: number, total: number) => void): Promise<ReadonlySet<string>> {
    const dates = await this.datesOf(log);
    const datesOfGame = new Map<string, Set<GameDate>>();
    for (const row of log.rows) datesOfGame.set(log.gameIdOf(row), (datesOfGame.get(log.gameIdOf(row)) ?? new Set()).add(log.dateOf(row)));
    const known = new Set<string>();
    for (let first = 0; first < dates.length && !signal?.aborted; first += SIDE_BY_SIDE) {
      const stored = await Promise.all(dates.slice(first, first + SIDE_BY_SIDE).map((date) => this.storeDate(log, date, datesOfGame)));
      for (const id of stored.flatMap(({ whole }) => whole)) known.add(id);
      onStored(stored.flatMap(({ document }) => document ?? []), stored.reduce((sum, { bytes }) => sum + bytes, 0), dates.length);
    }
    return known;
  }

  /** The dates of the answer and those that are stored, in order. */
  private async datesOf(log: GameLog): Promise<StoredDate[]> {
    const { kind, question, since } = this.scope;
    const span = seasonSpan(question.season);
    const refs = new Map<string, DocumentRef[]>();
    for (const ref of await this.lake.list(kind, this.clock.now(), span)) {
      const date = ref.partition as GameDate;
      if (since === undefined || date >= since) refs.set(date, [...(refs.get(date) ?? []), ref]);
    }
    const answered = new Map(splitByDate(log, since).map(({ date, rows }) => [date, rows]));
    const all = [...new Set([...answered.keys(), ...refs.keys()])].sort() as GameDate[];
    return all.map((date) => ({ date, rows: answered.get(date) ?? [], refs: refs.get(date) ?? [] }));
  }

  private async storeDate(log: GameLog, { date, rows, refs }: StoredDate, datesOfGame: ReadonlyMap<string, ReadonlySet<GameDate>>) {
    const { kind, question } = this.scope;
    const fetched = contentsOf(log, rows);
    const stored = await this.read(refs, fetched);
    const plan = planDate(fetched, stored, (id) => datesOfGame.has(id) && !datesOfGame.get(id)?.has(date));
    // A date of other game types only: it is none of this answer's.
    if (plan.games.length === 0) return { whole: plan.whole, bytes: 0 };
    const document = { kind, partition: date, change: plan.change, vanished: plan.vanished };
    if (plan.change === 'unchanged' || plan.change === 'kept') return { document, whole: plan.whole, bytes: 0 };
    const [path, text] = [`nba-com/${kind}/${date}/${await freshStamp(this.clock, refs)}.json`, documentText(log, { date, rows }, question)];
    await this.lake.write(path, text);
    return { document: { ...document, path }, whole: plan.whole, bytes: Buffer.byteLength(text) };
  }

  /** What the documents say, newest first; of those before one that says what the answer says nothing need be known. */
  private async read(refs: readonly DocumentRef[], fetched: GameContents): Promise<(GameContents | undefined)[]> {
    const { kind, gameType } = this.scope;
    const stored: (GameContents | undefined)[] = [];
    for (const ref of [...refs].reverse()) {
      stored.push(storedContents(await this.lake.read(ref), kind, gameType));
      if (stored.length === 1 && isSame(stored[0], fetched)) break;
    }
    return stored;
  }
}

const isSame = (one: GameContents | undefined, other: GameContents): boolean =>
  one !== undefined && other.size > 0 && one.size === other.size && [...other].every(([id, content]) => one.get(id) === content);
