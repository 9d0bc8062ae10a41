import { type DateRange, type GameDate, NbaError, addDays, parseGameDate, seasonOf, seasonSpan } from '@nba/kernel';

/** How long the parts of a long range are: seasons (1 October to 30 September), calendar months, or so many days. */
export type Step = 'season' | 'month' | { readonly days: number };

/**
 * The parts of a range, in order: together they are the range, and none overlaps another. The first and the last may be shorter.
 * @throws NbaError INVALID_ARGUMENT for a step that is none
 */
export function splitRange({ from, to }: DateRange, step: Step): DateRange[] {
  const endOf = stepEnd(step);
  const parts: DateRange[] = [];
  for (let first = from; first <= to; first = addDays((parts.at(-1) as DateRange).to, 1)) {
    const end = endOf(first);
    parts.push({ from: first, to: end < to ? end : to });
  }
  return parts;
}

function stepEnd(step: Step): (date: GameDate) => GameDate {
  if (step === 'season') return (date) => seasonSpan(seasonOf(date)).to;
  if (step === 'month') return monthEnd;
  if (Number.isSafeInteger(step?.days) && step.days > 0) return (date) => addDays(date, step.days - 1);
  throw new NbaError('INVALID_ARGUMENT', `step: ${JSON.stringify(step)} is none. Write 'season', 'month', or { days: 30 }.`, { field: 'step' });
}

/** The day before the first of the next month, which lies within 31 days of this one's first. */
function monthEnd(date: GameDate): GameDate {
  const next = addDays(parseGameDate(`${date.slice(0, 7)}-01`), 31);
  return addDays(parseGameDate(`${next.slice(0, 7)}-01`), -1);
}
