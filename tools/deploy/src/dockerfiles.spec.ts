import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { APPS } from './apps';
import { ROOT } from './workspace-root.fixture';

/** The instructions with continuation lines joined and comments left out, by stage. */
function stagesOf(app: string): string[][] {
  const text = readFileSync(join(ROOT, 'apps', app, 'Dockerfile'), 'utf8').replaceAll('\\\n', ' ');
  const lines = text.split('\n').map((line) => line.trim()).filter((line) => line !== '' && !line.startsWith('#'));
  return lines.reduce<string[][]>((stages, line) => (line.startsWith('FROM ') ? [...stages, [line]] : [...stages.slice(0, -1), [...(stages.at(-1) ?? []), line]]), []);
}

describe.each(APPS)('the image of %s', (app) => {
  const stages = stagesOf(app);
  const last = stages.at(-1) ?? [];

  it('stands on a small base of one exact version', () => {
    for (const [from] of stages) expect(from).toMatch(/^FROM node:20\.\d+\.\d+-bookworm-slim( AS \w+)?$/);
    expect(new Set(stages.map(([from]) => from?.split(' ')[1])).size).toBe(1);
  });

  it('does not run as root', () => {
    const user = last.filter((line) => line.startsWith('USER ')).at(-1);
    expect(user).toMatch(/^USER [1-9]\d*:[1-9]\d*$/);
    // Nothing is done after it that would need more.
    expect(last.slice(last.indexOf(user ?? '') + 1).every((line) => /^(ENTRYPOINT|CMD|EXPOSE) /.test(line))).toBe(true);
  });

  it('has the packages of the lock file, and none for development', () => {
    const install = stages.flat().filter((line) => /\bnpm (ci|i|install)\b/.test(line));
    expect(install).toHaveLength(1);
    expect(install[0]).toMatch(/^RUN npm ci --omit=dev --ignore-scripts /);
    expect(last.some((line) => line.startsWith('RUN '))).toBe(false);
  });

  it('holds nothing but what the package has', () => {
    const copied = stages.flat().filter((line) => /^(COPY|ADD) /.test(line)).map((line) => line.split(' ').slice(1).filter((word) => !word.startsWith('--')).slice(0, -1)).flat();
    expect([...new Set(copied)].sort()).toEqual(['/app/node_modules', 'main.js', 'package-lock.json', 'package.json']);
    expect(last.at(-1)).toBe('ENTRYPOINT ["node", "main.js"]');
  });
});
