import { context, metrics, propagation, trace } from '@opentelemetry/api';
import { AggregationTemporality, InMemoryMetricExporter, MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import { InMemorySpanExporter, NodeTracerProvider, type ReadableSpan, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-node';

/** A real SDK, registered for the whole process, that keeps what it is given. Close it. */
export class RecordingSdk {
  private readonly exporter = new InMemorySpanExporter();
  private readonly metrics = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  private readonly tracers = new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(this.exporter)] });
  private readonly meters = new MeterProvider({ readers: [new PeriodicExportingMetricReader({ exporter: this.metrics, exportIntervalMillis: 3_600_000 })] });

  constructor() {
    this.tracers.register();
    metrics.setGlobalMeterProvider(this.meters);
  }

  get spans(): ReadableSpan[] {
    return this.exporter.getFinishedSpans();
  }

  /** Forgets the spans so far. */
  reset(): void {
    this.exporter.reset();
  }

  named(start: string): ReadableSpan[] {
    return this.spans.filter(({ name }) => name.startsWith(start));
  }

  /** Names from the span to its root. */
  pathOf(span: ReadableSpan): string[] {
    const parent = this.spans.find((one) => one.spanContext().spanId === span.parentSpanContext?.spanId);
    return [span.name, ...(parent ? this.pathOf(parent) : [])];
  }

  /** What a metric has come to: its points' attributes with a sum, or a histogram's count. */
  async points(name: string): Promise<{ readonly of: Readonly<Record<string, unknown>>; readonly value: number }[]> {
    await this.meters.forceFlush();
    const collected = this.metrics.getMetrics().at(-1)?.scopeMetrics.flatMap((scope) => scope.metrics) ?? [];
    const points = collected.find(({ descriptor }) => descriptor.name === name)?.dataPoints ?? [];
    return points.map(({ attributes, value }) => ({ of: attributes, value: typeof value === 'number' ? value : 'count' in value ? value.count : NaN }));
  }

  async close(): Promise<void> {
    await Promise.all([this.tracers.shutdown(), this.meters.shutdown()]);
    for (const api of [trace, context, propagation, metrics]) api.disable();
  }
}
