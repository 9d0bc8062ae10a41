import { integer, date } from './columns';
import { type Sql, columnList, identifier, joinSql, literal, sql } from './sql';
import { defineTable } from './table';

const games = defineTable({
  dataset: 'nba_raw', name: 'games', description: 'Games', key: ['game_id'],
  columns: { game_id: integer('Id'), game_date: date('Date') },
});

/** What a caller without types could pass. */
const untyped = (part: unknown): Sql => part as Sql;

describe('sql', () => {
  it('composes pieces, tables and whole numbers', () => {
    const recent = sql`game_date >= @from`;
    expect(sql`SELECT ${identifier('game_id')} FROM ${games} WHERE ${recent} LIMIT ${15}`).toEqual({
      text: 'SELECT game_id FROM nba_raw.games WHERE game_date >= @from LIMIT 15',
    });
  });

  it('keeps text without parts as it is', () => {
    expect(sql`SELECT 1`.text).toBe('SELECT 1');
    expect(sql``.text).toBe('');
  });

  it('refuses strings by type and at run time', () => {
    const name = "x' OR TRUE --";
    // @ts-expect-error a string is no part of SQL: this line fails to compile when the types let it through
    expect(() => sql`SELECT ${name}`).toThrow(TypeError);
  });

  it.each([1.5, NaN, Infinity, 2 ** 53, -0.5])('refuses the number %p at run time', (number) => {
    expect(() => sql`LIMIT ${number}`).toThrow(TypeError);
  });

  it.each([undefined, null, true, [], {}])('refuses %p at run time instead of leaving a hole in the text', (part) => {
    expect(() => sql`SELECT ${untyped(part)} FROM x`).toThrow(TypeError);
  });

  it('never makes a comment of a minus before a negative number', () => {
    expect(sql`SELECT 1 -${-5} AS six`.text).not.toContain('--');
  });
});

describe('identifier', () => {
  it.each(['points', '_points', 'points_avg_last_5', 'A1'])('takes %s', (name) => {
    expect(identifier(name).text).toBe(name);
  });

  it.each(['', '1st', 'a b', 'a.b', 'a;b', 'a--', 'a`', 'a"', "a'", 'a\n', 'naïve', '*', 'a)'])('refuses "%s"', (name) => {
    expect(() => identifier(name)).toThrow(TypeError);
  });
});

describe('literal', () => {
  it.each(['regular-season', 'nba_raw.nbac_schedule', '2024-25', ''])('quotes "%s"', (value) => {
    expect(literal(value).text).toBe(`'${value}'`);
  });

  it.each(["O'Neal", "' OR TRUE", 'a\\', 'a\n', 'a b', 'a;', 'Jokić', '"', '`'])('refuses "%s"', (value) => {
    expect(() => literal(value)).toThrow(TypeError);
  });
});

describe('lists', () => {
  it('join by comma unless said otherwise', () => {
    expect(joinSql([sql`a`, sql`b`]).text).toBe('a, b');
    expect(joinSql([sql`a`, sql`b`], ' AND ').text).toBe('a AND b');
    expect(joinSql([]).text).toBe('');
  });

  it('qualify columns by an alias', () => {
    expect(columnList(['a', 'b']).text).toBe('a, b');
    expect(columnList(['a', 'b'], 't').text).toBe('t.a, t.b');
  });

  it('refuse what is no column', () => {
    expect(() => columnList(['a, (SELECT 1)'])).toThrow(TypeError);
    expect(() => columnList(['a'], 't; DROP')).toThrow(TypeError);
  });
});
