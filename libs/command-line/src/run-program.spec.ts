import { Command } from 'commander';
import { type ErrorCode, NbaError } from '@nba/kernel';
import { EXIT, type ExitCode } from './exit-code';
import { runProgram } from './run-program';

describe('runProgram', () => {
  let lines: string[];
  let errors: string[];
  beforeEach(() => {
    lines = [];
    errors = [];
  });
  const output = { line: (text: string) => lines.push(text), error: (text: string) => errors.push(text) };

  /** A program with one command, `work`, that does what it is told to. */
  function run(argv: readonly string[], work: () => void = () => undefined, code: ExitCode = EXIT.complete): Promise<ExitCode> {
    const program = new Command('toy').description('A toy.');
    program.command('work').requiredOption('--much <n>', 'how much').action(async () => work());
    return runProgram(program, argv, output, () => code);
  }

  it.each([EXIT.complete, EXIT.incomplete, EXIT.blocked, EXIT.interrupted])('ends with the code that the command decided on (%d)', async (code) => {
    expect(await run(['work', '--much', '1'], undefined, code)).toBe(code);
    expect([lines, errors]).toEqual([[], []]);
  });

  it('is complete when help was asked for, of the program or of a command', async () => {
    expect(await run(['--help'])).toBe(0);
    expect(await run(['work', '--help'])).toBe(0);
    expect(lines.join('\n')).toContain('Usage: toy work');
    expect(errors).toEqual([]);
  });

  it.each([
    ['an unknown option', ['work', '--much', '1', '--fast'], "error: unknown option '--fast'"],
    ['an option without its value', ['work', '--much'], "error: option '--much <n>' argument missing"],
    ['a missing option', ['work'], "error: required option '--much <n>' not specified"],
    ['an unknown command', ['rest'], "error: unknown command 'rest'"],
    ['no command at all', [], 'Usage: toy'],
  ])('is wrong usage for %s', async (_, argv, message) => {
    expect(await run(argv)).toBe(2);
    expect(errors.join('\n')).toContain(message);
    expect(lines).toEqual([]);
  });

  it.each<[ErrorCode, number]>([
    ['INVALID_ARGUMENT', 2],
    ['LAKE_UNREADABLE', 2],
    ['WAREHOUSE_SCHEMA_DRIFT', 2],
    ['WAREHOUSE_LOCKED', 4],
    ['WAREHOUSE_STATEMENT_FAILED', 4],
    ['INVALID_DEFINITION', 4],
  ])('tells %s with its message and next command, and ends with %d', async (code, expected) => {
    const fault = () => {
      throw new NbaError(code, 'The sky is down.', { next: 'hold it up' });
    };
    expect(await run(['work', '--much', '1'], fault)).toBe(expected);
    expect(errors).toEqual([`${code}: The sky is down.\n  Next: hold it up`]);
  });

  it('ends with 4 for any other fault, and shows where it happened', async () => {
    const bug = () => {
      throw new TypeError('undefined is not a game');
    };
    expect(await run(['work', '--much', '1'], bug)).toBe(4);
    expect(errors[0]).toMatch(/^TypeError: undefined is not a game\n +at .*run-program\.spec/);
    const nothing = () => {
      throw 'just words';
    };
    expect(await run(['work', '--much', '1'], nothing)).toBe(4);
    expect(errors[1]).toBe('just words');
  });
});
