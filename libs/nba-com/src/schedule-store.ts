import { parseSeason, seasonSpan, type Clock, type DocumentRef, type RawLake } from '@nba/kernel';
import { memberOf } from './parse-game-log';
import { parseSchedule, type ListedGame } from './parse-schedule';
import type { Answer } from './nba-com-client';
import type { FetchedDocument } from './season-fetch';
import type { Question } from './season-request';
import { useless } from './source-fault';
import { freshStamp } from './stamps';

/** Games that are named in a message; of more, only their number is told. */
const NAMED = 5;

/** Stores schedules: one document a season, as nba.com said it, when it says something new. */
export class ScheduleStore {
  constructor(private readonly lake: RawLake, private readonly clock: Clock) {}

  /**
   * Stores the answer unless the newest document says the same; its `meta`, which is the time of the answer, does not count.
   * @throws NbaError SOURCE_ANSWER_INVALID when it no longer lists games that were final in the newest document, or lists them as not
   * final: what was played stays played, so such an answer is a part of the season only, or older than what is stored
   */
  async store(answer: Answer, question: Question, games: readonly ListedGame[]): Promise<{ readonly document: FetchedDocument; readonly bytes: number }> {
    const season = parseSeason(question.season);
    const partition = { kind: 'schedule' as const, partition: season, vanished: [] };
    const refs = await this.lake.list('schedule', this.clock.now(), seasonSpan(season));
    const newest = await this.readNewest(refs);
    if (newest !== undefined) {
      if (contentOf(newest) === contentOf(answer.json)) return { document: { ...partition, change: 'unchanged' }, bytes: 0 };
      const [listed, final] = [new Set(games.map(({ id }) => id)), new Set(games.filter(({ isFinal }) => isFinal).map(({ id }) => id))];
      const played = playedIn(newest, question);
      const refuse = (how: string, ids: readonly string[]): void => {
        if (ids.length === 0) return;
        const some = `${ids.slice(0, NAMED).join(', ')}${ids.length > NAMED ? ` and ${ids.length - NAMED} more` : ''}`;
        throw useless(answer.url, question, `${how}: ${some}; the document that is stored stays the newest`, `run the same command again later; should nba.com stand by it, put its answer into the lake yourself, as nba-com/schedule/${season}/<YYYYMMDD_HHMMSS>.json`);
      };
      refuse('no longer lists games that have been played', played.filter((id) => !listed.has(id)));
      // An answer from a stale cache: with it as the newest, Phase 2 would empty the dates of those games.
      refuse('lists games as not final that have been played', played.filter((id) => !final.has(id)));
    }
    const path = `nba-com/schedule/${season}/${await freshStamp(this.clock, refs)}.json`;
    await this.lake.write(path, answer.text);
    return { document: { ...partition, change: refs.length === 0 ? 'new' : 'changed', path }, bytes: Buffer.byteLength(answer.text) };
  }

  /** The newest document; undefined when there is none, or when it is not JSON and so is no reason to keep anything. */
  private async readNewest(refs: readonly DocumentRef[]): Promise<unknown> {
    const newest = refs.at(-1);
    if (newest === undefined) return undefined;
    const text = await this.lake.read(newest);
    try {
      return JSON.parse(text) as unknown;
    } catch {
      return undefined;
    }
  }
}

function playedIn(json: unknown, { season }: Question): string[] {
  try {
    return parseSchedule(json, season).filter(({ isFinal }) => isFinal).map(({ id }) => id);
  } catch {
    return [];
  }
}

/** Equal for two answers that say the same, whatever the order of their keys. */
const contentOf = (json: unknown): string => JSON.stringify(sorted(memberOf(json, 'leagueSchedule')));

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, own]) => [key, sorted(own)]));
}
