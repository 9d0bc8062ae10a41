import type { Progress } from '@nba/pipeline';
import { FixedClock } from '@nba/testing';
import { progressDisplay } from './progress-display';
import type { Surroundings } from './surroundings';

describe('progress in a log', () => {
  it('is a line now and then, also while others are at work', () => {
    const lines: string[] = [];
    const clock = new FixedClock('2025-01-27T11:00:00Z');
    const display = progressDisplay({ isTerminal: false, clock, output: { line: () => undefined, error: (text: string) => lines.push(text) } } as unknown as Surroundings);
    const show = (progress: object, afterMs = 10_000) => {
      clock.advance(afterMs);
      display.show({ phase: 2, processor: 'P', range: null, done: 0, total: 41, ...progress } as Progress);
    };
    show({ range: { from: '2025-01-01', to: '2025-01-31' }, done: 20 });
    show({ done: 21 });
    show({ phase: 4, processor: '', done: 12, isWaiting: true });
    show({ phase: 4, processor: '', done: 13, isWaiting: true }, 3_000);
    show({ phase: 4, processor: '', done: 40, isWaiting: true });
    expect(lines).toEqual(['phase 2  P  2025-01-01 to 2025-01-31  20 of 41 units so far', 'waiting for phase 4: 12 of 41 units', 'waiting for phase 4: 40 of 41 units']);
  });
});
