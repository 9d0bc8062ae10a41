import { CLOUD_NAMES } from '../names/cloud-names';
import type { CostBytes } from './estimate-costs';
import { GIB, LOOKED_UP, PRICES, TIB, beyondFree } from './prices';

/** How much of everything else a month and a backfill use, beside BigQuery. */
export interface Usage {
  /** Bytes of the lake's documents. */
  readonly lakeBytes: number;
  readonly imageBytes: number;
  readonly jobSecondsPerBackfill: number;
  readonly serviceSecondsPerDay: number;
  readonly messagesPerDay: number;
  /** Plans a day that find nothing to do: later calls of the morning, duplicates, and events that somebody else has acted on. */
  readonly noOpPlansPerDay: number;
  readonly leaseWritesPerDay: number;
}

const DAYS = 30;
const money = (dollars: number): string => (dollars === 0 ? '0' : dollars < 0.005 ? '< 0.01' : dollars.toFixed(2));
const size = (bytes: number): string => (bytes >= 1e11 ? `${(bytes / TIB).toFixed(2)} TiB` : bytes >= 1e8 ? `${(bytes / GIB).toFixed(2)} GiB` : `${(bytes / 2 ** 20).toFixed(1)} MiB`);
const count = (value: number): string => Math.round(value).toLocaleString('en-US');

/** The tables of costs as Markdown. */
export function renderCosts(costs: CostBytes, usage: Usage): string {
  return [
    `Prices in US dollars, read on ${LOOKED_UP.on} (${LOOKED_UP.where}).`, '',
    ...storedTables(costs), '', ...backfills(costs, usage), '', ...month(costs, usage),
  ].join('\n');
}

function storedTables({ seasons, tables }: CostBytes): string[] {
  const total = tables.reduce((sum, { bytes }) => sum + bytes, 0);
  return [
    `| table, ${seasons} seasons | rows | bytes |`, '|---|--:|--:|',
    ...tables.map(({ table, rows, bytes }) => `| \`${table}\` | ${count(rows)} | ${size(bytes)} |`),
    `| **together** | | **${size(total)}** |`,
  ];
}

function backfills(costs: CostBytes, { jobSecondsPerBackfill }: Usage): string[] {
  const { seasons, firstBackfill, planningOfBackfill, again, dateByDate } = costs;
  const billed = firstBackfill.reduce((sum, line) => sum + line.billed, 0);
  const raw = firstBackfill.filter(({ table }) => table.startsWith('nba_raw.')).reduce((sum, line) => sum + line.billed, 0);
  const job = jobSecondsPerBackfill * (PRICES.jobPerCpuSecond + 2 * PRICES.jobPerGibSecond);
  const line = (what: string, bytes: number) => `| ${what} | ${size(bytes)} | ${money((bytes / TIB) * PRICES.queryPerTib)} |`;
  return [
    `| a backfill of ${seasons} seasons | billed by BigQuery | dollars before what is free |`, '|---|--:|--:|',
    line(`the first, a season in a statement: ${count(firstBackfill.reduce((sum, one) => sum + one.statements, 0))} statements`, billed),
    line('its plan, guard and verification', planningOfBackfill),
    line('every row computed again and compared (`--force`)', again + planningOfBackfill),
    line('Phases 3 and 4 date by date (`--date-by-date`), Phase 2 grouped', dateByDate + raw + planningOfBackfill),
    `| the Cloud Run job, ${count(jobSecondsPerBackfill)} s with 1 CPU and 2 GiB | | ${money(job)} |`,
  ];
}

function month(costs: CostBytes, usage: Usage): string[] {
  const queries = DAYS * (costs.day + usage.noOpPlansPerDay * costs.noOpPlan);
  const tables = costs.tables.reduce((sum, { bytes }) => sum + bytes, 0) / GIB;
  const seconds = DAYS * usage.serviceSecondsPerDay;
  const messages = (DAYS * usage.messagesPerDay * 2 * PRICES.leastMessageBytes) / GIB;
  const writes = DAYS * usage.leaseWritesPerDay;
  const images = usage.imageBytes / GIB;
  const schedules = CLOUD_NAMES.schedules.length;
  const lines: [what: string, full: number, paid: number][] = [
    [`queries of the mornings, ${size(queries)}`, (queries / TIB) * PRICES.queryPerTib, beyondFree(queries / TIB, PRICES.queryFreeTibPerMonth, PRICES.queryPerTib)],
    [`tables, ${tables.toFixed(2)} GiB`, tables * PRICES.tablePerGibMonth, beyondFree(tables, PRICES.tableFreeGib, PRICES.tablePerGibMonth)],
    [`lake, ${size(usage.lakeBytes)}`, (usage.lakeBytes / GIB) * PRICES.objectPerGibMonth, beyondFree(usage.lakeBytes / GIB, PRICES.objectFreeGib, PRICES.objectPerGibMonth)],
    [`writes of leases, ${count(writes)}`, (writes / 1000) * PRICES.objectPerThousandWrites, beyondFree(writes / 1000, PRICES.objectFreeWrites / 1000, PRICES.objectPerThousandWrites)],
    [
      `handler, ${count(seconds)} s with 1 CPU and 1 GiB`, seconds * (PRICES.servicePerCpuSecond + PRICES.servicePerGibSecond),
      beyondFree(seconds, PRICES.serviceFreeCpuSeconds, PRICES.servicePerCpuSecond) + beyondFree(seconds, PRICES.serviceFreeGibSeconds, PRICES.servicePerGibSecond),
    ],
    [`messages, ${count(DAYS * usage.messagesPerDay)}`, (messages / 1024) * PRICES.messagePerTib, beyondFree(messages, PRICES.messageFreeGib, PRICES.messagePerTib / 1024)],
    [`schedules, ${schedules}`, schedules * PRICES.scheduleEach, beyondFree(schedules, PRICES.schedulesFree, PRICES.scheduleEach)],
    [`images, ${size(usage.imageBytes)}`, images * PRICES.imagePerGibMonth, beyondFree(images, PRICES.imageFreeGib, PRICES.imagePerGibMonth)],
  ];
  const sum = (which: 1 | 2) => money(lines.reduce((all, line) => all + line[which], 0));
  return [
    '| a month of the season | dollars before what is free | to pay |', '|---|--:|--:|',
    ...lines.map(([what, full, paid]) => `| ${what} | ${money(full)} | ${money(paid)} |`),
    `| **together** | **${sum(1)}** | **${sum(2)}** |`,
  ];
}
