import { type GameDate, type RunFacts, column, defineTable } from '@nba/kernel';

const columns = { game_id: column.text('Game'), game_date: column.date('Date'), points: column.integer('Points') };
export const lines = defineTable({ dataset: 'nba_raw', name: 'lines', description: 'Lines', key: ['game_id'], columns });
export const form = defineTable({ dataset: 'nba_analytics', name: 'form', description: 'Form', key: ['game_id'], columns });

export const RUN: RunFacts = {
  runId: '20241030T120001Z-ab12cd34', processor: 'FormProcessor', phase: 3, trigger: 'backfill all; gaps allowed: spec', correlationId: '4f0c1f0e-1c5e-4d5a-9a55-3d6f0f5f2b11', codeVersion: 'abc',
  startedAt: '2024-10-30T12:00:01.000Z', dates: { from: '2024-10-22' as GameDate, to: '2024-11-05' as GameDate }, units: 9, output: form, inputs: [{ table: lines, columns: ['game_id', 'game_date', 'points'] }],
  documents: null, sql: 'SELECT 1',
};
export const PLACES = { warehouse: { kind: 'duckdb', file: '/data/warehouse.duckdb' }, lake: { kind: 'folder', folder: '/data/lake' } } as const;
export const IN_CLOUD = { warehouse: { kind: 'bigquery', project: 'my-project' }, lake: { kind: 'cloud-storage', bucket: 'my-lake', prefix: 'raw' } } as const;
