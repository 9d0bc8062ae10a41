import { NbaError } from './nba-error';

describe('NbaError', () => {
  it('says what happened and then the next command', () => {
    const error = new NbaError('LAKE_DOCUMENT_INVALID', 'no rowSet', { date: '2025-01-26', next: 'backfill phase2 --date 2025-01-26' });
    expect(error.message).toBe('no rowSet\n  Next: backfill phase2 --date 2025-01-26');
    expect(error.fields.date).toBe('2025-01-26');
  });

  it('says nothing of a next command when none is known', () => {
    const error = new NbaError('INVALID_ARGUMENT', 'not a date');
    expect(error.message).toBe('not a date');
    expect(error.fields).toEqual({});
  });

  it('is an Error with a name, a stable code and the cause', () => {
    const cause = new Error('ENOENT');
    const error = new NbaError('LAKE_UNREADABLE', 'gone', {}, cause);
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({ name: 'NbaError', code: 'LAKE_UNREADABLE', cause });
    expect(String(error)).toBe('NbaError: gone');
  });
});
