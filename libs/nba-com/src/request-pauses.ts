import type { Clock } from '@nba/kernel';

const FIRST_PAUSE_MS = 2_000;
const LONGEST_PAUSE_MS = 60_000;
/** Whoever asks to be left alone for longer is asked again by the next run. */
export const LONGEST_ASKED_PAUSE_MS = 600_000;
/** A pause is slept in pieces, so that it ends soon after an interruption. */
const PIECE_MS = 200;

/** The pause after the given attempt failed, from 1: full jitter, anything from nothing to a bound that doubles. */
export function backoffMs(attempt: number, random: () => number): number {
  return Math.round(random() * Math.min(FIRST_PAUSE_MS * 2 ** (attempt - 1), LONGEST_PAUSE_MS));
}

/** The pause that a `Retry-After` asks for, as seconds or as an HTTP date; 0 when it is neither, or past. */
export function askedPauseMs(header: string | null, now: Date): number {
  const text = header?.trim() ?? '';
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  // Only dates with a weekday: Date.parse would take a bare number for a year.
  const at = /^[A-Z][a-z]{2,8}, /.test(text) ? Date.parse(text) : NaN;
  return Number.isNaN(at) ? 0 : Math.max(0, at - now.getTime());
}

/** Sleeps, but not on after an interruption. */
export async function pause(clock: Clock, milliseconds: number, signal?: AbortSignal): Promise<void> {
  for (let left = milliseconds; left > 0 && !signal?.aborted; left -= PIECE_MS) await clock.sleep(Math.min(left, PIECE_MS));
}
