import type { Followers, Plan, PlannedStatement, UnitExplanation, WaitingUnits } from '@nba/pipeline';
import { bytes, count, dateList, duration, plural } from '@nba/command-line';

const PHASE_NAMES = { 2: 'raw', 3: 'analytics', 4: 'precompute' } as const;
/** Reasons that are told of one processor; the rest is counted. */
const LISTED = 5;

/** What a person reads before anything runs: the units with their reasons, totals, and how long it may take. */
export function describePlan(plan: Plan): string[] {
  const { statements, waiting, mayFollow, complete } = plan;
  if (statements.length === 0 && waiting.length === 0) return [`Nothing to do: ${plural(complete, 'unit')} complete.`];
  return [
    ...describeStatements(statements),
    ...(waiting.length > 0 ? ['Waiting', ...waiting.map(describeWaiting), ''] : []),
    ...describeTotals(statements),
    ...(mayFollow.length > 0 ? [describeFollowers(mayFollow)] : []),
    `Complete as they are: ${plural(complete, 'unit')}.`,
    ...describeEstimate(plan),
    ...describeCost(plan),
  ];
}

function describeStatements(statements: readonly PlannedStatement[]): string[] {
  const lines: string[] = [];
  let phase = 0;
  for (const own of byProcessor(statements).values()) {
    const [first] = own;
    if (!first) continue;
    if (first.phase !== phase) lines.push(`Phase ${first.phase} · ${PHASE_NAMES[first.phase]}`);
    phase = first.phase;
    const units = own.flatMap((statement) => statement.units);
    lines.push(`  ${first.processor.padEnd(38)} ${plural(units.length, 'unit')} in ${plural(own.length, 'statement')}: ${dateList(units.map(({ date }) => date))}`);
    const reasons = new Map<string, number>();
    for (const { reason } of units) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
    const told = [...reasons].slice(0, LISTED).map(([reason, times]) => `      ${times > 1 ? `${count(times)} × ` : ''}${reason}`);
    lines.push(...told, ...(reasons.size > LISTED ? [`      … and ${count(reasons.size - LISTED)} more reasons; --json lists them all`] : []));
  }
  return lines.length > 0 ? [...lines, ''] : [];
}

const describeWaiting = ({ processor, season, dates, waitingFor }: WaitingUnits): string =>
  `  ${processor.padEnd(38)} ${plural(dates.length, 'unit')} of ${season}, ${waitingFor.length > 0 ? `frees when ${dateList(waitingFor)} is loaded` : 'held by another run'}`;

function describeTotals(statements: readonly PlannedStatement[]): string[] {
  const units = statements.flatMap(({ phase, units: own }) => own.map(({ kind }) => ({ phase, kind })));
  const counted = (names: readonly string[]): string => [...new Set(names)].sort().map((name) => `${name}: ${count(names.filter((one) => one === name).length)}`).join(', ');
  if (units.length === 0) return ['To run: nothing.'];
  return [`To run: ${plural(units.length, 'unit')} in ${plural(statements.length, 'statement')}; ${counted(units.map(({ phase }) => `phase ${phase}`))}; ${counted(units.map(({ kind }) => kind))}.`];
}

function describeFollowers(followers: readonly Followers[]): string {
  const byName = new Map<string, number>();
  for (const { processor, dates } of followers) byName.set(processor, (byName.get(processor) ?? 0) + dates.length);
  const units = followers.reduce((sum, { dates }) => sum + dates.length, 0);
  return `May follow: at most ${plural(units, 'unit')}, each only where what it reads turns out other than it was (${[...byName].map(([name, dates]) => `${name} ${count(dates)}`).join(', ')}).`;
}

function describeEstimate({ statements, estimate, estimateWithFollowers: all }: Plan): string[] {
  if (statements.length === 0) return [];
  if (!estimate) return ['Estimated time: not known; nothing of the kind has run here yet.'];
  const { ms, fromMs, toMs, pastFactor, pastRequests } = estimate;
  const held = pastFactor === null ? 'too few past runs to tell how well that holds' : `half of ${plural(pastRequests, 'past request')} took what their statements let expect, within a factor of ${pastFactor.toFixed(1)}`;
  const following = all ? [`With all that may follow: ${duration(all.ms)} (${duration(all.fromMs)} to ${duration(all.toMs)}).`] : [];
  return [`Estimated time of what is to run: ${duration(ms)} (${duration(fromMs)} to ${duration(toMs)}; ${held}).`, ...following];
}

function describeCost({ cost }: Plan): string[] {
  if (!cost) return [];
  const { bytesProcessed, bytesBilled, usd, asked, queries } = cost;
  const of = asked < queries ? `, as asked of ${count(asked)} of ${plural(queries, 'query', 'queries')}` : '';
  return [`Estimated cost of its queries: ${usd < 0.01 ? 'less than 0.01' : usd.toFixed(2)} US dollars (${bytes(bytesProcessed)} read, ${bytes(bytesBilled)} billed${of}).`];
}

function byProcessor(statements: readonly PlannedStatement[]): Map<string, PlannedStatement[]> {
  const groups = new Map<string, PlannedStatement[]>();
  for (const statement of statements) groups.set(statement.processor, [...(groups.get(statement.processor) ?? []), statement]);
  return groups;
}

/** Why one unit is or is not in the plan. */
export function describeUnit({ processor, date, verdict, reasons, windows, newestRun }: UnitExplanation): string[] {
  const lines = [`${processor} ${date}: ${verdict}`, ...reasons.map((reason) => `  ${reason}`)];
  if (windows.length > 0) {
    lines.push('', 'It reads');
    for (const { table, reach, effect, columns, dates, games } of windows) {
      const found = dates.length === 0 ? 'no game' : dates.length === 1 ? `${plural(games, 'game')} of ${dates[0]}` : `${plural(games, 'game')} on ${plural(dates.length, 'date')}, ${dates[0]} to ${dates.at(-1)}`;
      lines.push(`  ${table}, ${reach} (${effect}): ${found}`, `      ${columns.length > 0 ? columns.join(', ') : 'which rows there are'}`);
    }
  }
  if (!newestRun) return [...lines, '', 'It has never run.'];
  const { runId, status, startedAt, rows, inputVersions, sourceDocuments, coverageGaps, errors } = newestRun;
  lines.push('', `Newest run ${runId}: ${status}, ${startedAt}${rows === null ? '' : `, ${plural(rows, 'row')}`}`);
  if (inputVersions) lines.push(`  read ${inputVersions.split(',').join(', ')}`);
  if (sourceDocuments) lines.push(`  from ${sourceDocuments.split(',').join(', ')}`);
  if (coverageGaps) lines.push(`  beside holes: ${coverageGaps}`);
  if (errors) lines.push(`  ${errors.split('\n').join('\n  ')}`);
  return lines;
}
