import fc from 'fast-check';
import { secondsPlayed } from './minutes';

describe('secondsPlayed', () => {
  it.each([
    [34, 2040], [0, 0], [240, 14_400], [34.2, 2052], [0.01, 1], ['34:12', 2052], ['0:00', 0], ['05:09', 309], ['PT34M12.00S', 2052],
    ['PT00M00.00S', 0], ['PT240M00S', 14_400], ['PT12M03.60S', 724],
  ])('%p is %p seconds', (value, seconds) => {
    expect(secondsPlayed(value)).toBe(seconds);
  });

  it.each([
    -1, -0.01, NaN, Infinity, 1e9, '', '34', '34:60', '34:1', ' 34:12', '34:12 ', '34:12\n', '-1:00', '34:12:00', 'PT34M', 'PT34M60.00S', 'pt34m12.00s',
    'PT1H2M3S', 'DNP', '９:00', null, undefined, true, [34], {}, 34n,
  ])('refuses %p', (value) => {
    expect(secondsPlayed(value)).toBeUndefined();
  });

  it('reads every form of one time alike', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 0, max: 59 }), (minutes, seconds) => {
        const two = String(seconds).padStart(2, '0');
        const expected = minutes * 60 + seconds;
        expect([`${minutes}:${two}`, `PT${minutes}M${two}.00S`, minutes + seconds / 60].map(secondsPlayed)).toEqual([expected, expected, expected]);
      }),
    );
  });

  it('yields whole seconds or nothing, whatever it is given', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        const seconds = secondsPlayed(value);
        return seconds === undefined || (Number.isInteger(seconds) && seconds >= 0 && !Object.is(seconds, -0));
      }),
    );
  });
});
