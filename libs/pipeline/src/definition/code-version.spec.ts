import { column, sql } from '@nba/kernel';
import { codeVersion } from './code-version';
import type { DocumentProcessor, QueryProcessor } from './processor';
import { toyForm, toyPoints } from '../toy-processors.fixture';

const settings = { gameTypes: ['regular-season'] as const };
const asking = (text: string, over: Partial<QueryProcessor> = {}): QueryProcessor => ({ ...toyForm, query: () => ({ text }), ...over });
const version = (processor: QueryProcessor | DocumentProcessor): string => codeVersion(processor, settings);

describe('codeVersion', () => {
  it('is sixteen hexadecimal digits', () => {
    expect(version(toyForm)).toMatch(/^[0-9a-f]{16}$/);
  });

  it.each([
    ['line ends', 'SELECT a\n  FROM t\n'],
    ['indentation', '\t SELECT   a FROM    t'],
    ['blanks beside brackets and commas', 'SELECT f( a , b )', 'SELECT f(a, b)'],
  ])('does not see %s', (_, written, plain = 'SELECT a FROM t') => {
    expect(version(asking(written))).toBe(version(asking(plain)));
  });

  it.each([
    ['the SQL', 'SELECT b FROM t'],
    ['a word', 'SELECTa FROM t'],
    ['blanks in a string', `SELECT 'a  b', ' ,' FROM t`, `SELECT 'a b', ' ,' FROM t`],
    ['blanks beside a comma in a string', `SELECT ', ' FROM t`, `SELECT ',' FROM t`],
  ])('sees %s', (_, written, plain = 'SELECT a FROM t') => {
    expect(version(asking(written))).not.toBe(version(asking(plain)));
  });

  it.each<[string, QueryProcessor]>([
    ['the spine', { ...toyForm, spine: () => sql`SELECT 1` }],
    ['the spine\'s key', { ...toyForm, spineKey: ['game_id'] }],
    ['the key', { ...toyForm, table: { ...toyForm.table, key: ['player_id', 'game_id'] } }],
    ['a new column', { ...toyForm, table: { ...toyForm.table, columns: { ...toyForm.table.columns, more: column.integer('more') } } }],
    ['a column\'s type', { ...toyForm, table: { ...toyForm.table, columns: { ...toyForm.table.columns, points: column.float('points') } } }],
    ['the table\'s name', { ...toyForm, table: { ...toyForm.table, name: 'other' } }],
  ])('sees %s', (_, changed) => {
    expect(version(changed)).not.toBe(version(toyForm));
  });

  it('does not see descriptions', () => {
    const columns = { ...toyForm.table.columns, points: column.integer('said in other words') };
    expect(version({ ...toyForm, table: { ...toyForm.table, description: 'other words', columns } })).toBe(version(toyForm));
  });

  it('sees the revision of a parser, which has no SQL, and the game types it reads by', () => {
    expect(version({ ...toyPoints, revision: 2 })).not.toBe(version(toyPoints));
    expect(codeVersion(toyPoints, { gameTypes: ['regular-season', 'playoffs'] })).not.toBe(version(toyPoints));
  });

  it('sees the game types that a relation is restricted to', () => {
    const schedule = { ...toyPoints, readable: ({ gameTypes }: { gameTypes: readonly string[] }) => ({ text: gameTypes.join() }) };
    const reader: QueryProcessor = { ...toyForm, upstreams: { points: { ...toyForm.upstreams['points'], processor: schedule, lookbacks: toyForm.upstreams['points']?.lookbacks ?? [] } } };
    expect(codeVersion(reader, { gameTypes: ['playoffs'] })).not.toBe(version(reader));
  });
});
