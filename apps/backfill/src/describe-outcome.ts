import { describeReason, isHoleReason, missingDatesOf } from '@nba/dependency-guard';
import { seasonOf } from '@nba/kernel';
import { type BackfillOutcome, type PhaseOutcome, type Processor, type UnitOutcome, describeFinding, isComplete, isSeasonal } from '@nba/pipeline';
import { count, dateList, describeVerification, plural } from '@nba/command-line';

const PHASE_NAMES = { 2: 'raw', 3: 'analytics', 4: 'precompute' } as const;
/** Units that are told one by one; the rest is counted. */
const LISTED = 20;

/** What a person reads when a backfill has ended. */
export function describeOutcome(outcome: BackfillOutcome): string[] {
  const lines: string[] = [];
  if (outcome.gate.some(({ complete }) => !complete)) lines.push('Phase 2 was verified first and has gaps:', ...outcome.gate.flatMap(describeVerification), '');
  for (const phase of outcome.phases) {
    if (phase.outcomes.length > 0 || outcome.seasonsWithoutSchedule.length === 0) lines.push(...describePhase(phase), '');
  }
  const unknown = outcome.seasonsWithoutSchedule;
  if (unknown.length > 0) lines.push(`✗ There is no schedule for ${unknown.join(', ')}, so nothing is known to be expected. Load it: nx run backfill:phase2 --season=${unknown.join(',')}`, '');
  if (outcome.stoppedBefore) lines.push(`Stopped before phase ${outcome.stoppedBefore}: --failure-policy stop.`, '');
  if (outcome.isLate) lines.push('What the finished phases triggered was not done in the time given (--cascade-timeout). The next run goes on from there.', '');
  if (outcome.interrupted) lines.push('Interrupted. What had been finished is stored; the same command goes on from there.', '');
  return lines;
}

function describePhase({ phase, cause, outcomes, alreadyComplete, verifications }: PhaseOutcome): string[] {
  const lines = [`Phase ${phase} · ${PHASE_NAMES[phase]}${cause === 'cascade' ? ' (triggered by the phase before)' : ''}`];
  if (outcomes.length === 0) lines.push(alreadyComplete > 0 ? `  nothing to do: ${plural(alreadyComplete, 'unit')} complete` : '  nothing to do: no counted game on these dates');
  for (const [processor, own] of byProcessor(outcomes)) lines.push(...describeProcessor(processor, own));
  if (verifications.length > 0) lines.push('  verified', ...verifications.flatMap((verification) => describeVerification(verification).map((line) => `    ${line}`)));
  return lines;
}

function describeProcessor(processor: Processor, outcomes: readonly UnitOutcome[]): string[] {
  const done = outcomes.filter(isComplete);
  const empty = done.filter(({ status }) => status === 'empty_ok').length;
  const rows = done.reduce((total, outcome) => total + outcome.rows, 0);
  const noun = isSeasonal(processor) ? 'season' : 'date';
  const mark = done.length === outcomes.length ? '✓' : '✗';
  const lines = [
    `  ${mark} ${processor.name.padEnd(38)} ${count(done.length)} of ${plural(outcomes.length, noun)}, ${plural(rows, 'row')}${empty > 0 ? `, ${count(empty)} rightly empty` : ''}`,
  ];
  const blocked = outcomes.filter(({ status }) => status === 'blocked');
  const told = outcomes.filter((outcome) => outcome.status !== 'blocked' && (!isComplete(outcome) || outcome.findings.length > 0));
  const kinds = alike(told);
  for (const units of kinds.slice(0, LISTED)) lines.push(...describeUnits(units));
  if (kinds.length > LISTED) lines.push(`      … and ${count(kinds.length - LISTED)} more; --json lists them all`);
  if (blocked.length > 0) lines.push(describeBlocked(blocked));
  return lines;
}

