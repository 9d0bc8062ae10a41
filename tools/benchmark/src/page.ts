import { existsSync, readFileSync } from 'node:fs';
import type { Line } from './line';
import type { Machine } from './machine';

const HEAD = '| what | floor | here | ratio | aim | met | processor time | peak memory | measured |\n|---|--:|--:|--:|--:|:-:|--:|--:|---|';
const CELLS = 9;

const ABOUT = `# Benchmarks

Written by \`npm run benchmark\`; do not edit. **Floor** is bare DuckDB: the same statements writing the same tables, in as few
transactions, without guard, leases, run history, change records, hashes or events. **Here** is the pipeline. Each contender
runs in a process of its own, in turn with the other, three times over (\`--times\`); the medians stand here. Time is wall time from opening the
warehouse file to its being closed. Processor time (of all cores together) and peak memory are the floor's / here. After the
last time both must have written the same rows, value by value, or there is no table.

| command | what it runs |
|---|---|
| \`npm run benchmark\` | all but the large sizes, some minutes |
| \`npm run benchmark -- --full\` | that, date by date over all four seasons, and 4, 10 and 40 seasons; about half an hour |
| \`npm run benchmark -- --seasons=4,20\` | JSON to Phase 4 of so many synthetic seasons |
| \`npm run benchmark -- --only=repair,increment\` | some scenarios |

What was not run keeps the line of the run before, with its date.
`;

const NOTES = `
## What the lines are

- **Grouped**: Phase 2 of four synthetic seasons is there. A season in a statement, with guard, leases, records and events.
  The verification of Phase 2 that a range begins with is left to "JSON to verified Phase 4". *First load* finds the tables empty; *run again* computes every row once more (\`--force\`), compares it with the row before and writes what differs, which is nothing.
- **Date by date**: one date in a statement and a transaction. In strict mode, with the guard for each date and for the date before,
  with events, and both phases verified at the end.
- **Plan with nothing to do**: everything is complete. Its floor counts the rows of every table by date.
- **One date arrives**: the last date's two documents and a new schedule. The daily flow reads, computes and publishes them.
- **Repair**: a league corrects one turnover of one player in the middle of a season. Repair plans, then runs what read it. Its floor
  runs the very same units in the same groups, and is told which.
- **JSON to verified Phase 4**: everything, from documents to verified tables. The floor's reading trusts the documents, and
  verifies nothing.
- **The program**: the wall time of the built program, Node's start (some 0.1 s) included. It is run without \`NODE_EXTRA_CA_CERTS\`: where a machine sets that, Node reads
  the certificates before it does anything else, 40 ms here.
- **Plan, guard, leases, records and events**: what is outside of the statements that write rows.
`;

/**
 * The page. Lines that were not measured stay as they are on the page that is there.
 * @param titles what lines there can be, in their order
 */
export function renderBenchmarks(measured: readonly Line[], titles: readonly string[], machine: Machine, file: string): string {
  const kept = readRows(file);
  const fresh = new Map(measured.map((line) => [line.what, row(line, machine)]));
  const order = new Set([...titles, ...fresh.keys()]);
  const rows = [...order].map((what) => fresh.get(what) ?? kept.get(what)).filter((text) => text !== undefined);
  const missing = titles.filter((what) => !fresh.has(what) && !kept.has(what));
  const load = machine.load > 1 ? ` **The machine was not idle: its load was ${machine.load.toFixed(1)} at the start.**` : ` Load at the start: ${machine.load.toFixed(1)}.`;
  return [
    ABOUT, `Last run ${machine.date}, each ${machine.times === 1 ? 'once' : `${machine.times} times`}: ${machine.text}.${load}\n`, HEAD, ...rows,
    ...(missing.length > 0 ? [`\nNot measured yet: ${missing.join('; ')}.`] : []), NOTES,
  ].join('\n');
}

function row({ what, floor, here, ratio, aim, met, cpu, memory }: Line, { date, load, times }: Machine): string {
  return `| ${what} | ${floor} | ${here} | ${ratio} | ${aim} | ${met} | ${cpu} | ${memory} | ${date}${load > 1 ? `, load ${load.toFixed(1)}` : ''}${times === 1 ? ', once' : ''} |`;
}

/** The lines of the page as it is, by what they are about. */
function readRows(file: string): Map<string, string> {
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const rows = text.split('\n').filter((line) => line.startsWith('| ') && line.split('|').length === CELLS + 2 && !line.startsWith('| what |'));
  return new Map(rows.map((line) => [line.split('|')[1]?.trim() ?? '', line]));
}
