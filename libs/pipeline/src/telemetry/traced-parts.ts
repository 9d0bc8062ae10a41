import type { EventBus, Warehouse } from '@nba/kernel';
import { tracedBus } from './traced-bus';
import { tracedWarehouse } from './traced-warehouse';

/** The same parts, of which the warehouse and the bus, where there is one, tell what they do. */
export function tracedParts<P extends { readonly warehouse: Warehouse; readonly bus?: EventBus }>(parts: P): P {
  return { ...parts, warehouse: tracedWarehouse(parts.warehouse), ...(parts.bus && { bus: tracedBus(parts.bus) }) };
}