/** Units that ended in the same way for the same reason are told once, with their dates. */
function alike(outcomes: readonly UnitOutcome[]): UnitOutcome[][] {
  const kinds = new Map<string, UnitOutcome[]>();
  for (const outcome of outcomes) {
    const kind = [outcome.status, reasonOf(outcome), ...outcome.findings.map(({ message }) => message)].join('\n');
    kinds.set(kind, [...(kinds.get(kind) ?? []), outcome]);
  }
  return [...kinds.values()];
}

function describeUnits(units: readonly UnitOutcome[]): string[] {
  const [first] = units;
  if (!first) return [];
  const findings = first.findings.map((finding) => `        ${describeFinding(finding)}`);
  return [`      ${dateList(units.map(({ date }) => date))}: ${first.status}${reasonOf(first)}`, ...findings];
}

function reasonOf({ findings, missing, fault }: UnitOutcome): string {
  if (findings.length > 0) return '';
  return (missing > 0 ? `, ${plural(missing, 'key')} missing` : '') + (fault ? `, ${fault}` : '');
}

/** One line for all that wait, with the command that frees them. */
function describeBlocked(blocked: readonly UnitOutcome[]): string {
  const reasons = blocked.flatMap((outcome) => outcome.reasons);
  const dates = missingDatesOf(reasons);
  if (dates.length === 0) return `      blocked: ${span(blocked)}, ${[...new Set(reasons.map(describeReason))].join('; ')}`;
  const tables = [...new Set(reasons.filter(isHoleReason).map(({ table }) => table))].join(', ');
  return `      blocked: ${span(blocked)}, frees when ${tables} has ${dateList(dates)}`;
}

const span = (units: readonly UnitOutcome[]): string =>
  units.length === 1 ? `${units[0]?.date}` : `${count(units.length)} dates (${units[0]?.date} to ${units.at(-1)?.date})`;

function byProcessor(outcomes: readonly UnitOutcome[]): Map<Processor, UnitOutcome[]> {
  const groups = new Map<Processor, UnitOutcome[]>();
  for (const outcome of outcomes) groups.set(outcome.processor, [...(groups.get(outcome.processor) ?? []), outcome]);
  return groups;
}

/**
 * What to do next, undefined when nothing is left: a season's command does exactly what is not done, so it is always the
 * right one. Rows that differ from what was recorded about them are found by verification only, and want force.
 */
export function nextStep(outcome: BackfillOutcome): string | undefined {
  const wrong = outcome.phases.flatMap(({ outcomes }) => outcomes).filter((one) => !isComplete(one));
  if (wrong.length > 0) {
    const seasons = [...new Set(wrong.map(({ date }) => seasonOf(date)))].sort();
    const broken = wrong.some(({ findings }) => findings.length > 0);
    return `${broken ? 'repair what is named above in the lake (a newer stamp beside it), then: ' : ''}nx run backfill:all --season=${seasons.join(',')}`;
  }
  if (outcome.isLate) return 'nx run backfill:repair';
  const verified = outcome.phases.flatMap(({ verifications }) => verifications);
  const computedWrong = datesOf(verified.flatMap(({ phase, reports, violations }) => [...reports.flatMap(({ gaps }) => gaps), ...(phase === 2 ? [] : violations.filter(isFailing))]));
  if (computedWrong.length > 0) return `the stored rows are not those that were recorded. Compute them again: nx run backfill:all --force --dates=${computedWrong.join(',')}`;
  const contradicted = datesOf(verified.flatMap(({ violations }) => violations.filter(isFailing)));
  return contradicted.length > 0 ? `the documents of ${dateList(contradicted)} contradict each other or themselves. Put right ones into the lake (a newer stamp beside them), then: nx run backfill:repair` : undefined;
}

const isFailing = ({ severity }: { readonly severity: 'fails' | 'reports' }): boolean => severity === 'fails';
const datesOf = <D extends string>(found: readonly { readonly date: D }[]): D[] => [...new Set(found.map(({ date }) => date))].sort();
