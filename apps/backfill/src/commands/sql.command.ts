import Table from 'cli-table3';
import { type Command, Option } from 'commander';
import { NbaError, type Row } from '@nba/kernel';
import { type CommonOptions, EXIT, addCommonOptions, clockOf, readConfiguration } from '@nba/command-line';
import { withApp } from '../container';
import type { EndWith } from '../program';
import type { Surroundings } from '../surroundings';

interface SqlOptions extends CommonOptions {
  readonly format: 'table' | 'csv' | 'json';
}

/** Adds `sql`: one GoogleSQL statement on the warehouse, as the runbook prints it. */
export function addSqlCommand(program: Command, surroundings: Surroundings, end: EndWith): void {
  const command = program
    .command('sql')
    .description('run one GoogleSQL query, back-ticked names of any project included; the warehouse is only read')
    .argument('<query>', 'the query')
    .addOption(new Option('--format <format>', 'how to print the rows').choices(['table', 'csv', 'json']).default('table'))
    .addHelpText('after', `
Example:
  node dist/apps/backfill/main.js sql "SELECT player_name, points FROM nba_raw.nbac_player_boxscore ORDER BY points DESC LIMIT 3"`);
  addCommonOptions(command).action(async (query: string, options: SqlOptions) => {
    const configuration = readConfiguration(options, surroundings.environment);
    const rows = await withApp(configuration, { gameTypes: options.gameTypes }, { clock: clockOf(options, surroundings.environment, surroundings.clock), command: 'backfill sql', readOnly: true }, (app) => app.warehouse.query(query).catch(asUsage));
    surroundings.output.line(render(rows, options.json ? 'json' : options.format));
    end(EXIT.complete);
  });
}

/** What is wrong with a query is the writer's to put right. */
function asUsage(fault: unknown): never {
  if (fault instanceof NbaError && fault.code === 'WAREHOUSE_STATEMENT_FAILED') throw new NbaError('INVALID_ARGUMENT', fault.message, fault.fields, fault);
  throw fault;
}

function render(rows: readonly Row[], format: SqlOptions['format']): string {
  if (format === 'json') return JSON.stringify(rows, null, 2);
  const columns = Object.keys(rows[0] ?? {});
  if (format === 'csv') return [columns, ...rows.map((row) => columns.map((column) => row[column]))].map(csvLine).join('\n');
  if (rows.length === 0) return '(no rows)';
  const table = new Table({ head: columns, style: { head: [], border: [] } });
  for (const row of rows) table.push(columns.map((column) => String(row[column] ?? 'NULL')));
  return table.toString();
}

/** RFC 4180: quoted where a value holds a comma, a quote or a line break; NULL is empty. */
function csvLine(values: readonly unknown[]): string {
  return values.map((value) => (/[",\n\r]/.test(String(value ?? '')) ? `"${String(value).replaceAll('"', '""')}"` : String(value ?? ''))).join(',');
}
