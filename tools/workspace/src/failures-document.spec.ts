import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { workspaceRoot } from './workspace-root.fixture';

const rows = readFileSync(join(workspaceRoot, 'docs/failures.md'), 'utf8').split('\n')
  .filter((line) => line.startsWith('| ') && !line.startsWith('| failure '))
  .map((line) => line.slice(2, -2).split(' | '));
const named = rows.flatMap(([failure, , tests = '']) => tests.split('<br>').filter((test) => test !== '—').map((test) => [failure, test] as const));

/** Whether a text stands in the source as a whole literal; a title right behind a bracket, as in `it('…', ` and `it.each(…)('…', `. */
function holds(source: string, text: string, before = ''): boolean {
  const escaped = (quote: string) => `${before}${quote}${text.replaceAll('\\', '\\\\').replaceAll(quote, `\\${quote}`)}${quote}`;
  return ["'", '"', '`'].some((quote) => source.includes(escaped(quote)));
}

describe('docs/failures.md', () => {
  it('says of every failure how it is ruled out and by which test', () => {
    expect(rows.length).toBeGreaterThanOrEqual(53);
    expect(rows.filter((cells) => cells.length !== 3 || cells.some((cell) => cell.trim() === ''))).toEqual([]);
  });

  it.each(named)('%s: %s', (_, test) => {
    const [, path = '', title = '', given] = /^`(\S+\.ts)` · (.+?)(?: · (.+))?$/.exec(test) ?? [];
    expect([test, existsSync(join(workspaceRoot, path)) && title !== '']).toEqual([test, true]);
    const source = readFileSync(join(workspaceRoot, path), 'utf8');
    expect([title, holds(source, title, '(')]).toEqual([title, true]);
    if (given !== undefined) expect([given, holds(source, given)]).toEqual([given, true]);
  });
});
