import { type DateRange, type Season, seasonOf } from '@nba/kernel';
import type { Scope } from '@nba/schedule';
import { isSeasonal } from '../definition/processor';
import type { PhaseOutcome } from './phase-outcome';
import { isComplete } from './unit-outcome';

/** Which dates of a phase are verified when it has run. @param asked what it was run over */
export type DatesToVerify = (ran: PhaseOutcome, asked: Scope) => readonly DateRange[];

/** All that it was run over. */
export const datesAsked: DatesToVerify = (_ran, { ranges }) => ranges;

/**
 * Of Phase 2, for each season from the first date whose box scores were stored to the last. Documents that contradict each other are
 * stored as they are, and no unit's run looks across them: whoever corrects one of two is to be told.
 */
export const datesRead: DatesToVerify = ({ phase, outcomes }) => {
  if (phase !== 2) return [];
  const dates = outcomes.filter((outcome) => isComplete(outcome) && !isSeasonal(outcome.processor)).map(({ date }) => date).sort();
  const ranges = new Map<Season, DateRange>();
  for (const date of dates) ranges.set(seasonOf(date), { from: ranges.get(seasonOf(date))?.from ?? date, to: date });
  return [...ranges.values()];
};
