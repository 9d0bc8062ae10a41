import { causeOf, datesOf } from './alerts.fixture';
import { describeDuration } from './describe-incident';
import { findIncidentChanges } from './find-incident-changes';
import { findMessage } from './find-message';
import { afterMessage, type Incident } from './incident';

const AT = '2025-01-27T11:00:00.000Z';

describe('messages', () => {
  const blocked = {
    ...causeOf('NbacPlayerBoxscoreProcessor DOCUMENT_MISSING', [26]),
    title: 'Analytics BLOCKED: Upstream Failure — NbacPlayerBoxscoreProcessor failed for 2025-01-26',
    heldUp: [{ processor: 'PlayerGameSummaryProcessor', dates: datesOf(26) }, { processor: 'PlayerDailyCacheProcessor', dates: datesOf(27, 28) }],
  };
  const change = (known: readonly Incident[], causes = [blocked], at = AT) => {
    const [first] = findIncidentChanges(known, causes, at);
    if (!first) throw new Error('no change');
    return first;
  };
  const told = afterMessage(change([]).incident, 'log', null);

  it('say of a new incident what is wrong, what waits, the errors and the way out', () => {
    expect(findMessage(change([]), 'log', AT)).toEqual({
      kind: 'opened',
      incident: 'NbacPlayerBoxscoreProcessor DOCUMENT_MISSING',
      title: 'Analytics BLOCKED: Upstream Failure — NbacPlayerBoxscoreProcessor failed for 2025-01-26',
      lines: [
        'Wrong on 1 date: 2025-01-26',
        'Holds up 3 units: PlayerDailyCacheProcessor 2, PlayerGameSummaryProcessor 1',
        'NbacPlayerBoxscoreProcessor DOCUMENT_MISSING: no document',
      ],
      resolution: 'backfill repair NbacPlayerBoxscoreProcessor DOCUMENT_MISSING',
      at: AT,
    });
  });

  it('name of a grown one only what is new, and the totals', () => {
    expect(findMessage(change([told], [{ ...blocked, dates: datesOf(24, 25, 26) }]), 'log', AT)).toMatchObject({
      kind: 'grown',
      title: 'Further dates: Analytics BLOCKED: Upstream Failure — NbacPlayerBoxscoreProcessor failed for 2025-01-26',
      lines: ['Wrong on 2 further dates: 2025-01-24, 2025-01-25', '3 dates in all since 2025-01-27T11:00:00.000Z; holds up 3 units now'],
      resolution: blocked.resolution,
    });
  });

  it('say of a resolved one how long it was open and what it had held up', () => {
    expect(findMessage(change([told], [], '2025-01-27T13:05:00.000Z'), 'log', '2025-01-27T13:05:00.000Z')).toEqual({
      kind: 'resolved',
      incident: blocked.key,
      title: `Resolved: ${blocked.title}`,
      lines: [
        'Open for 2 hours 5 minutes, from 2025-01-27T11:00:00.000Z to 2025-01-27T13:05:00.000Z',
        'Was wrong on 1 date: 2025-01-26',
        'Had held up 3 units: PlayerDailyCacheProcessor 2, PlayerGameSummaryProcessor 1',
      ],
      resolution: null,
      at: '2025-01-27T13:05:00.000Z',
    });
  });

  it('count what is too much to name', () => {
    const days = Array.from({ length: 14 }, (_, i) => i + 1);
    const { lines } = findMessage(change([], [{ ...blocked, dates: datesOf(...days), errors: ['a', 'b', 'c', 'd', 'e', 'f', 'g'] }]), 'log', AT) ?? { lines: [] };
    expect(lines[0]).toMatch(/^Wrong on 14 dates: 2025-01-01, .*, 2025-01-10, and 4 more$/);
    expect(lines.slice(2)).toEqual(['a', 'b', 'c', 'd', 'e', 'and 2 more']);
  });
});

describe('describeDuration', () => {
  const minute = 60_000;
  it.each([
    [-5 * minute, 'less than a minute'], [59_999, 'less than a minute'], [minute, '1 minute'], [59 * minute, '59 minutes'], [60 * minute, '1 hour'],
    [61 * minute, '1 hour 1 minute'], [24 * 60 * minute, '1 day'], [(49 * 60 + 59) * minute, '2 days 1 hour'],
  ])('calls %i milliseconds %p', (milliseconds, expected) => {
    expect(describeDuration(milliseconds)).toBe(expected);
  });
});
