import { columnList, identifier, joinSql, sql, tableId, type Lookback, type Sql, type TableDefinition } from '@nba/kernel';
import type { PipelineSettings, Processor, QueryContext, Upstream, Upstreams } from './processor';

const FROM = sql`CAST(@from AS DATE)`;
const TO = sql`CAST(@to AS DATE)`;
/** First day of the season of `@from`: windows never cross it. */
const SEASON_START = sql`CAST(@season_start AS DATE)`;

/** Columns that every relation carries when the table has them, declared or not: they say which row it is, so every reader reads them. */
export const IDENTITY: readonly string[] = ['season', 'game_id', 'team_id', 'player_id'];

/** The columns that a relation over the upstream has, in the table's order. */
export function relationColumns({ processor: { table }, lookbacks }: Upstream): string[] {
  const wanted = new Set([table.partition, ...table.key, ...IDENTITY, ...lookbacks.flatMap((lookback) => lookback.columns)]);
  return Object.keys(table.columns).filter((column) => wanted.has(column));
}

/** The upstream as its reader may see it: the declared columns of the declared dates. */
export function renderRelation(upstream: Upstream, settings: PipelineSettings): Sql {
  const { table, readable } = upstream.processor;
  const conditions = [boundary(table, upstream.lookbacks), ...(readable ? [readable(settings)] : [])];
  return sql`(SELECT ${columnList(relationColumns(upstream))} FROM ${table} WHERE ${joinSql(conditions, ' AND ')})`;
}

function boundary(table: TableDefinition, lookbacks: readonly Lookback[]): Sql {
  const includesDate = lookbacks.some(({ reach }) => reach.kind === 'same-date');
  const toSeasonStart = lookbacks.some(({ reach }) => reach.kind === 'games' || reach.kind === 'season-so-far');
  const furthestDays = Math.max(0, ...lookbacks.map(({ reach }) => (reach.kind === 'days' ? reach.count : 0)));
  const lower = toSeasonStart
    ? SEASON_START
    : furthestDays > 0
      ? sql`GREATEST(${SEASON_START}, DATE_SUB(${FROM}, INTERVAL ${furthestDays} DAY))`
      : FROM;
  const upper = includesDate ? TO : sql`DATE_SUB(${TO}, INTERVAL 1 DAY)`;
  return sql`${identifier(table.partition)} BETWEEN ${lower} AND ${upper}`;
}

function contextOf(processor: Processor, settings: PipelineSettings): QueryContext<Upstreams> {
  const entries = Object.entries(processor.upstreams);
  return {
    from: Object.fromEntries(entries.map(([name, upstream]) => [name, renderRelation(upstream, settings)])),
    inRange: (column) => sql`${joinSql(column.split('.').map(identifier), '.')} BETWEEN ${FROM} AND ${TO}`,
  };
}

/** The spine as GoogleSQL with `@from`, `@to` and `@season_start`: the partition and `spineKey`. */
export function renderSpine(processor: Processor, settings: PipelineSettings): Sql {
  return processor.spine(contextOf(processor, settings));
}

/** The query as GoogleSQL with `@from`, `@to` and `@season_start`. Throws for a processor of documents. */
export function renderQuery(processor: Processor, settings: PipelineSettings): Sql {
  if (processor.kind !== 'query') throw new TypeError(`${tableId(processor.table)} is made from documents, not by a query`);
  const spine = sql`(${renderSpine(processor, settings)})`;
  return processor.query({ ...contextOf(processor, settings), spine });
}
