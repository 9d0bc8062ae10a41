import { bytes, count, duration, plural } from './numbers';

describe('numbers for people', () => {
  it.each([[0, '0'], [999, '999'], [52201, '52,201'], [1234567, '1,234,567']])('writes %d as %s', (value, text) => {
    expect(count(value)).toBe(text);
  });

  it.each([[1, '1 unit'], [0, '0 units'], [2, '2 units'], [1230, '1,230 units']])('has %d as %s', (value, text) => {
    expect(plural(value, 'unit')).toBe(text);
  });

  it('has a plural of its own where the noun has one', () => {
    expect([plural(1, 'query', 'queries'), plural(3, 'query', 'queries')]).toEqual(['1 query', '3 queries']);
  });

  it.each([[0, '0 B'], [1023, '1023 B'], [1024, '1.0 KiB'], [10 * 2 ** 20, '10.0 MiB'], [1.5 * 2 ** 30, '1.5 GiB'], [2 ** 51, '2048.0 TiB']])('has %d bytes as %s', (value, text) => {
    expect(bytes(value)).toBe(text);
  });

  it.each([
    [0, '0.0 s'], [1840, '1.8 s'], [59_940, '59.9 s'], [59_960, '1 min 0 s'], [60_000, '1 min 0 s'], [119_400, '1 min 59 s'], [119_600, '2 min 0 s'], [125_000, '2 min 5 s'],
    [3_725_000, '62 min 5 s'],
  ])('has %d ms as %s', (milliseconds, text) => {
    expect(duration(milliseconds)).toBe(text);
  });
});
