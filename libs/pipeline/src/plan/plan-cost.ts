import { type CostEstimate, type GameDate, type Warehouse, rangeParameters } from '@nba/kernel';
import { type PipelineSettings, type Processor } from '../definition/processor';
import { renderQuery } from '../definition/relation';
import { inParallel } from '../running/in-parallel';

/** Statements of one processor that the warehouse is asked about; the others are taken to be like them. */
const ASKED_OF_ONE = 5;
const AT_ONCE = 8;

/** What the queries of a plan read where reading is billed, each on its own. Change records, read-back and loads are not in it. */
export interface PlanCost extends CostEstimate {
  /** How many queries have been asked about, of how many. */
  readonly asked: number;
  readonly queries: number;
}

interface Work {
  readonly processor: Processor;
  /** In order, at least one. */
  readonly dates: readonly GameDate[];
}

/** Asks the warehouse what the statements would cost, without running them; null where nothing is billed, and of what is not there yet. */
export async function planCost(statements: readonly Work[], warehouse: Pick<Warehouse, 'estimateCost'>, settings: PipelineSettings): Promise<PlanCost | null> {
  const queries = statements.filter(({ processor }) => processor.kind === 'query');
  const perProcessor = [...new Set(queries.map(({ processor }) => processor))].map((processor) => queries.filter((one) => one.processor === processor));
  const samples = perProcessor.flatMap((own) => evenly(own, ASKED_OF_ONE).map((one, _, some) => ({ ...one, standsFor: own.length / some.length })));
  const answers = await inParallel(samples, AT_ONCE, async ({ processor, dates, standsFor }) => {
    const range = { from: dates[0] as GameDate, to: dates.at(-1) as GameDate };
    return { standsFor, cost: await warehouse.estimateCost({ text: renderQuery(processor, settings).text, parameters: rangeParameters(range) }) };
  });
  if (answers.length === 0 || answers.some(({ cost }) => cost === null)) return null;
  const sum = (of: (cost: CostEstimate) => number): number => answers.reduce((all, { cost, standsFor }) => all + (cost ? of(cost) : 0) * standsFor, 0);
  return { bytesProcessed: Math.round(sum((cost) => cost.bytesProcessed)), bytesBilled: Math.round(sum((cost) => cost.bytesBilled)), usd: sum((cost) => cost.usd), asked: answers.length, queries: queries.length };
}

/** At most so many, the first and the last among them. */
function evenly<T>(all: readonly T[], most: number): T[] {
  if (all.length <= most) return [...all];
  return Array.from({ length: most }, (_, i) => all[Math.round((i * (all.length - 1)) / (most - 1))] as T);
}
