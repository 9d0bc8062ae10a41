/**
 * The names under which the ports are bound in a container. Global symbols, so that two copies of this package
 * in one process mean the same port.
 */
export const WAREHOUSE = Symbol.for('@nba/Warehouse');
export const RAW_LAKE = Symbol.for('@nba/RawLake');
export const EVENT_BUS = Symbol.for('@nba/EventBus');
export const CLOCK = Symbol.for('@nba/Clock');
