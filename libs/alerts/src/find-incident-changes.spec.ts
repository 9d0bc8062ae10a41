import type { Alert, RootCause } from '@nba/kernel';
import fc from 'fast-check';
import { causeOf, datesOf } from './alerts.fixture';
import { findIncidentChanges, type IncidentChange } from './find-incident-changes';
import { findMessage } from './find-message';
import { afterMessage, type Incident } from './incident';

const AT = '2025-01-27T11:00:00.000Z';
const LATER = '2025-01-27T12:30:00.000Z';

/** What one channel that takes everything hears, and what is known afterwards. */
function hear(known: readonly Incident[], causes: readonly RootCause[], at = AT): { changes: readonly IncidentChange[]; heard: Alert[]; known: Incident[] } {
  const changes = findIncidentChanges(known, causes, at);
  const heard: Alert[] = [];
  const after = changes.map((change) => {
    const alert = findMessage(change, 'log', at);
    if (alert) heard.push(alert);
    return alert ? afterMessage(change.incident, 'log', null) : change.incident;
  });
  return { changes, heard, known: after };
}

describe('findIncidentChanges', () => {
  const opened = hear([], [causeOf('A', [1, 2], 3)]).known;
  const kinds = (known: readonly Incident[], causes: readonly RootCause[]) => findIncidentChanges(known, causes, LATER).map(({ kind, incident }) => `${kind} ${incident.key}`);

  it('opens an incident for each new root cause', () => {
    expect(findIncidentChanges([], [causeOf('A', [1, 2], 3)], AT)).toEqual([{
      kind: 'opened',
      cause: causeOf('A', [1, 2], 3),
      incident: {
        key: 'A', status: 'open', openedAt: AT, resolvedAt: null, title: 'A is wrong', rootDates: datesOf(1, 2), rootDateCount: 2,
        heldUpUnits: 3, heldUpMost: [{ processor: 'PlayerGameSummaryProcessor', units: 3 }], resolution: 'backfill repair A', told: new Map(),
      },
    }]);
  });

  it.each<[string, RootCause[], string[]]>([
    ['nothing new', [causeOf('A', [1, 2], 3)], ['kept A']],
    ['a further root date', [causeOf('A', [1, 2, 5], 3)], ['grown A']],
    ['another root date instead', [causeOf('A', [2, 5], 3)], ['grown A']],
    ['fewer root dates', [causeOf('A', [2], 3)], ['recorded A']],
    ['more held-up units', [causeOf('A', [1, 2], 9)], ['recorded A']],
    ['fewer held-up units', [causeOf('A', [1, 2], 1)], ['recorded A']],
    ['another command', [{ ...causeOf('A', [1, 2], 3), resolution: 'backfill retry' }], ['recorded A']],
    ['another cause instead', [causeOf('B', [1])], ['opened B', 'resolved A']],
    ['nothing wrong any more', [], ['resolved A']],
    ['the same cause twice', [causeOf('A', [1], 3), causeOf('A', [2])], ['kept A']],
    ['the same cause twice, and once with a further date', [causeOf('A', [1], 3), causeOf('A', [2, 3])], ['grown A']],
  ])('answers %s', (_, causes, expected) => {
    expect(kinds(opened, causes)).toEqual(expected);
  });

  it('does not take a date for new that was mended and is wrong again', () => {
    const { known } = hear(opened, [causeOf('A', [2], 3)]);
    expect(kinds(known, [causeOf('A', [1, 2], 3)])).toEqual(['recorded A']);
  });

  it('remembers the most that was held up, and counts what is held up now', () => {
    const more = hear(opened, [causeOf('A', [1, 2], 9)]).known;
    const [fewer] = hear(more, [causeOf('A', [1, 2], 1)]).known;
    expect(fewer).toMatchObject({ heldUpUnits: 1, heldUpMost: [{ processor: 'PlayerGameSummaryProcessor', units: 9 }] });
  });

  it('opens anew what comes back', () => {
    const gone = hear(opened, [], LATER).known;
    expect(gone).toEqual([expect.objectContaining({ status: 'resolved', resolvedAt: LATER, rootDateCount: 0, heldUpUnits: 0 })]);
    const [back] = findIncidentChanges(gone, [causeOf('A', [7])], LATER);
    expect(back).toMatchObject({ kind: 'opened', incident: { openedAt: LATER, resolvedAt: null, rootDates: datesOf(7), heldUpMost: [] } });
    expect(back?.incident.told).toEqual(new Map());
  });
});

describe('what a channel hears', () => {
  const causes = fc.uniqueArray(
    fc.record({ key: fc.constantFrom('A', 'B', 'C'), days: fc.uniqueArray(fc.integer({ min: 1, max: 6 }), { minLength: 1 }), heldUp: fc.nat(4) }),
    { selector: ({ key }) => key },
  ).map((list) => list.map(({ key, days, heldUp }) => causeOf(key, [...days].sort(), heldUp)));

  it('alternates between opened and resolved with grown between, names each root date once while open, and ends with all resolved', () => {
    fc.assert(fc.property(fc.array(causes, { maxLength: 12 }), (history) => {
      let known: readonly Incident[] = [];
      const open = new Map<string, Set<string>>();
      for (const list of [...history, []]) {
        const round = hear(known, list);
        known = round.known;
        for (const { kind, incident, lines } of round.heard) {
          const before = open.get(incident);
          const named = lines.filter((line) => line.startsWith('Wrong on')).flatMap((line) => line.match(/\d{4}-\d\d-\d\d/g) ?? []);
          expect({ kind, isOpen: before !== undefined }).toEqual({ kind, isOpen: kind !== 'opened' });
          if (kind === 'resolved') open.delete(incident);
          else {
            expect(named.filter((date) => before?.has(date))).toEqual([]);
            open.set(incident, new Set([...(before ?? []), ...named]));
          }
        }
        // It knows exactly what is wrong, and has heard of every date on which it is.
        expect([...open.keys()].sort()).toEqual(list.map(({ key }) => key).sort());
        for (const { key, dates } of list) expect([...(open.get(key) ?? [])]).toEqual(expect.arrayContaining([...dates]));
      }
      expect(known.every(({ status }) => status === 'resolved')).toBe(true);
    }), { numRuns: 120 });
  });

  it('is nothing when the same is said again', () => {
    fc.assert(fc.property(fc.array(causes, { minLength: 1, maxLength: 6 }), (history) => {
      const known = history.reduce<readonly Incident[]>((before, list) => hear(before, list).known, []);
      const again = hear(known, history.at(-1) ?? [], LATER);
      expect(again.heard).toEqual([]);
      expect(again.changes.map(({ kind }) => kind).filter((kind) => kind !== 'kept')).toEqual([]);
    }), { numRuns: 100 });
  });
});
