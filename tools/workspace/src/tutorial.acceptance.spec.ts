import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Step, missingLine, parseTutorial } from './tutorial.fixture';
import { copyWorkspace, type WorkspaceCopy } from './workspace-copy.fixture';
import { workspaceRoot } from './workspace-root.fixture';

const steps = parseTutorial(readFileSync(join(workspaceRoot, 'docs/add-a-processor.md'), 'utf8'));

/** Neither a daemon nor a cache outside the copy, and nothing of the test around it. */
const ENVIRONMENT: NodeJS.ProcessEnv = {
  PATH: process.env['PATH'], HOME: process.env['HOME'], NX_DAEMON: 'false', NX_NO_CLOUD: 'true', NX_TUI: 'false', CI: 'true', FORCE_COLOR: '0',
};

describe('docs/add-a-processor.md, followed word by word in a copy of this repository', () => {
  let copy: WorkspaceCopy;
  let exported: Record<string, string>;
  /** The step at which somebody who follows it is stuck. */
  let stuck: Step | undefined;

  beforeAll(() => {
    copy = copyWorkspace();
    exported = {};
  });
  afterAll(() => copy.remove());

  it.each(steps.map((step) => [`line ${step.line}: ${titleOf(step)}`, step] as const))('%s', (_, step) => {
    if (stuck) throw new Error(`not reached: line ${stuck.line} went wrong`);
    stuck = step;
    follow(step);
    stuck = undefined;
  }, 600_000);

  function follow(step: Step): void {
    if (step.kind === 'run') return run(step);
    const path = join(copy.root, step.file);
    const text = readFileSync(path, 'utf8');
    const wanted = step.kind === 'find' ? step.text : step.old;
    // More than once would leave the reader to guess.
    expect(`${text.split(wanted).length - 1} times in ${step.file}: ${wanted}`).toBe(`1 times in ${step.file}: ${wanted}`);
    if (step.kind === 'replace') writeFileSync(path, text.replace(wanted, () => step.new));
  }

  function run({ commands, fails, output }: Extract<Step, { kind: 'run' }>): void {
    for (const [, name = '', value = ''] of commands.matchAll(/(?<=^export .*?)([A-Z_]+)=(\S+)/gm)) exported[name] = value;
    const { status, stdout, stderr } = spawnSync('bash', ['-euo', 'pipefail', '-c', `exec 2>&1\n${commands}`], {
      cwd: copy.root, env: { ...ENVIRONMENT, ...exported }, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 64 * 2 ** 20, timeout: 580_000,
    });
    const said = `${stdout}${stderr}`;
    if ((status === 0) === fails) throw new Error(`exit code ${status}, which should be ${fails ? 'another' : '0'}, of\n${commands}\n\n${said.slice(-4000)}`);
    const missing = missingLine(output, said);
    if (missing !== undefined) throw new Error(`The output does not show, or not in this place:\n${missing}\n\n${said.slice(-4000)}`);
  }
});

function titleOf(step: Step): string {
  if (step.kind === 'run') return step.commands.split('\n').at(-1) ?? '';
  return `${step.kind} in ${step.file.replace(/^.*\//, '')}`;
}
