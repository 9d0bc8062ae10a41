import { date, integer, text } from './columns';
import { columnNames, defineTable, tableId } from './table';

const columns = { game_id: text('Game'), team_id: integer('Team'), game_date: date('Date'), data_date: date('Date of the unit'), points: integer('Points') };
const valid = { dataset: 'nba_raw', name: 'team_lines', description: 'Lines', key: ['game_id', 'team_id'], columns };

describe('defineTable', () => {
  it('is partitioned by game_date unless said otherwise', () => {
    expect(defineTable(valid).partition).toBe('game_date');
    expect(defineTable({ ...valid, partition: 'data_date' }).partition).toBe('data_date');
  });

  it('keeps columns in the order of their declaration', () => {
    expect(columnNames(defineTable(valid))).toEqual(['game_id', 'team_id', 'game_date', 'data_date', 'points']);
  });

  it('is called by dataset and name', () => {
    expect(tableId(defineTable(valid))).toBe('nba_raw.team_lines');
  });

  it.each([
    ['a dataset that is not snake_case', { dataset: 'nba-raw' }, '"nba-raw"'],
    ['a name that is not snake_case', { name: 'TeamLines' }, '"TeamLines"'],
    ['a name that is SQL', { name: 'x; DROP TABLE y' }, '"x; DROP TABLE y"'],
    ['a column that is not snake_case', { columns: { ...columns, '3pm': integer('') } }, '"3pm"'],
    ['a key that is no column', { key: ['game_id', 'player_id'] }, '"player_id"'],
    ['a key that only every object has', { key: ['constructor'] }, '"constructor"'],
    ['a partition that is no column', { partition: 'played_on' }, '"played_on"'],
    ['a partition that is no date', { partition: 'points' }, '"points"'],
    ['no key', { key: [] }, 'team_lines'],
  ])('refuses %s and names it', (_, change, named) => {
    const define = () => defineTable({ ...valid, ...change });
    expect(define).toThrow(named);
    expect(define).toThrow(expect.objectContaining({ code: 'INVALID_DEFINITION' }));
  });
});
