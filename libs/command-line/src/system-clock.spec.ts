import { FixedClock } from '@nba/testing';
import { rehearsalClock, systemClock } from './system-clock';

describe('systemClock', () => {
  it('tells the machine\'s time, and sleeps by it', async () => {
    const clock = systemClock();
    const before = Date.now();
    const began = clock.now().getTime();
    expect(began).toBeGreaterThanOrEqual(before);
    await clock.sleep(30);
    // Timers are kept in whole milliseconds of another counter.
    expect(clock.now().getTime() - began).toBeGreaterThanOrEqual(29);
    expect(clock.now().getTime()).toBeLessThanOrEqual(Date.now());
  });
});

describe('rehearsalClock', () => {
  it('starts at the instant that was named, and goes on with the machine', () => {
    const machine = new FixedClock('2026-11-23T10:00:00.000Z');
    const clock = rehearsalClock('2025-01-27T11:00:00Z', machine);
    expect(clock.now().toISOString()).toBe('2025-01-27T11:00:00.000Z');
    machine.advance(90_500);
    expect(clock.now().toISOString()).toBe('2025-01-27T11:01:30.500Z');
  });

  it('sleeps as the machine does', async () => {
    const machine = new FixedClock('2026-11-23T10:00:00.000Z');
    const clock = rehearsalClock('2025-01-27T11:00:00Z', machine);
    await clock.sleep(1000);
    expect(machine.now().toISOString()).toBe('2026-11-23T10:00:01.000Z');
    expect(clock.now().toISOString()).toBe('2025-01-27T11:00:01.000Z');
  });

  it.each([
    ['2025-01-27T11:00Z', '2025-01-27T11:00:00.000Z'],
    ['2024-02-29T23:59:59.5Z', '2024-02-29T23:59:59.500Z'],
  ])('reads %s', (text, instant) => {
    expect(rehearsalClock(text, new FixedClock('2026-11-23T10:00:00Z')).now().toISOString()).toBe(instant);
  });

  it.each(['', 'yesterday', '2025-01-27', '2025-01-27T11:00:00', '2025-01-27T11:00:00-05:00', '2025-01-27T25:00:00Z', '2025-13-01T11:00:00Z', ' 2025-01-27T11:00:00Z', '1737975600'])(
    'refuses %j, and says how to write it',
    (text) => {
      expect(() => rehearsalClock(text, new FixedClock('2026-11-23T10:00:00Z'))).toThrow(expect.objectContaining({
        code: 'INVALID_ARGUMENT', fields: { field: '--now' }, message: expect.stringMatching(/^--now \(NBA_NOW\): .*2025-01-27T11:00:00Z/),
      }));
    },
  );

  it('refuses a day that does not exist', () => {
    expect(() => rehearsalClock('2025-02-30T11:00:00Z', new FixedClock('2026-11-23T10:00:00Z'))).toThrow(/is no instant/);
  });
});
