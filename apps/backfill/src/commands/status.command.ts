import type { Command } from 'commander';
import { NbaError } from '@nba/kernel';
import type { ProcessorStatus } from '@nba/pipeline';
import { type CommonOptions, EXIT, type ScopeFlags, addCommonOptions, clockOf, addScopeOptions, count, dateList, readConfiguration, scopeOf } from '@nba/command-line';
import { readOwner } from '@nba/warehouse-duckdb';
import { withApp } from '../container';
import type { EndWith } from '../program';
import type { Surroundings } from '../surroundings';

/** Adds `status`: what is complete, what would run, what waits. While a run is on, who runs it and how far it is. */
export function addStatusCommand(program: Command, surroundings: Surroundings, end: EndWith): void {
  const command = addScopeOptions(program.command('status').description('what is complete, what would run, what waits'));
  addCommonOptions(command).addHelpText('after', '\nExample:\n  nx run backfill:status --season=2024-25').action(async (options: CommonOptions & ScopeFlags) => {
    const { output, clock, environment } = surroundings;
    const configuration = readConfiguration(options, environment);
    const scope = scopeOf(options);
    try {
      const statuses = await withApp(configuration, { gameTypes: options.gameTypes }, { clock: clockOf(options, environment, clock), command: 'backfill status', readOnly: true }, (app) => app.status.read(scope));
      output.line(options.json ? statusJson(statuses) : describe(statuses, configuration.warehouse).join('\n'));
      end(statuses.every(isDone) ? EXIT.complete : EXIT.incomplete);
    } catch (fault) {
      const owner = fault instanceof NbaError && fault.code === 'WAREHOUSE_LOCKED' ? readOwner(configuration.warehouseFile) : undefined;
      if (!owner) throw fault;
      output.line(options.json ? JSON.stringify({ running: owner }, null, 2) : `A run is on: ${owner.command} (pid ${owner.pid}), since ${owner.since}, ${owner.progress ?? 'just started'}.`);
      end(EXIT.complete);
    }
  });
}

const isDone = ({ ready, blocked }: ProcessorStatus): boolean => ready.size === 0 && blocked === 0;
const sum = (counts: Iterable<number>): number => [...counts].reduce((total, number) => total + number, 0);

const totalOf = ({ complete, ready, blocked }: ProcessorStatus): number => complete + sum(ready.values()) + blocked;

function describe(statuses: readonly ProcessorStatus[], warehouse: string): string[] {
  const lines = [`Warehouse ${warehouse}`];
  for (const season of new Set(statuses.map((status) => status.season))) {
    const own = statuses.filter((status) => status.season === season);
    lines.push('', season);
    // Without a schedule nothing else of the season is expected yet.
    for (const status of own.filter((one) => totalOf(one) > 0)) lines.push(`  ${describeProcessor(status)}`);
  }
  return [...lines, '', statuses.every(isDone) ? 'Everything is complete.' : 'Next: nx run backfill:all runs what is not complete.'];
}

function describeProcessor(status: ProcessorStatus): string {
  const { processor, complete, ready, blocked, waitingFor } = status;
  const total = totalOf(status);
  const head = `${isDone(status) ? '✓' : '✗'} phase ${processor.phase}  ${processor.table.name.padEnd(30)} ${count(complete)} of ${count(total)} complete`;
  const reasons = [...ready].map(([why, units]) => `${count(units)} ${why}`);
  if (blocked > 0) reasons.push(`blocked: ${count(blocked)} of ${count(total)}, frees when ${dateList(waitingFor, 3)} is loaded`);
  return [head, ...reasons].join(', ');
}

function statusJson(statuses: readonly ProcessorStatus[]): string {
  return JSON.stringify(
    statuses.map(({ processor, season, complete, ready, blocked, waitingFor }) => ({
      processor: processor.name, phase: processor.phase, season, complete, ready: Object.fromEntries(ready), blocked, waitingFor,
    })),
    null,
    2,
  );
}
