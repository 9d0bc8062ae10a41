import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Places } from './places';

/** The programs of the emulators, made where they are missing or made from something else. */
export function buildEmulators(places: Places): void {
  mkdirSync(places.made, { recursive: true });
  makeWhenChanged(places.venv, [places.requirements], () => buildVenv(places));
  makeWhenChanged(places.programs, goSources(places.go), () => buildPrograms(places));
}

function buildVenv({ venv, requirements }: Places): void {
  const python = requireTool('python3', 'Python 3.11 or newer, for the BigQuery emulator', ['--version']);
  console.error('Installing the BigQuery emulator …');
  rmSync(venv, { recursive: true, force: true });
  run(python, ['-m', 'venv', venv]);
  run(join(venv, 'bin/python'), ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-deps', '--requirement', requirements]);
}

function buildPrograms({ go, programs }: Places): void {
  const compiler = requireTool('go', 'Go 1.26 or newer, for the Pub/Sub and Cloud Storage emulators', ['version']);
  console.error('Building the Pub/Sub and Cloud Storage emulators …');
  mkdirSync(programs, { recursive: true });
  run(compiler, ['build', '-buildvcs=false', '-o', join(programs, 'pubsub'), './pubsub'], go);
  run(compiler, ['build', '-buildvcs=false', '-o', join(programs, 'fake-gcs-server'), 'github.com/fsouza/fake-gcs-server'], go);
}

/** Writes down last what a thing was made from: an interrupted making is begun again. */
function makeWhenChanged(made: string, sources: readonly string[], make: () => void): void {
  const hash = createHash('sha256');
  for (const source of sources) hash.update(source).update('\0').update(readFileSync(source));
  const [wanted, note] = [hash.digest('hex'), join(made, 'made-from')];
  if (existsSync(note) && readFileSync(note, 'utf8') === wanted) return;
  rmSync(note, { force: true });
  make();
  writeFileSync(note, wanted);
}

function goSources(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => /\.go$|^go\.(mod|sum)$/.test(file)).sort().map((file) => join(folder, file));
}

/** @throws Error naming the tool when it cannot be started */
export function requireTool(name: string, meaning: string, probe: readonly string[]): string {
  try {
    execFileSync(name, probe, { stdio: 'ignore' });
    return name;
  } catch (cause) {
    throw new Error(`${name} cannot be started. Install ${meaning}, or run the emulators with Docker: docker compose --file tools/emulators/compose.yaml up`, { cause });
  }
}

function run(program: string, args: readonly string[], cwd?: string): void {
  // Standard output is for the variables alone.
  execFileSync(program, args, { cwd, stdio: ['ignore', 2, 2] });
}
