import fc from 'fast-check';
import { askedPauseMs, backoffMs } from './request-pauses';

describe('the pause after a failed attempt', () => {
  it('is anything from nothing to a bound, which doubles from 2 seconds to a minute', () => {
    const bounds = [1, 2, 3, 4, 5, 6, 7, 50].map((attempt) => backoffMs(attempt, () => 1));
    expect(bounds).toEqual([2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000, 60_000]);
    fc.assert(fc.property(fc.integer({ min: 1, max: 60 }), fc.double({ min: 0, max: 1, noNaN: true }), (attempt, share) => {
      const bound = backoffMs(attempt, () => 1);
      expect(Math.abs(backoffMs(attempt, () => share) - share * bound)).toBeLessThanOrEqual(0.5);
    }));
  });
});

describe('Retry-After', () => {
  const now = new Date('2024-01-15T12:00:00Z');
  it.each<[string | null, number]>([
    ['120', 120_000], ['0', 0], [' 3 ', 3_000], ['Mon, 15 Jan 2024 12:01:00 GMT', 60_000], ['Monday, 15-Jan-24 12:01:00 GMT', 60_000], ['Mon, 15 Jan 2024 11:59:00 GMT', 0],
    [null, 0], ['', 0], ['-5', 0], ['1.5', 0], ['2025', 2_025_000], ['soon', 0],
  ])('%j means %i ms', (header, expected) => {
    expect(askedPauseMs(header, now)).toBe(expected);
  });
});
