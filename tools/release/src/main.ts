import { relative } from 'node:path';
import { type Asked, parseArguments, UsageError } from './arguments';
import { checkPackages } from './checking/check-packages';
import { renderFindings, renderTable } from './checking/render-reports';
import { packLibraries } from './packing/pack-libraries';

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const tell = (line: string): void => void process.stderr.write(`${line}\n`);

/** @returns the exit code */
async function run({ command, out }: Asked, root: string): Promise<0 | 1> {
  const place = relative(root, out) || '.';
  if (command === 'pack') {
    const tarballs = packLibraries(root, out);
    for (const tarball of tarballs) say(`${place}/${tarball}`);
    return 0;
  }
  const reports = await checkPackages(root, out);
  const findings = renderFindings(reports);
  say(renderTable(reports));
  for (const finding of findings) tell(finding);
  say(findings.length === 0 ? `${reports.length} packages, nothing found.` : `${findings.length} findings.`);
  return findings.length === 0 ? 0 : 1;
}

async function main(): Promise<void> {
  try {
    process.exitCode = await run(parseArguments(process.argv.slice(2), process.cwd()), process.cwd());
  } catch (fault) {
    tell(fault instanceof Error ? fault.message : String(fault));
    process.exitCode = fault instanceof UsageError ? 2 : 1;
  }
}

void main();
