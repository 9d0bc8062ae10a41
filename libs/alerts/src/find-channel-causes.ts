import type { RootCause } from '@nba/kernel';
import type { Incident } from './incident';

const PREFIX = 'AlertChannel ';

/** The incident of a channel that does not take messages: it is told on the others like any other. */
export const channelIncident = (channel: string): string => `${PREFIX}${channel}`;

export const isAboutChannel = (incident: string): boolean => incident.startsWith(PREFIX);

/**
 * The channels that do not take messages, as root causes. One that is known to fail is taken to fail still until it has
 * taken a message; so is one that is not configured here.
 * @param known incidents about channels
 * @param rounds what came of each channel in this report
 */
export function findChannelCauses(known: readonly Incident[], rounds: readonly { name: string; fault: string | null; works: boolean }[]): readonly RootCause[] {
  const failing = rounds.filter(({ fault }) => fault !== null).map(({ name, fault }) => ({ key: channelIncident(name), fault }));
  const decided = new Set([...failing.map(({ key }) => key), ...rounds.filter(({ works }) => works).map(({ name }) => channelIncident(name))]);
  const undecided = known.filter(({ key, status }) => status === 'open' && !decided.has(key)).map(({ key }) => ({ key, fault: null }));
  return [...failing, ...undecided].map(({ key, fault }) => {
    const channel = key.slice(PREFIX.length);
    return {
      key,
      title: `Alert channel ${channel} cannot be reached`,
      dates: [],
      heldUp: [],
      errors: fault === null ? [] : [`channel ${channel} cannot be reached: ${fault}`, 'What it was to be told will be sent there again by the next report'],
      resolution: 'backfill alerts test',
    };
  });
}
