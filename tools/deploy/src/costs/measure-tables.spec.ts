import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { column, defineTable } from '@nba/kernel';
import { bytesIn, measureTables } from './measure-tables';

const { date, flag, float, integer, text, timestamp } = column;
const table = defineTable({
  dataset: 'nba_raw', name: 'some', description: '', key: ['name'],
  columns: { game_date: date(''), name: text(''), points: integer(''), share: float(''), is_home: flag(''), stored_at: timestamp('') },
});

describe('measureTables', () => {
  const folder = mkdtempSync(join(tmpdir(), 'nba-costs-'));
  const file = join(folder, 'w.duckdb');

  beforeAll(async () => {
    const instance = await DuckDBInstance.create(file);
    const connection = await instance.connect();
    await connection.run('CREATE SCHEMA nba_raw; CREATE TABLE nba_raw.some (game_date DATE, name VARCHAR, points BIGINT, share DOUBLE, is_home BOOLEAN, stored_at TIMESTAMPTZ)');
    await connection.run(`INSERT INTO nba_raw.some VALUES ('2025-01-02', 'Jokić', 30, 0.5, true, NULL), ('2025-01-02', '', NULL, NULL, NULL, '2025-01-02 12:00:00Z'), ('2025-01-01', NULL, 0, 0, false, NULL)`);
    connection.closeSync();
    instance.closeSync();
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('counts values as BigQuery bills them: NULL nothing, a text 2 and its UTF-8', async () => {
    const partitions = (await measureTables(file, [table])).get('nba_raw.some');
    expect(partitions).toEqual([
      { date: '2025-01-01', rows: 1, columns: { game_date: 8, name: 0, points: 8, share: 8, is_home: 1, stored_at: 0 } },
      // "Jokić" is six bytes, the empty text none.
      { date: '2025-01-02', rows: 2, columns: { game_date: 16, name: 2 + 6 + 2, points: 8, share: 8, is_home: 1, stored_at: 8 } },
    ]);
    expect(bytesIn(partitions ?? [])).toBe(25 + 51);
    expect(bytesIn(partitions ?? [], { columns: ['name', 'points'], from: '2025-01-02', to: '2025-01-02' })).toBe(18);
  });

  it('has nothing of a table that is not there', async () => {
    expect((await measureTables(file, [])).get('nba_reference.processor_run_history')).toEqual([]);
  });
});
