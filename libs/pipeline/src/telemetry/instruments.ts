import { type Counter, type Histogram, type MeterProvider, metrics } from '@opentelemetry/api';
import { METRIC, SCOPE } from './names';

/** What is counted and measured. */
export interface Instruments {
  readonly unitsEnded: Counter;
  readonly unitsBlocked: Counter;
  readonly rowsWritten: Counter;
  readonly changes: Counter;
  readonly groupDuration: Histogram;
  readonly statementDuration: Histogram;
  readonly eventsPublished: Counter;
  readonly eventsConsumed: Counter;
}

/** Seconds: a date takes milliseconds on a small file, a season in BigQuery minutes. */
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300];

let made: { readonly by: MeterProvider; readonly instruments: Instruments } | undefined;

/** The instruments of the meter provider that is registered now: one that comes later than this file counts as well. */
export function instruments(): Instruments {
  const provider = metrics.getMeterProvider();
  if (made?.by !== provider) made = { by: provider, instruments: instrumentsOf(provider) };
  return made.instruments;
}

function instrumentsOf(provider: MeterProvider): Instruments {
  const meter = provider.getMeter(SCOPE);
  const advice = { explicitBucketBoundaries: BUCKETS };
  return {
    unitsEnded: meter.createCounter(METRIC.unitsEnded, { unit: '{unit}', description: 'Units that ended, by processor and status' }),
    unitsBlocked: meter.createCounter(METRIC.unitsBlocked, { unit: '{unit}', description: 'Units that were kept from running, by processor and reason' }),
    rowsWritten: meter.createCounter(METRIC.rowsWritten, { unit: '{row}', description: 'Rows of the units that ended, as read back' }),
    changes: meter.createCounter(METRIC.changes, { unit: '{row}', description: 'Rows, or whole new partitions, that differ from what was stored before' }),
    groupDuration: meter.createHistogram(METRIC.groupDuration, { unit: 's', description: 'Time that a group of units took, every attempt included', advice }),
    statementDuration: meter.createHistogram(METRIC.statementDuration, { unit: 's', description: 'Time that a call of the warehouse took', advice }),
    eventsPublished: meter.createCounter(METRIC.eventsPublished, { unit: '{message}', description: 'Events that were to be published' }),
    eventsConsumed: meter.createCounter(METRIC.eventsConsumed, { unit: '{message}', description: 'Events that were delivered' }),
  };
}
