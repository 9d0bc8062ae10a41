import { type Attributes, type Span, SpanKind } from '@opentelemetry/api';
import {
  tableId,
  type CostEstimate, type DateRange, type Lease, type Parameters, type PartitionContent, type PartitionReplacement, type QueryOptions, type Row, type Statement, type TableDefinition, type TableLeases, type UnitReceipt, type Warehouse,
} from '@nba/kernel';
import { instruments } from './instruments';
import { ATTRIBUTE } from './names';
import { errorType, inSpan } from './span';

const traced = new WeakMap<Warehouse, Warehouse>();

/** The warehouse with a span and a duration for every call that runs SQL. The same one for the same warehouse. */
export function tracedWarehouse(warehouse: Warehouse): Warehouse {
  if (warehouse instanceof TracedWarehouse) return warehouse;
  const known = traced.get(warehouse);
  if (known) return known;
  const made = new TracedWarehouse(warehouse);
  traced.set(warehouse, made);
  return made;
}

/** Texts go along without their parameters' values; an SDK cuts what is too long for it (`OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT`). */
class TracedWarehouse implements Warehouse {
  constructor(private readonly inner: Warehouse) {}

  get location(): string {
    return this.inner.location;
  }

  get leases(): TableLeases {
    return this.inner.leases;
  }

  get concurrency(): number {
    return this.inner.concurrency;
  }

  query(text: string, parameters?: Parameters, options?: QueryOptions): Promise<readonly Row[]> {
    return this.statement('SELECT', undefined, text, async (span) => {
      const rows = await this.inner.query(text, parameters, options);
      span.setAttribute('db.response.returned_rows', rows.length);
      return rows;
    });
  }

  ensureTable(table: TableDefinition): Promise<void> {
    return this.statement('CREATE TABLE', table, undefined, () => this.inner.ensureTable(table));
  }

  replacePartitions(replacement: PartitionReplacement, lease: Lease): Promise<readonly UnitReceipt[]> {
    const { table, source } = replacement;
    return this.statement('REPLACE', table, 'statement' in source ? source.statement.text : undefined, () => this.inner.replacePartitions(replacement, lease));
  }

  estimateCost(statement: Statement): Promise<CostEstimate | null> {
    return this.statement('EXPLAIN', undefined, statement.text, () => this.inner.estimateCost(statement));
  }

  append(table: TableDefinition, rows: readonly Row[]): Promise<void> {
    return this.statement('INSERT', table, undefined, () => this.inner.append(table, rows));
  }

  readBack(table: TableDefinition, range: DateRange): Promise<readonly PartitionContent[]> {
    return this.statement('SELECT', table, undefined, () => this.inner.readBack(table, range));
  }

  close(): Promise<void> {
    return this.inner.close();
  }

  private async statement<T>(operation: string, table: TableDefinition | undefined, text: string | undefined, work: (span: Span) => Promise<T>): Promise<T> {
    const collection = table && tableId(table);
    const called: Attributes = { [ATTRIBUTE.system]: this.system, [ATTRIBUTE.operation]: operation, [ATTRIBUTE.collection]: collection };
    const attributes = { ...called, [ATTRIBUTE.namespace]: this.location, [ATTRIBUTE.queryText]: text };
    const started = performance.now();
    const ended = (fault?: unknown) => instruments().statementDuration.record(secondsSince(started), fault === undefined ? called : { ...called, [ATTRIBUTE.errorType]: errorType(fault) });
    try {
      const result = await inSpan({ name: `statement ${operation}${collection ? ` ${collection}` : ''}`, kind: SpanKind.CLIENT, attributes }, work);
      ended();
      return result;
    } catch (fault) {
      ended(fault);
      throw fault;
    }
  }

  /** The conventions name neither engine; both follow their way of naming. */
  private get system(): string {
    return this.location.startsWith('bigquery:') ? 'gcp.bigquery' : 'duckdb';
  }
}

/** How long something took, whatever the pipeline's clock rehearses. */
export const secondsSince = (started: number): number => (performance.now() - started) / 1000;
