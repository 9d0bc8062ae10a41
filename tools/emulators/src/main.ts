import { mkdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { buildEmulators } from './build';
import { BUCKETS, emulatorsIn, NO_METADATA_SERVER } from './emulators';
import { placesIn } from './places';
import { runWith } from './run-with';
import { isAlive, isOurs, startServer, stopServers, type Running } from './servers';
import { foldersOfWith, ownerOf, readState, removeState, writeState } from './state';

const USAGE = `Usage: nx run emulators:run <command>
  start                starts the emulators and prints the variables that clients find them by
  stop                 stops them, and what an interrupted "with" has left behind
  status               says which are running, and prints the variables; exit 1 when not all are
  with -- <command…>   starts them, runs the command with the variables set, stops them; its exit code is the command's`;

// This file is dist/tools/emulators/main.js.
const places = placesIn(resolve(__dirname, '../../..'));
/** Only programs of ours have these in their command line. */
const MARKS = [places.programs, places.venv];

async function main([command, ...rest]: readonly string[]): Promise<number> {
  switch (command) {
    case 'start': return start();
    case 'stop': return stop();
    case 'status': return status();
    case 'with': return withThem(rest[0] === '--' ? rest.slice(1) : rest);
    default:
      console.error(USAGE);
      return command === 'help' ? 0 : 2;
  }
}

async function start(): Promise<number> {
  const known = readState(places.made)?.servers ?? [];
  if (known.length > 0 && known.every(({ pid }) => isOurs(pid, MARKS))) {
    console.error('They are running already.');
    printVariables(known);
    return 0;
  }
  await stopServers(known, MARKS);
  printVariables(await startIn(places.made));
  return 0;
}

async function stop(): Promise<number> {
  const servers = [...(readState(places.made)?.servers ?? []), ...(await tidy())];
  await stopServers(servers, MARKS);
  forget(places.made);
  console.error(servers.length > 0 ? `Stopped: ${servers.map(({ name }) => name).join(', ')}.` : 'Nothing was running.');
  return 0;
}

function status(): number {
  const servers = readState(places.made)?.servers ?? [];
  for (const { name, pid, address } of servers) console.error(`${name.padEnd(8)} ${isOurs(pid, MARKS) ? `running on ${address}, process ${pid}` : 'has ended'}`);
  if (servers.length === 0) console.error('The emulators are not running.');
  else printVariables(servers);
  return servers.length > 0 && servers.every(({ pid }) => isOurs(pid, MARKS)) ? 0 : 1;
}

async function withThem(command: readonly string[]): Promise<number> {
  if (command.length === 0) {
    console.error(USAGE);
    return 2;
  }
  await tidy();
  // A run of its own: several may be under way at once, and beside those of "start".
  const folder = join(places.made, `with-${process.pid}`);
  const code = await runWith(
    async () => variablesOf(await startIn(folder)),
    command,
    () => stopServers(readState(folder)?.servers ?? [], MARKS),
  );
  if (code === 0) rmSync(folder, { recursive: true, force: true });
  else {
    forget(folder);
    console.error(`The emulators' logs are in ${folder}.`);
  }
  return code;
}

/** Starts all at once. Those that did start are stopped when another does not. */
async function startIn(folder: string): Promise<Running[]> {
  buildEmulators(places);
  mkdirSync(join(folder, BUCKETS), { recursive: true });
  const begun: Running[] = [];
  const starting = emulatorsIn(places, folder).map((emulator) => startServer(emulator, folder, (running) => {
    begun.push(running);
    writeState(folder, { servers: begun });
  }));
  const fault = (await Promise.allSettled(starting)).find((one) => one.status === 'rejected');
  if (fault) {
    await stopServers(begun, MARKS);
    forget(folder);
    throw fault.reason;
  }
  return Promise.all(starting);
}

/** Ends what runs of "with" have left behind whose own process is gone, and takes their folders away. @returns what was ended */
async function tidy(): Promise<readonly Running[]> {
  const left = foldersOfWith(places.made).filter((folder) => !isAlive(ownerOf(folder)));
  const servers = left.flatMap((folder) => readState(folder)?.servers ?? []);
  await stopServers(servers, MARKS);
  for (const folder of left) rmSync(folder, { recursive: true, force: true });
  return servers;
}

/** Leaves the logs. */
function forget(folder: string): void {
  removeState(folder);
  rmSync(join(folder, BUCKETS), { recursive: true, force: true });
}

function variablesOf(servers: readonly Running[]): Record<string, string> {
  return Object.assign({}, NO_METADATA_SERVER, ...servers.map(({ environment }) => environment)) as Record<string, string>;
}

function printVariables(servers: readonly Running[]): void {
  for (const [name, value] of Object.entries(variablesOf(servers))) console.log(`export ${name}=${value}`);
}

main(process.argv.slice(2)).then(
  (code) => (process.exitCode = code),
  (fault: unknown) => {
    console.error(fault instanceof Error ? fault.message : fault);
    process.exitCode = 1;
  },
);
