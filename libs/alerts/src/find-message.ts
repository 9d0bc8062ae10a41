import type { Alert } from '@nba/kernel';
import { describeEnd, describeGrowth, describeOpening } from './describe-incident';
import type { IncidentChange } from './find-incident-changes';

/**
 * What a channel has to be told now, from what it has been told so far: whatever did not get through is made up for in
 * one message that is up to date. Null when it knows all.
 * @param channel the name under which it is kept account of
 * @param at now, ISO 8601, UTC
 */
export function findMessage({ incident, cause }: IncidentChange, channel: string, at: string): Alert | null {
  const told = incident.told.get(channel);
  const message = (kind: Alert['kind'], title: string, lines: readonly string[]): Alert => ({
    kind, incident: incident.key, title, lines, resolution: kind === 'resolved' ? null : incident.resolution, at,
  });
  if (incident.status === 'resolved') {
    // Who was never tried need not hear of what is over.
    if (!told || told.status === 'resolved') return null;
    return message('resolved', `Resolved: ${incident.title}`, describeEnd(incident, told, at));
  }
  if (!told || told.status === 'nothing') return message('opened', incident.title, describeOpening(incident, cause));
  const further = incident.rootDates.slice(told.dates);
  if (further.length === 0) return null;
  return message('grown', `Further dates: ${incident.title}`, describeGrowth(incident, further));
}
