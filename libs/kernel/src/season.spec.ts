import fc from 'fast-check';
import { type GameDate, addDays, isWithin, parseGameDate } from './game-date';
import { parseSeason, seasonOf, seasonSpan, seasonStarting, seasonsIn } from './season';

const anyDate = fc.integer({ min: 0, max: 30_000 }).map((days) => addDays('1980-01-01' as GameDate, days));

describe('parseSeason', () => {
  it.each(['2021-22', '2024-25', '1999-00', '2009-10'])('takes %s', (text) => {
    expect(parseSeason(text)).toBe(text);
  });

  it.each(['', '2024', '2024-2025', '2024-24', '2024-26', '24-25', '2024/25', '2024-25 ', '2024-5'])('refuses "%s"', (text) => {
    expect(() => parseSeason(text, '--season')).toThrow(expect.objectContaining({ code: 'INVALID_ARGUMENT', fields: { field: '--season' } }));
  });

  it('names the flag, the value and the form it should have', () => {
    expect(() => parseSeason('2024-26', '--season')).toThrow('--season: "2024-26" is not a season. Write it as 2024-25.');
  });
});

describe('seasonOf', () => {
  it.each([
    ['2024-09-30', '2023-24'],
    ['2024-10-01', '2024-25'],
    ['2024-10-22', '2024-25'],
    ['2024-12-31', '2024-25'],
    ['2025-01-01', '2024-25'],
    ['2025-04-13', '2024-25'],
    ['2025-09-30', '2024-25'],
    ['2025-10-01', '2025-26'],
    ['2000-01-01', '1999-00'],
  ])('%s belongs to %s', (date, season) => {
    expect(seasonOf(parseGameDate(date))).toBe(season);
  });
});

describe('seasonSpan', () => {
  it('is 1 October to 30 September', () => {
    expect(seasonSpan(parseSeason('2024-25'))).toEqual({ from: '2024-10-01', to: '2025-09-30' });
  });

  it('holds every date of its season, and the spans leave no day between them', () => {
    fc.assert(
      fc.property(anyDate, (date) => {
        const span = seasonSpan(seasonOf(date));
        expect(isWithin(date, span)).toBe(true);
        expect(seasonOf(span.from)).toBe(seasonOf(date));
        expect(seasonOf(span.to)).toBe(seasonOf(date));
        expect(seasonSpan(seasonOf(addDays(span.to, 1))).from).toBe(addDays(span.to, 1));
      }),
    );
  });
});

describe('seasonsIn', () => {
  const seasons = (from: string, to: string) => seasonsIn({ from: from as GameDate, to: to as GameDate });

  it('is one season for a date and for a range inside it', () => {
    expect(seasons('2025-01-26', '2025-01-26')).toEqual(['2024-25']);
    expect(seasons('2024-10-01', '2025-09-30')).toEqual(['2024-25']);
  });

  it('is every season that the range touches, in order', () => {
    expect(seasons('2022-04-10', '2024-10-01')).toEqual(['2021-22', '2022-23', '2023-24', '2024-25']);
    expect(seasons('1999-12-31', '2000-10-01')).toEqual(['1999-00', '2000-01']);
  });

  it('is none for a range that ends before it starts', () => {
    expect(seasons('2025-01-26', '2023-01-01')).toEqual([]);
  });
});

describe('seasonStarting', () => {
  it('writes the second year with two digits', () => {
    expect([1999, 2008, 2024].map(seasonStarting)).toEqual(['1999-00', '2008-09', '2024-25']);
  });
});
