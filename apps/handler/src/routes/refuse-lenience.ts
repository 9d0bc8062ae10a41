import type { IncomingHttpHeaders } from 'node:http';
import { NbaError } from '@nba/kernel';

const NAMES = /^(x-?)?(nba-?)?(strict-?mode)$/i;
const named = (name: string): boolean => NAMES.test(name.replaceAll('_', '-'));

/** A message is not deeper than this. */
const DEPTH = 6;

/**
 * In production nothing runs over a hole: a request that asks for that is refused, wherever it does.
 * @param parts the query, and the body as it was parsed, with what is wrapped in it
 * @throws NbaError INVALID_ARGUMENT saying where strict mode was to be switched off
 */
export function refuseLenience(headers: IncomingHttpHeaders, parts: readonly unknown[]): void {
  const asks = Object.entries(headers).some(([name, value]) => named(name) && isOff(value)) || parts.some((part) => asksFor(part, DEPTH));
  if (asks) {
    throw new NbaError('INVALID_ARGUMENT', 'Strict mode cannot be switched off here: what is computed over a hole would be taken for complete. For tests: backfill phase3 --date <date> --strict-mode false.', { field: 'strict_mode' });
  }
}

const isOff = (value: unknown): boolean => String(value).trim().toLowerCase() !== 'true';

function asksFor(part: unknown, depth: number): boolean {
  if (typeof part !== 'object' || part === null || depth === 0) return false;
  return Object.entries(part).some(([name, value]) => (named(name) && isOff(value)) || asksFor(value, depth - 1));
}
