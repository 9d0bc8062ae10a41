import { missingLine, parseTutorial } from './tutorial.fixture';

const FENCE = '```';
const block = (info: string, text: string) => `${FENCE}${info}\n${text}\n${FENCE}\n`;

describe('a tutorial', () => {
  it('is a list of what its reader does and sees', () => {
    const text = [
      'First:', block('sh', 'npx one'), block('text', 'done\n\nand more'), 'In `a.ts` you find', block('ts', 'const a = 1;'), 'and so on. In `b.ts`, replace', block('ts', 'old'), 'with', block('ts', 'new'),
      'It fails:', block('sh fails', 'npx two'),
    ].join('\n\n');
    expect(parseTutorial(text)).toMatchObject([
      { kind: 'run', commands: 'npx one', fails: false, output: ['done', 'and more'] },
      { kind: 'find', file: 'a.ts', text: 'const a = 1;' },
      { kind: 'replace', file: 'b.ts', old: 'old', new: 'new' },
      { kind: 'run', commands: 'npx two', fails: true, output: [] },
    ]);
  });

  it.each([
    ['output of no command', block('text', 'done')],
    ['a block of ts in no file', block('ts', 'const a = 1;')],
    ['nothing to replace', `with\n\n${block('ts', 'new')}`],
    ['a block without an end', `${FENCE}sh\nnpx one`],
  ])('with %s is refused', (what, text) => {
    expect(() => parseTutorial(text)).toThrow(what);
  });

  it('has its output in order, however it is indented', () => {
    expect(missingLine(['a b', 'c'], 'x\n  a   b\nc')).toBeUndefined();
    expect(missingLine(['c', 'a b'], 'x\n  a   b\nc')).toBe('a b');
  });
});
