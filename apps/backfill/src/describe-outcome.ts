import { missingDatesOf } from '@nba/dependency-guard';
import { type BackfillOutcome, type PhaseOutcome, type Processor, type UnitOutcome, isComplete } from '@nba/pipeline';
import { count, dateList, describeVerification, plural } from '@nba/command-line';

const PHASE_NAMES = { 2: 'raw', 3: 'analytics', 4: 'precompute' } as const;
/** Units that are told one by one; the rest is counted. */
const LISTED = 20;

/** What a person reads when a backfill has ended. */
export function describeOutcome(outcome: BackfillOutcome): string[] {
  const lines: string[] = [];
  if (outcome.gate.some(({ complete }) => !complete)) lines.push('Phase 2 was verified first and has gaps:', ...outcome.gate.flatMap(describeVerification), '');
  for (const phase of outcome.phases) lines.push(...describePhase(phase), '');
  const unknown = outcome.seasonsWithoutSchedule;
  if (unknown.length > 0) lines.push(`✗ There is no schedule for ${unknown.join(', ')}, so nothing is known to be expected. Load it: nx run backfill:phase2 --season=${unknown.join(',')}`, '');
  if (outcome.stoppedBefore) lines.push(`Stopped before phase ${outcome.stoppedBefore}: --failure-policy stop.`, '');
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
  const noun = processor.kind === 'document' && processor.unit === 'season' ? 'season' : 'date';
  const mark = done.length === outcomes.length ? '✓' : '✗';
  const lines = [
    `  ${mark} ${processor.name.padEnd(38)} ${count(done.length)} of ${plural(outcomes.length, noun)}, ${plural(rows, 'row')}${empty > 0 ? `, ${count(empty)} rightly empty` : ''}`,
  ];
  const blocked = outcomes.filter(({ status }) => status === 'blocked');
  const told = outcomes.filter(({ status, findings }) => status !== 'blocked' && (!isStatusRight(status) || findings.length > 0));
  const kinds = alike(told);
  for (const units of kinds.slice(0, LISTED)) lines.push(...describeUnits(units));
  if (kinds.length > LISTED) lines.push(`      … and ${count(kinds.length - LISTED)} more; --json lists them all`);
  if (blocked.length > 0) lines.push(describeBlocked(blocked));
  return lines;
}

const isStatusRight = (status: UnitOutcome['status']): boolean => status === 'success' || status === 'empty_ok';

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
  const findings = first.findings.map(({ severity, message }) => `        ${severity === 'warning' ? 'warning: ' : ''}${message}`);
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
  const tables = [...new Set(reasons.map(({ table }) => table))].join(', ');
  return `      blocked: ${plural(blocked.length, 'date')} (${blocked[0]?.date} to ${blocked.at(-1)?.date}), frees when ${tables} has ${dateList(dates)}`;
}

function byProcessor(outcomes: readonly UnitOutcome[]): Map<Processor, UnitOutcome[]> {
  const groups = new Map<Processor, UnitOutcome[]>();
  for (const outcome of outcomes) groups.set(outcome.processor, [...(groups.get(outcome.processor) ?? []), outcome]);
  return groups;
}

/** The command that repairs the root causes: raw units that are not complete; undefined when there are none. */
export function nextCommand(outcome: BackfillOutcome): string | undefined {
  const outcomes = outcome.phases.flatMap((phase) => phase.outcomes);
  const raw = outcomes.filter((one) => one.processor.phase === 2 && !isComplete(one)).map(({ date }) => date);
  const missing = missingDatesOf(outcomes.flatMap(({ reasons }) => reasons.filter(({ table }) => table.startsWith('nba_raw.'))));
  const dates = [...new Set([...raw, ...missing])].sort();
  if (dates.length === 0) return undefined;
  return dates.length <= 10
    ? `nx run backfill:all --dates ${dates.join(',')}`
    : `nx run backfill:all --start-date ${dates[0]} --end-date ${dates.at(-1)}`;
}
