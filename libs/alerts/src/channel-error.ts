import { NbaError } from '@nba/kernel';

/** Longer answers add nothing for an operator, and go into a table and into other channels' messages. */
const MOST_CHARACTERS = 300;

/** A message that the other side has not taken. No cause is attached: causes carry addresses, and an address may be a secret. */
export function undelivered(channel: string, what: string): NbaError {
  return new NbaError('ALERT_UNDELIVERED', `${channel}: ${what}. The alert was not taken.`);
}

/** What a channel's fault says, on one line. */
export function describeFault(fault: unknown): string {
  const text = (fault instanceof Error ? fault.message : String(fault)).replace(/\s+/g, ' ').trim();
  return text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS - 1)}…` : text;
}
