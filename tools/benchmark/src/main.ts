import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import Table from 'cli-table3';
import { type Season, parseGameDate, parseSeason } from '@nba/kernel';
import { RUN_DEFAULTS } from '@nba/pipeline';
import { generateLeague } from '@nba/sample-league';
import { timeQueries, timeUnits } from './derived-tables';
import { runFloor } from './floor';
import { runJob } from './job';
import { type Overhead, measureOverhead } from './overhead';
import { type Measurement, median } from './measurement';

/** Contenders run in processes of their own, so that the peak memory is theirs alone. */
const CONTENDERS = { floor: runFloor, job: (file: string, lake: string, seasons: readonly Season[]) => runJob(file, lake, seasons, 400) } as const;
const TIMES = 3;

async function main([mode = 'compare', ...rest]: readonly string[]): Promise<void> {
  if (mode === 'floor' || mode === 'job') {
    const [file = '', lake = '', seasons = ''] = rest;
    const measurement = await CONTENDERS[mode](file, lake, seasons.split(',').map((season) => parseSeason(season)));
    process.stdout.write(`${JSON.stringify(measurement)}\n`);
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), 'nba-benchmark-'));
  try {
    await compareAll(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function compareAll(folder: string): Promise<void> {
  const real = resolve('../shared/lake');
  if (existsSync(real)) {
    compare('Two real seasons (../shared/lake)', folder, real, '2022-23,2024-25');
    const [file, date] = [join(folder, 'job.duckdb'), parseGameDate('2025-03-16')];
    const [queries, units] = [await timeQueries(file, { from: date, to: date }, 9), await timeUnits(file, real, date, 9)];
    console.log(`\nOne date (${date}) of all nine derived tables: ${queries.toFixed(0)} ms for the queries, ${units.toFixed(0)} ms for the units as run (planned, replaced, read back, recorded).`);
  } else {
    console.log('../shared/lake is not here: the real seasons are left out.');
  }
  const synthetic = join(folder, 'synthetic');
  const started = performance.now();
  for (const { path, text } of generateLeague()) {
    mkdirSync(dirname(join(synthetic, path)), { recursive: true });
    writeFileSync(join(synthetic, path), text);
  }
  console.log(`\nFour synthetic seasons were written in ${((performance.now() - started) / 1000).toFixed(1)} s.`);
  compare('Four synthetic seasons', folder, synthetic, '2021-22,2022-23,2023-24,2024-25');
  await showOverhead(folder, synthetic);
  const all = { from: parseGameDate('2021-10-01'), to: parseGameDate('2025-09-30') };
  console.log(`\nAll nine derived tables over the four seasons, one statement each: ${((await timeQueries(join(folder, 'job.duckdb'), all, TIMES)) / 1000).toFixed(2)} s for the queries.`);
}

/** What planning, guard, leases, run records and events take beside the statements, grouped and date by date. */
async function showOverhead(folder: string, lake: string): Promise<void> {
  const seasons = { season: ['2021-22,2022-23,2023-24,2024-25'] };
  const grouped = await measureOverhead(join(folder, 'grouped.duckdb'), lake, seasons, seasons, RUN_DEFAULTS.maxGroup);
  const single = await measureOverhead(join(folder, 'single.duckdb'), lake, { season: ['2024-25'] }, { startDate: '2024-10-22', endDate: '2024-11-20' }, 1);
  const told = ({ units, statementsMs, besideMs }: Overhead): string =>
    `${units} units, ${(statementsMs / 1000).toFixed(1)} s in statements and ${(besideMs / 1000).toFixed(2)} s beside them: ${((100 * besideMs) / statementsMs).toFixed(0)} %, ${(besideMs / units).toFixed(2)} ms a unit`;
  console.log(`\nGuard, leases, run records and events of phases 3 and 4:\n  four seasons, grouped: ${told(grouped)}\n  a month, date by date: ${told(single)}`);
}

/** Runs both contenders in turn, so that a slow moment of the machine meets both, and prints the medians. */
function compare(title: string, folder: string, lake: string, seasons: string): void {
  const runs: Record<'floor' | 'job', Measurement[]> = { floor: [], job: [] };
  for (let time = 0; time < TIMES; time++) {
    for (const contender of ['floor', 'job'] as const) {
      const file = join(folder, `${contender}.duckdb`);
      for (const suffix of ['', '.wal', '.owner.json']) rmSync(`${file}${suffix}`, { force: true });
      const output = execFileSync(process.execPath, [__filename, contender, file, lake, seasons], { encoding: 'utf8' });
      runs[contender].push(JSON.parse(output) as Measurement);
    }
  }
  const stages = [...new Set([...Object.keys(runs.job[0]?.stages ?? {}), ...Object.keys(runs.floor[0]?.stages ?? {})])];
  const table = new Table({ head: [title, 'floor', 'job'], style: { head: [], border: [] }, colAligns: ['left', 'right', 'right'] });
  const seconds = (contender: 'floor' | 'job', of: (measurement: Measurement) => number | undefined): string => {
    const value = median(runs[contender].map((run) => of(run) ?? NaN));
    return Number.isNaN(value) ? '–' : `${(value / 1000).toFixed(2)} s`;
  };
  for (const stage of stages) table.push([stage, seconds('floor', ({ stages }) => stages[stage]), seconds('job', ({ stages }) => stages[stage])]);
  table.push(['total', seconds('floor', total), seconds('job', total)]);
  const peak = (contender: 'floor' | 'job') => `${(median(runs[contender].map(({ peakBytes }) => peakBytes)) / 2 ** 20).toFixed(0)} MiB`;
  table.push(['peak memory', peak('floor'), peak('job')]);
  console.log(`\n${table.toString()}`);
  const ratio = median(runs.job.map(total)) / median(runs.floor.map(total));
  console.log(`The job takes ${ratio.toFixed(2)} × the floor (medians of ${TIMES}).${sameRows(runs) ? '' : ' THE TABLES DIFFER IN THEIR NUMBER OF ROWS.'}`);
}

const total = ({ stages }: Measurement): number => Object.values(stages).reduce((sum, ms) => sum + ms, 0);
const sameRows = ({ floor, job }: Record<'floor' | 'job', Measurement[]>): boolean => JSON.stringify(floor[0]?.rows) === JSON.stringify(job[0]?.rows);

main(process.argv.slice(2)).catch((fault: unknown) => {
  console.error(fault);
  process.exitCode = 1;
});
