import { FixedClock } from '@nba/testing';
import fc from 'fast-check';
import { RecordingChannel, RowsInMemory, causeOf } from './alerts.fixture';
import { IncidentBook } from './index';

const NAMES = ['log', 'slack', 'webhook example.com'];

/** What is wrong, and which channels fail meanwhile. */
const step = fc.record({
  causes: fc.dictionary(fc.constantFrom('A', 'B', 'C'), fc.uniqueArray(fc.integer({ min: 1, max: 5 }), { minLength: 1 }).map((days) => [...days].sort())),
  failing: fc.subarray(NAMES),
});

describe('IncidentBook, whatever happens', () => {
  it('tells every channel all that it missed, nothing twice, and never two openings in a row', async () => {
    await fc.assert(fc.asyncProperty(fc.array(step, { maxLength: 10 }), async (history) => {
      const table = new RowsInMemory();
      const channels = NAMES.map((name) => new RecordingChannel(name));
      const clock = new FixedClock('2025-01-27T11:00:00Z');
      const report = (causes: Record<string, readonly number[]>, failing: readonly string[]) => {
        for (const channel of channels) channel.fault = failing.includes(channel.name) ? new Error(`${channel.name} is gone`) : null;
        clock.advance(60_000);
        return new IncidentBook(table, channels, clock).report(Object.entries(causes).map(([key, days]) => causeOf(key, days)));
      };

      const open = new Map(NAMES.map((name) => [name, new Set<string>()]));
      const listen = () => channels.forEach((channel) => channel.sent.splice(0).forEach(({ kind, incident, lines }) => {
        const isOpen = open.get(channel.name)?.has(incident);
        // Without its opening only an end may come, which then says so.
        const unannounced = kind === 'resolved' && lines.some((line) => line.startsWith('Its opening was never delivered here'));
        expect({ kind, incident, isOpen: isOpen || unannounced }).toEqual({ kind, incident, isOpen: kind !== 'opened' });
        if (kind === 'resolved') open.get(channel.name)?.delete(incident);
        else open.get(channel.name)?.add(incident);
      }));

      let last: Record<string, readonly number[]> = {};
      for (const { causes, failing } of history) {
        const { undelivered } = await report(causes, failing);
        listen();
        for (const { channel } of undelivered) expect(failing).toContain(channel);
        // A channel that works knows exactly what is wrong, its own troubles aside.
        for (const name of NAMES.filter((one) => !failing.includes(one))) {
          expect([...(open.get(name) ?? [])].filter((key) => !key.startsWith('AlertChannel')).sort()).toEqual(Object.keys(causes).sort());
        }
        last = causes;
      }
      // When all is well again they catch up, and the second time there is nothing left to say or to write.
      await report(last, []);
      listen();
      const rows = table.rows.length;
      await report(last, []);
      expect([channels.flatMap(({ sent }) => sent), table.rows.length]).toEqual([[], rows]);
      await report({}, []);
      listen();
      expect([...open.values()].flatMap((keys) => [...keys])).toEqual([]);
      expect(table.newest().filter((row) => row['status'] !== 'resolved' || row['undelivered'] !== null)).toEqual([]);
    }), { numRuns: 100 });
  });
});
