import { Command } from 'commander';
import { type CommonOptions, type ScopeFlags, addCommonOptions, addScopeOptions, positiveInteger, scopeOf, trueOrFalse } from './program-options';
import { EXIT } from './exit-code';
import { runProgram } from './run-program';

interface ToyOptions extends CommonOptions, ScopeFlags {
  readonly workers?: number;
  readonly strictMode?: boolean;
}

async function parsed(...argv: string[]): Promise<{ code: number; options: ToyOptions; error: string }> {
  let options = {} as ToyOptions;
  const errors: string[] = [];
  const program = new Command('toy')
    .option('--workers <n>', 'workers', positiveInteger)
    .option('--strict-mode <boolean>', 'strict', trueOrFalse)
    .action((given: ToyOptions) => {
      options = given;
    });
  const code = await runProgram(addCommonOptions(addScopeOptions(program)), argv, { line: () => undefined, error: (text) => errors.push(text) }, () => EXIT.complete);
  return { code, options, error: errors.join('\n') };
}
const scoped = async (...argv: string[]) => scopeOf((await parsed(...argv)).options);

describe('common options', () => {
  it('are all optional, and count regular-season games', async () => {
    expect((await parsed()).options).toEqual({ gameTypes: ['regular-season'] });
  });

  it('say where things are and what counts', async () => {
    const { options } = await parsed('--warehouse', 'duckdb:w', '--lake', 'l', '--events', 'local', '--json', '--game-types', 'regular-season, playoffs');
    expect(options).toEqual({ warehouse: 'duckdb:w', lake: 'l', events: 'local', json: true, gameTypes: ['regular-season', 'playoffs'] });
  });

  it.each([
    ['--game-types', 'preseason', '"preseason" is none of regular-season, playoffs, cup-final, play-in.'],
    ['--game-types', 'playoffs,', '"" is none of regular-season, playoffs, cup-final, play-in.'],
    ['--workers', '0', 'It must be a whole number from 1.'],
    ['--workers', '2.5', 'It must be a whole number from 1.'],
    ['--workers', 'many', 'It must be a whole number from 1.'],
    ['--strict-mode', 'no', 'It must be true or false.'],
  ])('refuse %s %s', async (flag, value, message) => {
    const { code, error } = await parsed(flag, value);
    expect(code).toBe(2);
    expect(error).toContain(message);
  });

  it('read numbers and truth', async () => {
    expect((await parsed('--workers', '12', '--strict-mode', 'false')).options).toMatchObject({ workers: 12, strictMode: false });
    expect((await parsed('--strict-mode', 'true')).options.strictMode).toBe(true);
  });
});

describe('scopeOf', () => {
  it('means the four seasons of the historical backfill when nothing is said', async () => {
    expect((await scoped()).seasons).toEqual(['2021-22', '2022-23', '2023-24', '2024-25']);
  });

  it.each([
    [['--season', '2022-23', '2023-24']],
    [['--season', '2022-23,2023-24']],
    [['--season', '2022-23', '--season', '2023-24']],
  ])('reads several seasons from %j', async (argv) => {
    expect((await scoped(...argv)).seasons).toEqual(['2022-23', '2023-24']);
  });

  it('reads dates and ranges, by the long and the short flags', async () => {
    const range = [{ from: '2025-01-01', to: '2025-01-31' }];
    expect(await scoped('--date', '2025-01-26')).toMatchObject({ ranges: [{ from: '2025-01-26', to: '2025-01-26' }], singleDates: true });
    expect((await scoped('--dates', '2025-01-27,2025-01-26')).ranges.map(({ from }) => from)).toEqual(['2025-01-26', '2025-01-27']);
    expect(await scoped('--start-date', '2025-01-01', '--end-date', '2025-01-31')).toMatchObject({ ranges: range, singleDates: false });
    expect((await scoped('--start', '2025-01-01', '--end', '2025-01-31')).ranges).toEqual(range);
  });

  it.each([
    [['--date', '2025-02-30'], '--date: "2025-02-30" is not a date'],
    [['--season', '2024-26'], '--season: "2024-26" is not a season'],
    [['--start-date', '2025-01-01'], 'add --end-date'],
    [['--date', '2025-01-26', '--season', '2024-25'], 'Name the dates in one way only'],
  ])('refuses %j', async (argv, message) => {
    await expect(scoped(...argv)).rejects.toThrow(message);
  });

  it.each([['--start', '--start-date'], ['--end', '--end-date']])('refuses %s beside %s: which is meant?', async (short, long) => {
    const { code, error } = await parsed(short, '2025-01-01', long, '2025-01-02');
    expect(code).toBe(2);
    expect(error).toContain('cannot be used with');
  });
});
