import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { readContents } from './contents';
import type { Measurement } from './measurement';
import type { Contender, Ground, Runs, Scenario } from './scenario';

/** Runs one contender in the file given: in this process, or in one of its own, so that the peak memory is its alone. */
export type RunContender = (scenario: Scenario, contender: Contender, ground: Ground, file: string) => Promise<Measurement>;

/**
 * Prepares a scenario and runs its contenders in turn, so many times over, so that a slow moment of the machine meets all.
 * @throws Error when contenders that must write the same rows do not
 */
export async function runScenario(scenario: Scenario, ground: Ground, times: number, run: RunContender): Promise<Runs> {
  await scenario.prepare(ground);
  const runs: Record<string, Measurement[]> = {};
  const contenders = scenario.contenders(ground);
  for (let time = 0; time < times; time++) {
    for (const contender of contenders) {
      const file = fileOf(ground, contender.name);
      removeFile(file);
      if (contender.base) copyFileSync(join(ground.folder, contender.base), file);
      (runs[contender.name] ??= []).push(await run(scenario, contender, ground, file));
    }
  }
  for (const [one, other] of scenario.alike(ground)) await assertAlike(scenario, ground, one, other);
  for (const { name } of contenders) removeFile(fileOf(ground, name));
  return runs;
}

export const runInThisProcess: RunContender = (_, contender, ground, file) => contender.run(ground, file);

async function assertAlike({ name }: Scenario, ground: Ground, one: string, other: string): Promise<void> {
  const [first, second] = [await readContents(fileOf(ground, one)), await readContents(fileOf(ground, other))];
  const differing = Object.keys(first).filter((table) => first[table] !== second[table]);
  const told = differing.map((table) => `${table}: ${first[table]} against ${second[table]}`);
  if (told.length > 0) throw new Error(`${name}: ${one} and ${other} have not written the same rows.\n  ${told.join('\n  ')}`);
}

const fileOf = ({ folder }: Ground, contender: string): string => join(folder, `contender-${contender}.duckdb`);

function removeFile(file: string): void {
  for (const suffix of ['', '.wal', '.owner.json']) rmSync(`${file}${suffix}`, { force: true });
}
