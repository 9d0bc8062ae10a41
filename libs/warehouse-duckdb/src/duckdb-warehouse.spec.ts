import { warehouseContract } from '@nba/testing';
import { openDuckDbWarehouse } from './open-duckdb-warehouse';

warehouseContract('DuckDbWarehouse in memory', (clock) =>
  openDuckDbWarehouse({ file: ':memory:', clock, command: 'spec' }));
