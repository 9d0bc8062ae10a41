import { parseArguments, UsageError } from './arguments';

describe('arguments', () => {
  it.each([
    [['pack'], { command: 'pack', out: '/work/dist/packages' }],
    [['check'], { command: 'check', out: '/work/dist/packages' }],
    [['pack', '--out', '/tmp/there'], { command: 'pack', out: '/tmp/there' }],
    [['check', '--out=here'], { command: 'check', out: '/work/here' }],
  ])('%p', (argv, asked) => expect(parseArguments(argv, '/work')).toEqual(asked));

  it.each([[[]], [['publish']], [['pack', 'kernel']], [['pack', '--force']], [['check', '--out=']]])('refuses %p', (argv) => {
    expect(() => parseArguments(argv, '/work')).toThrow(UsageError);
  });
});
