import fc from 'fast-check';
import { type GameDate, addDays, dateRange, dayNumber, daysBetween, easternDate, isWithin, parseGameDate } from './game-date';
import { NbaError } from './nba-error';

const anyDate = fc.integer({ min: -20_000, max: 40_000 }).map((days) => new Date(days * 86_400_000).toISOString().slice(0, 10) as GameDate);

describe('parseGameDate', () => {
  it.each(['2025-01-26', '2024-02-29', '2000-02-29', '2021-12-31'])('takes %s', (text) => {
    expect(parseGameDate(text)).toBe(text);
  });

  it.each([
    ['', 'nothing'],
    ['2025-1-26', 'a month of one digit'],
    ['20250126', 'no hyphens'],
    ['01/26/2025', 'the American order'],
    ['2025-01-26T00:00:00Z', 'an instant'],
    [' 2025-01-26', 'a space before'],
    ['2025-01-26\n', 'a line end after'],
    ['2025-02-30', '30 February'],
    ['2023-02-29', '29 February of a common year'],
    ['1900-02-29', '29 February of a century that is no leap year'],
    ['2025-04-31', '31 April'],
    ['2025-13-01', 'a thirteenth month'],
    ['2025-00-10', 'month zero'],
    ['2025-01-00', 'day zero'],
    ['yesterday', 'a word'],
  ])('refuses "%s": %s', (text) => {
    expect(() => parseGameDate(text)).toThrow(NbaError);
  });

  it('names the flag, the value and the form it should have', () => {
    const parse = () => parseGameDate('2025-02-30', '--start-date');
    expect(parse).toThrow('--start-date: "2025-02-30" is not a date. Write it as YYYY-MM-DD');
    expect(parse).toThrow(expect.objectContaining({ code: 'INVALID_ARGUMENT', fields: { field: '--start-date' } }));
  });
});

describe('arithmetic of dates', () => {
  it.each([
    ['2024-02-28', 1, '2024-02-29'],
    ['2024-02-28', 2, '2024-03-01'],
    ['2023-02-28', 1, '2023-03-01'],
    ['2024-12-31', 1, '2025-01-01'],
    ['2025-01-01', -1, '2024-12-31'],
    ['2024-10-22', -7, '2024-10-15'],
    // The two days on which clocks change in the East.
    ['2024-11-02', 2, '2024-11-04'],
    ['2025-03-08', 2, '2025-03-10'],
  ])('%s and %i days is %s', (date, days, result) => {
    expect(addDays(parseGameDate(date), days)).toBe(result);
  });

  it('counts days from 1970-01-01', () => {
    expect(dayNumber(parseGameDate('1970-01-01'))).toBe(0);
    expect(dayNumber(parseGameDate('1971-01-01'))).toBe(365);
  });

  it('has 366 days in a leap year', () => {
    expect(daysBetween(parseGameDate('2024-01-01'), parseGameDate('2025-01-01'))).toBe(366);
    expect(daysBetween(parseGameDate('2025-01-01'), parseGameDate('2024-01-01'))).toBe(-366);
  });

  it('undoes what it did: addDays and daysBetween are inverse, and later is greater', () => {
    fc.assert(
      fc.property(anyDate, fc.integer({ min: -5_000, max: 5_000 }), (date, days) => {
        const moved = addDays(date, days);
        expect(daysBetween(date, moved)).toBe(days);
        expect(addDays(moved, -days)).toBe(date);
        expect(Math.sign(days)).toBe(moved > date ? 1 : moved < date ? -1 : 0);
        expect(parseGameDate(moved)).toBe(moved);
      }),
    );
  });
});

describe('ranges', () => {
  const [first, last] = [parseGameDate('2025-01-26'), parseGameDate('2025-01-28')];

  it('hold both ends and nothing beyond them', () => {
    const range = dateRange(first, last);
    expect([-1, 0, 1, 2, 3].map((days) => isWithin(addDays(first, days), range))).toEqual([false, true, true, true, false]);
  });

  it('may be one date', () => {
    expect(isWithin(first, dateRange(first, first))).toBe(true);
  });

  it('are refused when they end before they start, naming both dates', () => {
    expect(() => dateRange(last, first)).toThrow('The range ends (2025-01-26) before it starts (2025-01-28)');
  });
});

describe('easternDate', () => {
  it.each([
    // Winter: Eastern is UTC−5.
    ['2025-01-27T03:00:00Z', '2025-01-26', 'the evening games are still going on'],
    ['2025-01-27T04:59:59Z', '2025-01-26', 'the last second of the day'],
    ['2025-01-27T05:00:00Z', '2025-01-27', 'midnight'],
    ['2025-01-27T06:00:00Z', '2025-01-27', '01:00 Eastern'],
    // Summer time: UTC−4.
    ['2025-04-10T03:59:59Z', '2025-04-09', 'the last second before midnight in April'],
    ['2025-04-10T04:00:00Z', '2025-04-10', 'midnight in April'],
    // 2024-11-03, 02:00 EDT becomes 01:00 EST: that day has 25 hours.
    ['2024-11-03T03:59:59Z', '2024-11-02', 'before the longest day'],
    ['2024-11-03T04:00:00Z', '2024-11-03', 'its first second'],
    ['2024-11-04T04:59:59Z', '2024-11-03', 'its last second'],
    ['2024-11-04T05:00:00Z', '2024-11-04', 'after it'],
    // 2025-03-09 has 23 hours.
    ['2025-03-09T05:00:00Z', '2025-03-09', 'the first second of the shortest day'],
    ['2025-03-10T03:59:59Z', '2025-03-09', 'its last second'],
    ['2025-03-10T04:00:00Z', '2025-03-10', 'after it'],
    ['2025-01-01T04:30:00Z', '2024-12-31', 'half an hour before the new year'],
  ])('%s is %s: %s', (instant, date) => {
    expect(easternDate(new Date(instant))).toBe(date);
  });
});
