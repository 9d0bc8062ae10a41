import type { PipelineSurvey, UnitRun } from '@nba/pipeline';

/** How long a unit took: its share of the statement that wrote it. */
export interface UnitTime {
  readonly date: string;
  readonly ms: number;
  /** Units that the statement wrote, and how long all of it took. */
  readonly unitsTogether: number;
  readonly statementMs: number;
}

/** How long the newest runs of one processor took. */
export interface RunTimes {
  readonly table: string;
  readonly phase: number;
  readonly units: number;
  readonly statements: number;
  readonly totalMs: number;
  readonly medianMs: number;
  /** The slowest first, at most three; of the units of one statement only the first is named. */
  readonly slowest: readonly UnitTime[];
}

/** Whether a run has put rows in their place, or seen that there are to be none: of others the time says nothing. */
export const hasWritten = ({ status }: Pick<UnitRun, 'status'>): boolean => ['success', 'partial', 'empty_ok'].includes(status);

/** Run times by processor in graph order, over all seasons of a survey; processors that have written nothing are left out. */
export function findRunTimes({ seasons }: PipelineSurvey): RunTimes[] {
  return (seasons[0]?.tables ?? []).flatMap(({ processor }) => {
    const times: UnitTime[] = [];
    const statements = new Map<string, UnitTime>();
    for (const { date, run } of seasons.flatMap(({ tables }) => tables.filter((table) => table.processor === processor)).flatMap(({ units }) => units)) {
      if (!run || run.statementMs === null || !hasWritten(run)) continue;
      const time = { date, ms: run.statementMs / run.unitsTogether, unitsTogether: run.unitsTogether, statementMs: run.statementMs };
      times.push(time);
      const statement = `${run.runId} ${run.startedAt}`;
      if (!statements.has(statement)) statements.set(statement, time);
    }
    if (times.length === 0) return [];
    return [{
      table: processor.table.name, phase: processor.phase, units: times.length, statements: statements.size, medianMs: median(times.map(({ ms }) => ms)),
      totalMs: times.reduce((sum, { ms }) => sum + ms, 0), slowest: [...statements.values()].sort((a, b) => b.ms - a.ms).slice(0, 3),
    }];
  });
}

/** The middle one; of an even number the mean of both in the middle. */
function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)] ?? 0, sorted[Math.ceil((sorted.length - 1) / 2)] ?? 0];
  return (low + high) / 2;
}
