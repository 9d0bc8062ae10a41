import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '../../..');

/**
 * Builds a program by the very command of its `nx build`, into another file: what is tested is what is shipped. Inside the
 * repository, the packages that are not bundled are found as they are from dist/apps.
 * @param outfile where the program's one file goes; folders on the way are made
 * @param more further options of esbuild
 */
export function buildProgram(app: 'backfill' | 'verifier' | 'handler', outfile: string, more: readonly string[] = []): void {
  const { nx } = JSON.parse(readFileSync(join(ROOT, 'apps', app, 'package.json'), 'utf8')) as { nx: { targets: { build: { options: { command: string } } } } };
  const [tool = '', ...options] = nx.targets.build.options.command.split(' ');
  execFileSync(join(ROOT, 'node_modules/.bin', tool), [...options.filter((option) => !option.startsWith('--outfile=')), `--outfile=${outfile}`, ...more], { cwd: ROOT, stdio: ['ignore', 'ignore', 'inherit'] });
}
