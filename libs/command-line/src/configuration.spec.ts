import { readConfiguration } from './configuration';

describe('readConfiguration', () => {
  it('has defaults for everything', () => {
    expect(readConfiguration({}, {})).toMatchObject({ warehouse: 'duckdb:.nba/warehouse.duckdb', lake: '.nba/lake', events: 'local', warehouseFile: '.nba/warehouse.duckdb' });
  });

  it('takes the environment before the defaults, and flags before the environment', () => {
    const environment = { NBA_WAREHOUSE: 'duckdb:/env.duckdb', NBA_LAKE: '/env/lake', NBA_EVENTS: 'local', LAKE: 'not ours' };
    expect(readConfiguration({}, environment)).toMatchObject({ warehouseFile: '/env.duckdb', lake: '/env/lake' });
    expect(readConfiguration({ warehouse: 'duckdb::memory:', lake: '/flag/lake' }, environment)).toMatchObject({ warehouseFile: ':memory:', lake: '/flag/lake' });
  });

  it('says which place is meant', () => {
    const here = readConfiguration({}, {});
    expect([here.warehousePlace, here.lakePlace, here.eventsPlace]).toEqual([{ kind: 'duckdb', file: '.nba/warehouse.duckdb' }, { kind: 'folder', folder: '.nba/lake' }, { kind: 'local' }]);
    const cloud = readConfiguration({ warehouse: 'bigquery:my-project/europe-west3', lake: 'gs://my-project-nba-lake/raw/2025/', events: 'pubsub:my-project' }, {});
    expect([cloud.warehousePlace, cloud.lakePlace, cloud.eventsPlace]).toEqual([
      { kind: 'bigquery', project: 'my-project', location: 'europe-west3', bucket: 'my-project-nba-lake' }, { kind: 'cloud-storage', bucket: 'my-project-nba-lake', prefix: 'raw/2025' }, { kind: 'pubsub', project: 'my-project' },
    ]);
    const plain = readConfiguration({ warehouse: 'bigquery:test', lake: 'gs://lake' }, {});
    expect([plain.warehousePlace, plain.lakePlace, plain.warehouseFile]).toEqual([{ kind: 'bigquery', project: 'test', location: undefined, bucket: 'lake' }, { kind: 'cloud-storage', bucket: 'lake', prefix: '' }, '']);
  });

  it.each([
    [undefined, { kind: 'none' }], ['none', { kind: 'none' }], ['file:.nba/lineage.ndjson', { kind: 'file', file: '.nba/lineage.ndjson' }],
    ['http://localhost:5000/api/v1/lineage', { kind: 'http', url: 'http://localhost:5000/api/v1/lineage' }],
  ])('takes where lineage goes: %s', (openLineage, place) => {
    expect(readConfiguration({ openLineage }, {}).lineagePlace).toEqual(place);
  });

  it.each(['somewhere', 'ftp://x/y', 'file:', 'http://'])('does not take %s for a place of lineage', (openLineage) => {
    expect(() => readConfiguration({ openLineage }, {})).toThrow('--open-lineage (NBA_OPEN_LINEAGE) must be none');
  });

  it('takes what a query may be billed for at most', () => {
    const flags = { warehouse: 'bigquery:test' };
    expect(readConfiguration(flags, {}).warehousePlace).toEqual({ kind: 'bigquery', project: 'test', location: undefined });
    expect(readConfiguration(flags, { NBA_MAX_BYTES_BILLED: '1000' }).warehousePlace).toMatchObject({ maximumBytesBilled: 1000 });
    expect(readConfiguration({ ...flags, maxBytesBilled: '10737418240' }, { NBA_MAX_BYTES_BILLED: '1000' }).warehousePlace).toMatchObject({ maximumBytesBilled: 10_737_418_240 });
  });

  it.each([
    [{ warehouse: 'postgres:here' }, '--warehouse (NBA_WAREHOUSE) must be duckdb:<file>, for example duckdb:.nba/warehouse.duckdb, or bigquery:<project>[/<location>], for example bigquery:my-project/US.'],
    [{ warehouse: 'duckdb:' }, '--warehouse (NBA_WAREHOUSE) must be duckdb:<file>, for example duckdb:.nba/warehouse.duckdb, or bigquery:<project>[/<location>], for example bigquery:my-project/US.'],
    [{ warehouse: '/plain/file' }, '--warehouse (NBA_WAREHOUSE) must be duckdb:<file>, for example duckdb:.nba/warehouse.duckdb, or bigquery:<project>[/<location>], for example bigquery:my-project/US.'],
    [{ lake: '' }, '--lake (NBA_LAKE) must name a folder, for example .nba/lake, or gs://<bucket>[/<prefix>].'],
    [{ warehouse: 'bigquery:' }, '--warehouse (NBA_WAREHOUSE) must be duckdb:<file>, for example duckdb:.nba/warehouse.duckdb, or bigquery:<project>[/<location>], for example bigquery:my-project/US.'],
    [{ warehouse: 'bigquery:My_Project' }, '--warehouse (NBA_WAREHOUSE) must be duckdb:<file>, for example duckdb:.nba/warehouse.duckdb, or bigquery:<project>[/<location>], for example bigquery:my-project/US.'],
    [{ warehouse: 'bigquery:my-project/' }, '--warehouse (NBA_WAREHOUSE) must be duckdb:<file>, for example duckdb:.nba/warehouse.duckdb, or bigquery:<project>[/<location>], for example bigquery:my-project/US.'],
    [{ lake: 's3://bucket' }, '--lake (NBA_LAKE) must name a folder, for example .nba/lake, or gs://<bucket>[/<prefix>].'],
    [{ lake: 'gs://' }, '--lake (NBA_LAKE) must name a folder, for example .nba/lake, or gs://<bucket>[/<prefix>].'],
    [{ events: 'pubsub:' }, '--events (NBA_EVENTS) must be local, or pubsub:<project>.'],
    [{ maxBytesBilled: '10 GiB' }, '--max-bytes-billed (NBA_MAX_BYTES_BILLED) must be a whole number from 1, for example 10737418240 for 10 GiB.'],
    [{ events: 'kafka' }, '--events (NBA_EVENTS) must be local, or pubsub:<project>.'],
  ])('refuses %j', (flags, message) => {
    expect(() => readConfiguration(flags, {})).toThrow(expect.objectContaining({ code: 'INVALID_ARGUMENT', message }));
  });

  it('names everything that is wrong at once, wherever it was set', () => {
    expect(() => readConfiguration({ lake: '' }, { NBA_EVENTS: 'smoke' })).toThrow(
      '--lake (NBA_LAKE) must name a folder, for example .nba/lake, or gs://<bucket>[/<prefix>]; --events (NBA_EVENTS) must be local, or pubsub:<project>.',
    );
  });
});
