import fc from 'fast-check';
import { isStamp, stampOf, staysInside } from './lake-path';

describe('stamps', () => {
  it('sort as time does, and are read back', () => {
    const instant = fc.date({ min: new Date('1946-11-01'), max: new Date('2100-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(instant, instant, (a, b) => {
        const seconds = (date: Date): number => Math.floor(date.getTime() / 1000);
        expect(Math.sign(seconds(a) - seconds(b))).toBe(stampOf(a) < stampOf(b) ? -1 : stampOf(a) > stampOf(b) ? 1 : 0);
        expect(isStamp(stampOf(a))).toBe(true);
      }),
    );
  });
});

describe('staysInside', () => {
  it('refuses whatever has a step up in it', () => {
    fc.assert(fc.property(fc.array(fc.constantFrom('a', '..', 'b.json')), fc.array(fc.constantFrom('a', '..')), (before, after) =>
      !staysInside([...before, '..', ...after].join('/'))));
  });

  it('accepts plain paths', () => {
    expect(staysInside('nba-com/schedule/2024-25/20250127_060000.json')).toBe(true);
  });
});
