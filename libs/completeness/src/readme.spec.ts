import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { QueryPort, Row, Warehouse } from '@nba/kernel';
import { memoryWarehouse, plainClient } from '@nba/testing';
import ts from 'typescript';
import * as completeness from './index';
import { type RawData, game, players, schedule, store, teams, together } from './raw-tables.fixture';

const README = readFileSync(join(__dirname, '../README.md'), 'utf8');
/** Each example with what the README says that it prints. */
const EXAMPLES = [...README.matchAll(/^```ts\n([\s\S]*?)^```\n\n((?: {4}.*\n)+)/gm)].map(([, code = '', output = '']) => ({
  code, output: output.trimEnd().split('\n').map((line) => line.slice(4)),
}));

/** Where the compiler finds an example: nowhere on disk. */
const fileOf = (i: number): string => join(__dirname, `readme-example-${i + 1}.ts`);

/** Everything that the compiler says of the examples, against the real types of the packages that they import. */
function typeFaults(): string[] {
  const base = ts.readConfigFile(join(__dirname, '../../../tsconfig.base.json'), ts.sys.readFile).config as { compilerOptions: object };
  const { options } = ts.convertCompilerOptionsFromJson({ ...base.compilerOptions, module: 'esnext', moduleResolution: 'bundler', noEmit: true, composite: false, types: ['node'] }, dirname(__dirname));
  const host = ts.createCompilerHost(options);
  const texts = new Map(EXAMPLES.map(({ code }, i) => [fileOf(i), code]));
  const { fileExists, readFile, getSourceFile } = host;
  host.fileExists = (file) => texts.has(file) || fileExists(file);
  host.readFile = (file) => texts.get(file) ?? readFile(file);
  host.getSourceFile = (file, version, ...rest) => {
    const text = texts.get(file);
    return text === undefined ? getSourceFile(file, version, ...rest) : ts.createSourceFile(file, text, version);
  };
  const program = ts.createProgram([...texts.keys()], options, host);
  return ts.getPreEmitDiagnostics(program).map((found) => `${found.file?.fileName}: ${ts.flattenDiagnosticMessageText(found.messageText, '\n')}`);
}

/** `@google-cloud/bigquery` as far as the examples use it, over another port. */
function bigQueryOver(port: QueryPort): object {
  const rowsOf = async ({ query, params }: { query: string; params?: Record<string, string> }) => [await port.query(query, params)];
  return { BigQuery: class { query = rowsOf; createQueryJob = async (asked: { query: string }) => [{ cancel: async () => undefined, getQueryResults: () => rowsOf(asked) }]; } };
}

/** Runs an example as a script of its own. @returns what it printed */
async function run(code: string, modules: Readonly<Record<string, object>>): Promise<string[]> {
  const { outputText } = ts.transpileModule(code, { compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 } });
  const printed: string[] = [];
  const script = new Function('require', 'exports', 'console', `return (async () => {${outputText}})()`) as (...surroundings: unknown[]) => Promise<void>;
  await script((name: string) => modules[name] ?? jest.requireActual(name), {}, { log: (...words: unknown[]) => printed.push(words.join(' ')) });
  return printed;
}

const NAMES: Readonly<Record<string, string>> = { T01: 'BOS', T03: 'NYK', T05: 'CHI' };
const named = (row: Row): Row => ({ ...row, ...Object.fromEntries(Object.entries(row).filter(([name]) => name.endsWith('tricode')).map(([name, code]) => [name, NAMES[String(code)] ?? code])) });
/** Ten games in January 2025, one of them on the 3rd between Boston and New York; one in November 2024 and one the season before. */
const LEAGUE = together(
  ...Array.from({ length: 8 }, (_, i) => game(`002240000${i + 1}`, '2025-01-01', 2 * i + 1, 2 * i + 2)),
  game('0022400011', '2025-01-03', 1, 3), game('0022400012', '2025-01-04', 2, 4), game('0022400000', '2024-11-03', 1, 2), game('0022300001', '2024-02-03', 1, 2),
);

describe('the examples of the README', () => {
  let warehouse: Warehouse;
  let modules: Record<string, object>;

  beforeAll(async () => {
    warehouse = await memoryWarehouse([schedule, players, teams]);
    for (const dataset of ['my_dataset', 'shop']) await warehouse.query(`CREATE SCHEMA IF NOT EXISTS ${dataset}`);
    const data: RawData = { ...LEAGUE, schedule: LEAGUE.schedule.map(named) };
    await store(warehouse, data);
    await warehouse.query(`CREATE TABLE my_dataset.player_lines AS SELECT game_date, game_id, team_id FROM nba_raw.nbac_player_boxscore
      WHERE NOT (game_id = '0022400003' AND team_id = 5) AND game_id <> '0022400011'`);
    await warehouse.query(`CREATE TABLE shop.predictions AS SELECT game_date, game_id, player_id, 'v1' AS model FROM nba_raw.nbac_player_boxscore
      UNION ALL SELECT game_date, game_id, player_id, 'v2' FROM nba_raw.nbac_player_boxscore
        WHERE NOT (game_id = '0022400000' AND player_id <> 11) AND NOT (game_id = '0022400001' AND player_id = 12)`);
    modules = { '@nba/completeness': completeness, '@google-cloud/bigquery': bigQueryOver(plainClient(warehouse)) };
  });
  afterAll(() => warehouse.close());

  it('are three, and the compiler has nothing against them', () => {
    expect(EXAMPLES).toHaveLength(3);
    expect(typeFaults()).toEqual([]);
  }, 120_000);

  it.each(EXAMPLES.map((example, i) => [i + 1, example] as const))('number %i prints what the README says', async (_, { code, output }) => {
    expect(await run(code, modules)).toEqual(output);
  });

  it('works on DuckDB with instants by the replacement that the README names', async () => {
    const [replacement] = /text\.replace\(\/DATE.*?'\)/.exec(README) ?? [];
    const code = `
      import { DuckDBInstance } from '@duckdb/node-api';
      import { CompletenessChecker, calendarDays } from '@nba/completeness';
      const connection = await (await DuckDBInstance.create(':memory:')).connect();
      await connection.run("CREATE SCHEMA shop; CREATE TABLE shop.lines AS SELECT TIMESTAMPTZ '2025-02-12 03:00:00+00' AS seen_at");
      const port = { query: async (text, parameters = {}) => (await connection.runAndReadAll(${replacement}.replace(/@(?=\\w)/g, '$'), parameters)).getRowObjectsJson() };
      const check = { table: 'shop.lines', dateColumn: 'seen_at', timeZone: 'America/New_York', startDate: '2025-02-11', endDate: '2025-02-12', expected: calendarDays() };
      const { missingDates, coverage } = await new CompletenessChecker(port).checkDateRange(check);
      console.log(missingDates.join(), coverage.present, 'of', coverage.expected);`;
    expect(await run(code, modules)).toEqual(['2025-02-12 1 of 2']);
  });
});
