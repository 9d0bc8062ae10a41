import type { Finding } from '@nba/pipeline';
import { errorFinding, warningFinding } from './finding';
import type { FeedGame } from './read-schedule';

/**
 * The listing to believe when a document lists one game id more than once. A postponed game keeps its id: the feed
 * may still carry the old date beside the new one. So the listing that has got furthest (final before live before
 * scheduled) is the game; among those one not flagged as waiting for a new date; then the one with the later date.
 * Two final listings contradict each other: that is an error, anything else is worth a warning.
 */
export function chooseListing(listings: readonly FeedGame[], file: string, findings: Finding[]): FeedGame {
  const [best, second] = [...listings].sort((a, b) => rank(b) - rank(a) || (a.date < b.date ? 1 : a.date > b.date ? -1 : 0)) as [FeedGame, FeedGame?];
  if (second !== undefined) {
    const contradiction = best.status === 3 && second.status === 3 && JSON.stringify(best) !== JSON.stringify(second);
    const report = contradiction ? errorFinding : warningFinding;
    const others = listings.map(({ date, status }) => `${date} with status ${status}`).join(', ');
    findings.push(report('DUPLICATE_GAME', `${file}: game ${best.id} is listed ${listings.length} times (${others}); stored under ${best.date}`));
  }
  return best;
}

function rank({ status, postponedStatus }: FeedGame): number {
  return status * 2 + (postponedStatus === 'Y' ? 0 : 1);
}
