import { dateText, type DayNumber } from './civil-date';

/** One document of the lake: where it lies and its JSON text. */
export interface SampleDocument {
  /** Relative to the lake's root: `nba-com/player-boxscores/2022-10-18/20221019_100000.json` */
  readonly path: string;
  readonly text: string;
}

/** When a document was fetched: a morning, UTC. At 6 the last game in the west may still be missing; at 10 all are in. */
export interface FetchTime {
  readonly day: DayNumber;
  readonly hour: 6 | 10;
}

/** `YYYYMMDD_HHMMSS`, UTC. */
export function stamp({ day, hour }: FetchTime): string {
  return `${dateText(day).replaceAll('-', '')}_${String(hour).padStart(2, '0')}0000`;
}

export function isoTime({ day, hour }: FetchTime): string {
  return `${dateText(day)}T${String(hour).padStart(2, '0')}:00:00.000Z`;
}
