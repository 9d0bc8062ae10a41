import { defineTable, column, processorRunHistory } from '@nba/kernel';
import { assertTypes, joinParameters } from './query-types';
import { box } from './replacement.fixture';
import { assertSchema, tableMetadata } from './schema';

/** As the interface answers: older names for some types. */
const STORED = {
  schema: { fields: [
    { name: 'game_id', type: 'STRING' }, { name: 'game_date', type: 'DATE' }, { name: 'player_id', type: 'INTEGER' }, { name: 'share', type: 'FLOAT' }, { name: 'is_home', type: 'BOOLEAN' },
    { name: 'source_document', type: 'STRING' },
  ] },
  timePartitioning: { type: 'DAY', field: 'game_date' },
};

describe('a stored table', () => {
  it('is the one that is declared, whichever names its types have', () => expect(() => assertSchema(box, STORED, 'here')).not.toThrow());

  it.each([
    ['share', 'another type', { ...STORED, schema: { fields: STORED.schema.fields.map((field) => (field.name === 'share' ? { ...field, type: 'NUMERIC' } : field)) } }],
    ['is_home', 'a column less', { ...STORED, schema: { fields: STORED.schema.fields.filter(({ name }) => name !== 'is_home') } }],
    ['extra', 'a column more', { ...STORED, schema: { fields: [...STORED.schema.fields, { name: 'extra', type: 'STRING' }] } }],
    ['game_date', 'no partitions', { schema: STORED.schema }],
    ['game_date', 'partitions that expire', { ...STORED, timePartitioning: { ...STORED.timePartitioning, expirationMs: '86400000' } }],
  ])('has drifted in %s when it has %s', (field, _, stored) => {
    expect(() => assertSchema(box, stored, 'here')).toThrow(expect.objectContaining({ code: 'WAREHOUSE_SCHEMA_DRIFT', fields: expect.objectContaining({ field, table: 'nba_raw.box' }) }));
  });

  it('is made with a partition a day that never expires, clustered by its key, and read only by partition', () => {
    expect(tableMetadata(box)).toMatchObject({
      timePartitioning: { type: 'DAY', field: 'game_date' }, clustering: { fields: ['game_id', 'player_id'] }, requirePartitionFilter: true,
      schema: { fields: expect.arrayContaining([{ name: 'share', type: 'FLOAT64', mode: 'NULLABLE', description: 'Of the team' }]) },
    });
    expect(tableMetadata(box).timePartitioning).not.toHaveProperty('expirationMs');
  });

  it('is clustered by no more than four columns, and state is searched without a date', () => {
    const wide = defineTable({ ...box, key: ['a', 'b', 'c', 'd', 'e', 'game_date'], columns: { ...box.columns, ...Object.fromEntries(['a', 'b', 'c', 'd', 'e'].map((name) => [name, column.text(name)])) } });
    expect(tableMetadata(wide).clustering.fields).toEqual(['a', 'b', 'c', 'd']);
    expect(tableMetadata(processorRunHistory).requirePartitionFilter).toBe(false);
    // The book of alerts lies beside it, and asks for incidents of any date.
    expect(tableMetadata(defineTable({ ...box, dataset: 'nba_reference', name: 'alert_incidents' })).requirePartitionFilter).toBe(false);
  });
});

describe('the types of a query', () => {
  it.each([['share', 'INTEGER'], ['share', 'FLOAT'], ['player_id', 'INTEGER'], ['unknown', 'JSON']])('may be %s %s', (name, type) => expect(() => assertTypes(box, [{ name, type }])).not.toThrow());
  it.each([['player_id', 'FLOAT'], ['game_date', 'STRING'], ['is_home', 'INTEGER'], ['game_id', 'INTEGER']])('may not be %s %s', (name, type) => {
    expect(() => assertTypes(box, [{ name, type }])).toThrow(expect.objectContaining({ code: 'WAREHOUSE_STATEMENT_FAILED', fields: expect.objectContaining({ field: name }) }));
  });

  it('come with parameters that mean one thing', () => {
    expect(joinParameters({ from: 'a' }, { from: 'a', n: 1 })).toEqual({ from: 'a', n: 1 });
    expect(() => joinParameters({ from: 'a' }, { from: 'b' })).toThrow(/@from is both "a" and "b"/);
  });
});
