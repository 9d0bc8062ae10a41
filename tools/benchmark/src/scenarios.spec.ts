import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildProgram } from '@nba/testing';
import { writeLeague } from './league';
import { runInThisProcess, runScenario } from './run-scenario';
import type { Ground } from './scenario';
import { SCENARIOS } from './scenarios';

const ROOT = join(__dirname, '../../..');
/** Not known beforehand, so that nobody expects 82 games a team of it; two dates of one season. */
const SIZE = { firstYear: 2025, gameDates: 2 } as const;

describe('every scenario, once, on two dates', () => {
  let ground: Ground;
  let program: string;

  beforeAll(() => {
    const folder = mkdtempSync(join(tmpdir(), 'nba-benchmark-'));
    // Inside the repository, so that the packages which are not bundled are found.
    mkdirSync(join(ROOT, 'dist'), { recursive: true });
    program = mkdtempSync(join(ROOT, 'dist/under-test-benchmark-'));
    buildProgram('backfill', join(program, 'main.js'));
    const league = writeLeague(join(folder, 'lake'), { ...SIZE, seasons: 1 });
    ground = { folder, league, program: join(program, 'main.js'), isFull: true, sizes: [1], size: SIZE, repeats: 1 };
  });
  afterAll(() => {
    for (const folder of [ground.folder, program]) rmSync(folder, { recursive: true, force: true });
  });

  it.each(SCENARIOS.map((scenario) => [scenario.name, scenario] as const))('%s: both write the same rows, and every line has its value', async (_, scenario) => {
    const runs = await runScenario(scenario, ground, 1, runInThisProcess);
    for (const { what, floor, here, ratio } of scenario.lines(ground, runs)) {
      expect(`${what}: ${floor} ${here} ${ratio}`).not.toContain('NaN');
      expect([floor, here]).not.toEqual(['–', '–']);
    }
  }, 120_000);
});
