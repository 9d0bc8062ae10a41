import { NbaError } from '@nba/kernel';
import type { Processor } from '@nba/pipeline';
import { BOX_LINE } from '@nba/processors-raw';
import { findProcessor, LIBRARIES } from './libraries';
import type { Asked } from './options';

/** The table that the new one looks back at. */
export interface UpstreamTable {
  readonly table: string;
  /** The constant of its processor, for example `playerGameSummary`, and the package that exports it. */
  readonly constant: string;
  readonly packageName: string;
  /** Columns that say more about the row than its key, and are carried over from it. */
  readonly carried: readonly string[];
}

/** What is carried over, where the upstream table has it. */
const CARRIED = { player: ['player_name'], team: ['opponent_team_id'] } as const;

/**
 * @throws NbaError INVALID_ARGUMENT when there is no such table, it cannot be looked back at from the phase, its rows are not the
 * player's or team's, or what is to be summed is no integer column of it; each names what can be taken instead
 */
export function resolveUpstream({ phase, per, sum, upstream }: Asked): UpstreamTable {
  const candidates = LIBRARIES.flatMap(({ processors }) => processors).filter((processor) => suits(processor, phase, per));
  const names = candidates.map(({ table }) => table.name).join(', ');
  const found = findProcessor(upstream);
  if (!found) throw new NbaError('INVALID_ARGUMENT', `--upstream ${upstream}: there is no such table. For --phase ${phase} --per ${per} there are: ${names}.`);
  const { processor, library } = found;
  if (!candidates.includes(processor)) {
    throw new NbaError('INVALID_ARGUMENT', `--upstream ${upstream} does not go with --phase ${phase} --per ${per}: ${reasonAgainst(processor, phase, per)}. Take one of: ${names}.`);
  }
  const summable = summableColumns(processor, phase);
  if (!summable.includes(sum)) {
    throw new NbaError('INVALID_ARGUMENT', `--sum ${sum}: ${upstream} has no such count to sum. Take one of: ${summable.join(', ')}.`, { table: upstream, field: sum });
  }
  const constant = Object.keys(library.exported).find((name) => library.exported[name] === processor);
  if (!constant) throw new NbaError('INVALID_DEFINITION', `${library.folder}/src/index.ts does not export the processor of ${upstream}. Export it there and run this again.`, { table: upstream });
  return { table: processor.table.name, constant, packageName: library.packageName, carried: CARRIED[per].filter((name) => name in processor.table.columns) };
}

const suits = (processor: Processor, phase: 3 | 4, per: 'player' | 'team'): boolean => reasonAgainst(processor, phase, per) === undefined;

function reasonAgainst({ table, games, phase: own }: Processor, phase: 3 | 4, per: 'player' | 'team'): string | undefined {
  if (games !== 'final' || !('season' in table.columns) || !table.key.includes(`${per}_id`)) return `it has no row for each ${per} of a played game`;
  if (phase === 3 && own > 3) return 'Phase 3 runs before it';
  if (phase === 4 && own !== 3) return 'Phase 4 is made from Phase 3';
  // A team's window is told from its rows and its opponents'.
  if (per === 'team' && !('opponent_team_id' in table.columns)) return 'it does not name the opponent';
  return undefined;
}

/** Integers that add up over games. Phase 3 is tested on box scores worked by hand, and so sums what is in these. */
function summableColumns({ table }: Processor, phase: 3 | 4): string[] {
  return Object.entries(table.columns)
    .filter(([name, { type }]) => type === 'INT64' && !name.endsWith('_id') && (phase === 4 || name in BOX_LINE))
    .map(([name]) => name);
}
