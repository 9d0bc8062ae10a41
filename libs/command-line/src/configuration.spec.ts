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

  it.each([
    [{ warehouse: 'postgres:here' }, '--warehouse (NBA_WAREHOUSE) must be duckdb:<file>, for example duckdb:.nba/warehouse.duckdb.'],
    [{ warehouse: 'duckdb:' }, '--warehouse (NBA_WAREHOUSE) must be duckdb:<file>, for example duckdb:.nba/warehouse.duckdb.'],
    [{ warehouse: '/plain/file' }, '--warehouse (NBA_WAREHOUSE) must be duckdb:<file>, for example duckdb:.nba/warehouse.duckdb.'],
    [{ lake: '' }, '--lake (NBA_LAKE) must name a folder, for example .nba/lake.'],
    [{ events: 'kafka' }, '--events (NBA_EVENTS) must be local.'],
  ])('refuses %j', (flags, message) => {
    expect(() => readConfiguration(flags, {})).toThrow(expect.objectContaining({ code: 'INVALID_ARGUMENT', message }));
  });

  it('names everything that is wrong at once, wherever it was set', () => {
    expect(() => readConfiguration({ lake: '' }, { NBA_EVENTS: 'smoke' })).toThrow(
      '--lake (NBA_LAKE) must name a folder, for example .nba/lake; --events (NBA_EVENTS) must be local.',
    );
  });
});
