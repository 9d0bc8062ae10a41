import type { GameDate } from '@nba/kernel';

/** A root cause from when it was first seen until it is gone. */
export interface Incident {
  /** The root cause's. */
  readonly key: string;
  readonly status: 'open' | 'resolved';
  /** ISO 8601, UTC. */
  readonly openedAt: string;
  /** When it was found gone; null while it is open. */
  readonly resolvedAt: string | null;
  /** The root cause's, without a word on what became of it. */
  readonly title: string;
  /** Every date on which the root has been wrong since it was opened, in the order in which they came to light: what a channel has been told is a start of it. */
  readonly rootDates: readonly GameDate[];
  /** On how many of them it is wrong now. */
  readonly rootDateCount: number;
  /** Units that wait for it now. */
  readonly heldUpUnits: number;
  /** The most that has waited for it at one time, by processor. */
  readonly heldUpMost: readonly HeldUpCount[];
  readonly resolution: string | null;
  /** What each channel has been told, by its name. A channel that is not here has never been tried. */
  readonly told: ReadonlyMap<string, Told>;
}

export interface HeldUpCount {
  readonly processor: string;
  readonly units: number;
}

/** What one channel knows of an incident. */
export interface Told {
  readonly status: 'nothing' | 'open' | 'resolved';
  /** Root dates it has been told of, from the first. */
  readonly dates: number;
  /** Why its last message was not taken; null when it was. */
  readonly error: string | null;
}

/** Whether a channel that knows this much has nothing more to be told. */
export function knowsAll(incident: Incident, { status, dates }: Told): boolean {
  return status === incident.status && (status === 'resolved' || dates === incident.rootDates.length);
}

/** Units in all. */
export function countUnits(counts: readonly HeldUpCount[]): number {
  return counts.reduce((sum, { units }) => sum + units, 0);
}

/** The incident after a message to a channel: it knows all now, or it knows as much as before and why. */
export function afterMessage(incident: Incident, channel: string, error: string | null): Incident {
  const before = incident.told.get(channel) ?? { status: 'nothing', dates: 0 };
  const after: Told = error === null ? { status: incident.status, dates: incident.rootDates.length, error } : { ...before, error };
  return { ...incident, told: new Map(incident.told).set(channel, after) };
}
