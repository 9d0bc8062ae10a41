import { type Scope, withinSeasons } from '@nba/schedule';
import type { BackfillOutcome } from './backfill';
import type { PhaseOutcome } from './phase-outcome';
import type { Progress } from './run-options';
import type { UnitOutcome } from './unit-outcome';

/** The historical backfill's, so that it stays in one piece: the fewer there are at once, the sooner a core runs out of work. */
const SEASONS_AT_ONCE = 4;

/**
 * A scope of many seasons as parts of four, in their order. No window leaves its season, so no part needs another's calendar,
 * records or plans, and memory holds those of one part only.
 */
export function inParts(scope: Scope): Scope[] {
  const { seasons } = scope;
  if (seasons.length <= SEASONS_AT_ONCE) return [scope];
  const parts: Scope[] = [];
  for (let first = 0; first < seasons.length; first += SEASONS_AT_ONCE) parts.push(withinSeasons(scope, seasons.slice(first, first + SEASONS_AT_ONCE)));
  return parts;
}

/**
 * For each part in turn, where it is to tell its progress; told on as progress in the whole. The seasons ahead are taken to be
 * as large as those of the part at work.
 */
export function progressOfParts(whole: Scope, tell: (progress: Progress) => void): (part: Scope) => (progress: Progress) => void {
  let [before, done, ahead] = [0, 0, whole.seasons.length];
  return ({ seasons: { length } }) => {
    before += done;
    done = 0;
    const times = ahead / length;
    ahead -= length;
    return (progress) => {
      done = progress.done;
      tell({ ...progress, done: before + done, total: before + Math.round(progress.total * times) });
    };
  };
}

/** What has come of the parts, as of one piece: each phase once, with all its units as they ended last. */
export function asOneOutcome(parts: readonly BackfillOutcome[]): BackfillOutcome {
  const phases: PhaseOutcome[] = [];
  for (const one of withoutTheFreed(parts)) {
    const at = phases.findIndex(({ phase, cause }) => phase === one.phase && cause === one.cause);
    const known = phases[at];
    if (known) phases[at] = { ...known, ...sumOf(known, one) };
    else phases.push(one);
  }
  const last = parts.at(-1);
  return {
    phases,
    gate: parts.flatMap(({ gate }) => gate),
    // With the policy that stops, there are no parts.
    stoppedBefore: undefined,
    interrupted: last?.interrupted ?? false,
    // What one part had no time left for, the next takes up.
    isLate: last?.isLate ?? false,
    seasonsWithoutSchedule: parts.flatMap(({ seasonsWithoutSchedule }) => seasonsWithoutSchedule),
  };
}

/** The phases of all parts. A part takes up what an earlier request has left of any season: what it finds blocked there, a later part may have run. */
function withoutTheFreed(parts: readonly BackfillOutcome[]): PhaseOutcome[] {
  const unitOf = ({ processor, date }: UnitOutcome): string => `${processor.name} ${date}`;
  return parts.flatMap(({ phases }, i) => {
    const blocked = new Set(phases.flatMap(({ outcomes }) => outcomes.filter(({ status }) => status === 'blocked').map(unitOf)));
    if (blocked.size === 0) return phases;
    const later = parts.slice(i + 1).flatMap((part) => part.phases.flatMap(({ outcomes }) => outcomes));
    const ended = new Set(later.map(unitOf).filter((unit) => blocked.has(unit)));
    return phases.map((phase) => ({ ...phase, outcomes: phase.outcomes.filter((one) => one.status !== 'blocked' || !ended.has(unitOf(one))) }));
  });
}

const sumOf = (one: PhaseOutcome, other: PhaseOutcome): Omit<PhaseOutcome, 'phase' | 'cause'> => ({
  outcomes: [...one.outcomes, ...other.outcomes],
  alreadyComplete: one.alreadyComplete + other.alreadyComplete,
  verifications: [...one.verifications, ...other.verifications],
});
