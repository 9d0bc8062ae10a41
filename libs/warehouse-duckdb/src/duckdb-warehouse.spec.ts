import { FixedClock, warehouseContract } from '@nba/testing';
import { openDuckDbWarehouse } from './open-duckdb-warehouse';

warehouseContract('DuckDbWarehouse in memory', () =>
  openDuckDbWarehouse({ file: ':memory:', clock: new FixedClock('2025-01-28T12:00:00Z'), command: 'spec' }));
