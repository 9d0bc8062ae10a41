import { NbaError } from '@nba/kernel';
import type { Question } from './season-request';

/** The place was out of reach, or broken, as often as it was asked: later it may go well. */
export function unavailable(url: URL, { season, what }: Question, problem: string, cause?: unknown): NbaError {
  return new NbaError('SOURCE_UNAVAILABLE', `${what} of ${season} could not be had from ${url.href}: ${problem}. Nothing of it was stored.`, {
    field: what, next: `wait a few minutes, then run the same command again; if it never answers, this network may be refused: see whether ${url.origin} answers elsewhere`,
  }, cause);
}

/** The place answered with something that is of no use, and would again. */
export function useless(url: URL, { season, what }: Question, problem: string, next: string, cause?: unknown): NbaError {
  return new NbaError('SOURCE_ANSWER_INVALID', `${what} of ${season}: ${url.href} ${problem}. Nothing of it was stored.`, { field: what, next }, cause);
}

/** What to try when an answer has not the shape that is known. */
export const LOOK_AT_THE_SHAPE = 'run the same command again; if it stays so, nba.com has changed its answer: compare it with "What is accepted" in libs/nba-com/README.md';
