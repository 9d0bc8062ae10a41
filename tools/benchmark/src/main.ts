import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import Table from 'cli-table3';
import { setEngineFlags } from '@nba/command-line';
import { parseSeason } from '@nba/kernel';
import { ALL_SIZES, parseBenchmarkArguments } from './arguments';
import { renderBenchmarks } from './page';
import { leagueOf, writeLeague } from './league';
import type { Line } from './line';
import { readMachine } from './machine';
import type { Measurement } from './measurement';
import { type RunContender, runScenario } from './run-scenario';
import type { Ground } from './scenario';
import { SCENARIOS } from './scenarios';

const [FIRST_YEAR, SEASONS, REPEATS, REAL_LAKE, PROGRAM] = [2021, 4, 5, '../shared/lake', 'dist/apps/backfill/main.js'] as const;
const REAL_SEASONS = ['2022-23', '2024-25'] as const;
/** What stands before the arguments of a contender's own process. */
const CONTENDER = 'contender';

async function main(argv: readonly string[]): Promise<void> {
  // As the programs do it.
  setEngineFlags();
  if (argv[0] === CONTENDER) return runContender(argv.slice(1));
  const asked = parseBenchmarkArguments(argv);
  const machine = readMachine(asked.times);
  if (machine.load > 1) console.error(`The machine is not idle (load ${machine.load.toFixed(1)}): times will be longer than they are.`);
  const folder = mkdtempSync(join(tmpdir(), 'nba-benchmark-'));
  try {
    const league = writeLeague(join(folder, 'lake'), { seasons: SEASONS, firstYear: FIRST_YEAR });
    const real = existsSync(REAL_LAKE) ? leagueOf(resolve(REAL_LAKE), REAL_SEASONS.map((season) => parseSeason(season)), new Date().toISOString()) : undefined;
    if (!real) console.error(`${REAL_LAKE} is not here: the real seasons are left out.`);
    const ground: Ground = { folder, league, program: resolve(PROGRAM), isFull: asked.isFull, sizes: asked.sizes, size: { firstYear: FIRST_YEAR }, repeats: REPEATS, real };
    const titles = titlesOf(ground);
    const lines: Line[] = [];
    for (const scenario of SCENARIOS.filter(({ name }) => asked.only.includes(name))) {
      console.error(`${scenario.name} …`);
      lines.push(...scenario.lines(ground, await runScenario(scenario, ground, asked.times, runInItsOwnProcess)));
      // After each, so that who breaks it off keeps what has been measured.
      writeFileSync(asked.output, renderBenchmarks(lines, titles, machine, asked.output));
    }
    show(lines);
    console.log(`Written to ${asked.output}.`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What all lines that there can be are about, in the order of the table. */
function titlesOf(ground: Ground): string[] {
  const [usual, full] = [{ ...ground, isFull: false }, { ...ground, isFull: true, sizes: ALL_SIZES }];
  return SCENARIOS.flatMap((scenario) => [usual, full].flatMap((one) => scenario.lines(one, {}).map(({ what }) => what)));
}

/** The contender in a process of its own: the peak memory is its alone. */
const runInItsOwnProcess: RunContender = async (scenario, contender, ground, file) => {
  const groundFile = join(ground.folder, 'ground.json');
  writeFileSync(groundFile, JSON.stringify(ground));
  const output = execFileSync(process.execPath, [__filename, CONTENDER, scenario.name, contender.name, groundFile, file], { encoding: 'utf8' });
  return JSON.parse(output) as Measurement;
};

async function runContender([scenarioName, contenderName, groundFile = '', file = '']: readonly string[]): Promise<void> {
  const ground = JSON.parse(readFileSync(groundFile, 'utf8')) as Ground;
  const contender = SCENARIOS.find(({ name }) => name === scenarioName)?.contenders(ground).find(({ name }) => name === contenderName);
  if (!contender) throw new Error(`There is no contender ${contenderName} of ${scenarioName}`);
  process.stdout.write(`${JSON.stringify(await contender.run(ground, file))}\n`);
}

function show(lines: readonly Line[]): void {
  const table = new Table({ head: ['what', 'floor', 'here', 'ratio', 'aim', 'met', 'processor time', 'peak memory'], style: { head: [], border: [] }, wordWrap: true, colWidths: [60] });
  for (const { what, floor, here, ratio, aim, met, cpu, memory } of lines) table.push([what, floor, here, ratio, aim, met.replaceAll('*', ''), cpu, memory]);
  console.log(table.toString());
}

main(process.argv.slice(2)).catch((fault: unknown) => {
  console.error(fault);
  process.exitCode = 1;
});
