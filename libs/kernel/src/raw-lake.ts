import type { DateRange, GameDate } from './game-date';
import type { Season } from './season';

/** The kinds of documents, by their folder under `nba-com/`. */
export type DocumentKind = 'schedule' | 'player-boxscores' | 'team-boxscores';

/** One document of the lake. */
export interface DocumentRef {
  /** Path inside the lake, with forward slashes: `nba-com/schedule/2024-25/20250827_060000.json`. */
  readonly path: string;
  readonly kind: DocumentKind;
  /** The folder it lies in: a game date, or a season for schedules. */
  readonly partition: GameDate | Season;
  /** When it was written, UTC, `YYYYMMDD_HHMMSS`: sorts as time does. */
  readonly stamp: string;
}

/** A store of raw JSON documents that only grows. */
export interface RawLake {
  /** A short name of the place, for messages. */
  readonly location: string;
  /**
   * All documents of a kind that exist as of `asOf`, by partition and then by stamp.
   * A document stamped later does not exist yet. Empty when there is none.
   * @param within the days that are of interest; a season's documents when one of its days is. By default all
   * @throws NbaError LAKE_UNREADABLE when the lake itself cannot be read
   */
  list(kind: DocumentKind, asOf: Date, within?: DateRange): Promise<readonly DocumentRef[]>;
  /** The document's text. @throws NbaError LAKE_UNREADABLE when it is gone or the path leaves the lake, LAKE_UNAVAILABLE when another try may succeed */
  read(ref: DocumentRef): Promise<string>;
  /**
   * Stores a document, whole or not at all. A bucket keeps what it has: there another text under the same path is refused.
   * @throws NbaError INVALID_ARGUMENT when the path leaves the lake, or holds another document
   */
  write(path: string, text: string): Promise<void>;
}
