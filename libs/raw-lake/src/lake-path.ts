import { isWithin, parseGameDate, parseSeason, seasonsIn, type DateRange, type DocumentKind, type DocumentRef, type GameDate, type Season } from '@nba/kernel';

const STAMP = /^(\d{4})(\d{2})(\d{2})_(\d{2})(\d{2})(\d{2})$/;

/** The stamp of an instant, UTC: `20250127_060000`. Sorts as time does. */
export function stampOf(instant: Date): string {
  const [date, time] = instant.toISOString().split('T') as [string, string];
  return `${date.replaceAll('-', '')}_${time.slice(0, 8).replaceAll(':', '')}`;
}

/** Whether the text is a stamp of an instant that exists. */
export function isStamp(text: string): boolean {
  const parts = STAMP.exec(text)?.slice(1);
  if (parts === undefined) return false;
  const [year, month, day, hour, minute, second] = parts as [string, string, string, string, string, string];
  const written = `${year}-${month}-${day}T${hour}:${minute}:${second}.000Z`;
  const instant = new Date(written);
  return !Number.isNaN(instant.getTime()) && instant.toISOString() === written;
}

/** The partition that a folder of a kind is named after: a game date, or a season for schedules. Undefined when it is neither. */
export function partitionNamed(kind: DocumentKind, name: string): DocumentRef['partition'] | undefined {
  try {
    return kind === 'schedule' ? parseSeason(name) : parseGameDate(name);
  } catch {
    return undefined;
  }
}

/** Whether one of a partition's days lies in the range. */
export function liesIn(kind: DocumentKind, partition: DocumentRef['partition'], range: DateRange | undefined): boolean {
  if (!range) return true;
  return kind === 'schedule' ? seasonsIn(range).includes(partition as Season) : isWithin(partition as GameDate, range);
}

/** Files that are no documents: hidden ones, and those still being written. */
export function isIgnored(name: string): boolean {
  return name.startsWith('.') || name.endsWith('.tmp');
}

/** Whether a path stays inside the lake as it is written: relative, forward slashes, no `..`, no empty parts. */
export function staysInside(path: string): boolean {
  return !/[\\\0]/.test(path) && path.split('/').every((part) => part !== '' && part !== '.' && part !== '..') && !/^[A-Za-z]:/.test(path);
}
