import { DuckDBInstance } from '@duckdb/node-api';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { CLOCK, WAREHOUSE, type Cell, type Clock, type QueryPort, type Warehouse, column, defineTable } from '@nba/kernel';
import { FixedClock } from '@nba/testing';
import { Container, type ServiceIdentifier } from 'inversify';
import { duckDbWarehouseModule } from './inversify';
import { openDuckDbWarehouse, readOwner } from './index';

const clock = new FixedClock('2025-01-28T12:00:00Z');

describe('openDuckDbWarehouse', () => {
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'nba-duckdb-'));
    file = join(folder, 'deep', 'warehouse.duckdb');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const open = (path = file) => openDuckDbWarehouse({ file: path, clock, command: 'backfill phase3 --season 2024-25' });

  it('makes folder and file, and finds its rows again', async () => {
    const first = await open();
    await first.query('CREATE TABLE t (n INT64, x FLOAT64)');
    await first.query('INSERT INTO t VALUES (1, 0.5)');
    await first.close();
    const second = await open();
    expect(await second.query('SELECT * FROM t')).toEqual([{ n: 1, x: 0.5 }]);
    await second.close();
  });

  it('makes a file for DuckDB 1.4 and later, and goes on with an older one as it is', async () => {
    const versionOf = async (path: string) => {
      const warehouse = await open(path);
      const [row] = await warehouse.query("SELECT CAST(tags AS STRING) AS tags FROM duckdb_databases() WHERE NOT internal");
      await warehouse.close();
      return row?.['tags'];
    };
    expect(await versionOf(file)).toContain('v1.4.0');
    const older = join(folder, 'older.duckdb');
    const instance = await DuckDBInstance.create(older, { storage_compatibility_version: 'v1.0.0' });
    instance.closeSync();
    expect(await versionOf(older)).toContain('v1.0.0');
  });

  describe('and row groups that are not full', () => {
    const table = defineTable({ dataset: 'nba_raw', name: 'numbers', description: 'spec', key: ['n'], columns: { n: column.integer('a number'), game_date: column.date('a date') } });
    /** As a command does it that writes so many rows; how many rows each row group of the table then has. */
    async function groupsAfterWriting(rows: number): Promise<Cell[]> {
      const warehouse = await open();
      await warehouse.ensureTable(table);
      await warehouse.append(table, Array.from({ length: rows }, (_, n) => ({ n, game_date: '2025-01-26' })));
      await warehouse.close();
      const reader = await openDuckDbWarehouse({ file, clock, command: 'spec', readOnly: true });
      const groups = await reader.query("SELECT row_group_id, MAX(start + count) AS size FROM pragma_storage_info('nba_raw.numbers') WHERE segment_type = 'BIGINT' GROUP BY 1 ORDER BY 1");
      await reader.close();
      return groups.map(({ size }) => size as Cell);
    }

    it('merges them at the end of a command that writes little: else each daily run would leave one', async () => {
      for (let day = 0; day < 12; day++) await groupsAfterWriting(5);
      expect(await groupsAfterWriting(5)).toEqual([65]);
    }, 30_000);

    it('leaves those of a load to the commands after it: rewriting large ones takes longer and more memory than the load', async () => {
      await groupsAfterWriting(5);
      expect(await groupsAfterWriting(122_881)).toEqual([5, 122_880, 1]);
      // Two groups hold them all.
      expect(await groupsAfterWriting(4)).toEqual([122_880, 10]);
    }, 30_000);
  });

  it('tells who has it open and how far that is, and nothing afterwards', async () => {
    const warehouse = await open();
    const owner = { pid: process.pid, command: 'backfill phase3 --season 2024-25', since: '2025-01-28T12:00:00.000Z', writing: [] };
    expect(readOwner(file)).toEqual({ ...owner, progress: null, progressAt: null });
    for (const dates of [410, 411, 412]) warehouse.reportProgress(`${dates} of 652 dates`);
    for (let looks = 0; looks < 200 && readOwner(file)?.progress !== '412 of 652 dates'; looks++) await setTimeout(25);
    expect(readOwner(file)).toEqual({ ...owner, progress: '412 of 652 dates', progressAt: '2025-01-28T12:00:00.000Z' });
    await expect(open()).rejects.toMatchObject({ code: 'WAREHOUSE_LOCKED', message: expect.stringContaining('412 of 652 dates') });
    warehouse.reportProgress('652 of 652 dates');
    await warehouse.close();
    await setTimeout(300); // nothing comes after the end
    expect(readOwner(file)).toBeUndefined();
    expect(existsSync(`${file}.owner.json`)).toBe(false);
  });

  it('is refused to another process, with the owner named', async () => {
    const warehouse = await open();
    warehouse.reportProgress('half');
    const script = `require('@duckdb/node-api').DuckDBInstance.create(${JSON.stringify(file)}).then(() => console.log('opened'), (e) => console.log(e.message))`;
    const message = spawnSync(process.execPath, ['-e', script], { encoding: 'utf8', cwd: __dirname }).stdout;
    // DuckDB's own words in another process: they are what the adapter must recognise.
    expect(message).toMatch(/could not set lock/i);
    expect(message).toContain(`PID ${process.pid}`);
    await warehouse.close();
  });

  it('recognises the lock of another process', async () => {
    const first = await open();
    await first.close();
    const script = `require('@duckdb/node-api').DuckDBInstance.create(${JSON.stringify(file)}).then(() => { console.log('opened'); setTimeout(() => {}, 20000); })`;
    const { spawn } = await import('node:child_process');
    const child = spawn(process.execPath, ['-e', script], { cwd: __dirname, stdio: ['ignore', 'pipe', 'inherit'] });
    try {
      await new Promise((resolve) => child.stdout.once('data', resolve));
      await expect(open()).rejects.toMatchObject({ code: 'WAREHOUSE_LOCKED', message: expect.stringContaining(`(${child.pid})`), fields: { next: expect.stringContaining('status') } });
      writeFileSync(`${file}.owner.json`, JSON.stringify({ pid: child.pid, command: 'backfill all', since: '2025-01-28T11:00:00.000Z', progress: '3 of 9', progressAt: '2025-01-28T11:30:00.000Z' }));
      await expect(open()).rejects.toMatchObject({ message: expect.stringMatching(/backfill all.*since 2025-01-28T11:00.*3 of 9/) });
      expect(readOwner(file)).toMatchObject({ pid: child.pid });
    } finally {
      child.kill('SIGKILL');
      await new Promise((resolve) => child.once('exit', resolve));
    }
    // The owner is dead, its sidecar is still there: it counts for nothing.
    expect(readOwner(file)).toBeUndefined();
    const again = await open();
    expect(readOwner(file)).toMatchObject({ pid: process.pid });
    await again.close();
  });

  it('says so when the file is no DuckDB database, and leaves it alone', async () => {
    const other = join(folder, 'notes.txt');
    writeFileSync(other, 'not a database '.repeat(1000));
    await expect(open(other)).rejects.toMatchObject({ code: 'INVALID_ARGUMENT', message: expect.stringContaining('notes.txt'), fields: { file: other } });
    expect(readFileSync(other, 'utf8')).toContain('not a database');
    expect(readOwner(other)).toBeUndefined();
  });

  it('takes today from its clock, so that a rehearsal is honest', async () => {
    const warehouse = await openDuckDbWarehouse({ file: ':memory:', clock: new FixedClock('2025-01-27T03:00:00Z'), command: 'spec' });
    const text = "SELECT CURRENT_DATE('America/New_York') AS eastern, CURRENT_DATE() AS utc, CURRENT_TIMESTAMP() AS now";
    expect(await warehouse.query(text)).toEqual([{ eastern: '2025-01-26', utc: '2025-01-27', now: '2025-01-27T03:00:00.000Z' }]);
    await warehouse.close();
  });

  it('is opened once for a container, and closed with it', async () => {
    const container = new Container();
    container.bind(CLOCK as ServiceIdentifier<Clock>).toConstantValue(clock);
    await container.load(duckDbWarehouseModule({ file, command: 'spec' }));
    const id = WAREHOUSE as ServiceIdentifier<Warehouse>;
    const warehouse = await container.getAsync(id);
    expect(await container.getAsync(id)).toBe(warehouse);
    expect(await warehouse.query('SELECT 1 AS n')).toEqual([{ n: 1 }]);
    await container.unbind(id);
    expect(readOwner(file)).toBeUndefined();
    await (await open()).close();
  });

  it('keeps within a memory of its own on a file, since DuckDB would keep all that it has read', async () => {
    const limitOf = async (port: QueryPort) => (await port.query(`SELECT current_setting('memory_limit') AS memory`))[0]?.['memory'];
    const open = (name: string, memoryLimit?: string) => openDuckDbWarehouse({ file: join(folder, name), clock, command: 'spec', memoryLimit });
    const [usual, asked] = [await open('usual.duckdb'), await open('asked.duckdb', '100MB')];
    // DuckDB reads MB as millions and shows MiB.
    expect([await limitOf(usual), await limitOf(asked)]).toEqual([`${(Math.floor((10 * Math.min(availableParallelism(), 4) * 160e6) / 2 ** 20) / 10).toFixed(1)} MiB`, '95.3 MiB']);
    await Promise.all([usual.close(), asked.close()]);
  });
});
