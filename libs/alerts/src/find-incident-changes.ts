import type { GameDate, RootCause } from '@nba/kernel';
import { countUnits, type HeldUpCount, type Incident, type Told } from './incident';

/** What a report makes of one incident. */
export interface IncidentChange {
  /**
   * `opened`: it was not open; `grown`: root dates came to light; `recorded`: it differs in what nobody is told of at once;
   * `resolved`: it is gone; `kept`: as it was.
   */
  readonly kind: 'opened' | 'grown' | 'recorded' | 'resolved' | 'kept';
  /** As it is now; nobody has been told yet. */
  readonly incident: Incident;
  /** What is wrong; null when nothing is any more. */
  readonly cause: RootCause | null;
}

/**
 * Compares what is wrong now with the incidents known so far: one change for each of either, in the order of the causes, then what is gone.
 * Causes with the same key are one.
 * @param known incidents that are open, or resolved while a channel does not know it
 * @param at now, ISO 8601, UTC
 */
export function findIncidentChanges(known: readonly Incident[], causes: readonly RootCause[], at: string): readonly IncidentChange[] {
  const incidents = new Map(known.map((incident) => [incident.key, incident]));
  const current = mergeByKey(causes);
  return [
    ...[...current.values()].map((cause) => findChange(incidents.get(cause.key), cause, at)),
    ...known.filter(({ key }) => !current.has(key)).map((incident) => findEnd(incident, at)),
  ];
}

function findChange(before: Incident | undefined, cause: RootCause, at: string): IncidentChange {
  const open = before?.status === 'open' ? before : newIncident(cause, at, before);
  const seen = new Set(open.rootDates);
  const further = cause.dates.filter((date) => !seen.has(date));
  const heldUp = cause.heldUp.map(({ processor, dates }) => ({ processor, units: dates.length }));
  const incident: Incident = {
    ...open,
    title: cause.title,
    rootDates: [...open.rootDates, ...further],
    rootDateCount: cause.dates.length,
    heldUpUnits: countUnits(heldUp),
    heldUpMost: more(open.heldUpMost, heldUp),
    resolution: cause.resolution,
  };
  if (open !== before) return { kind: 'opened', incident, cause };
  if (further.length > 0) return { kind: 'grown', incident, cause };
  const same = (['title', 'rootDateCount', 'heldUpUnits', 'heldUpMost', 'resolution'] as const).every((field) => incident[field] === before[field]);
  return { kind: same ? 'kept' : 'recorded', incident, cause };
}

/** Gone when it was open; otherwise it has been gone for a while, and somebody has still to be told. */
function findEnd(incident: Incident, at: string): IncidentChange {
  if (incident.status === 'resolved') return { kind: 'kept', incident, cause: null };
  return { kind: 'resolved', incident: { ...incident, status: 'resolved', resolvedAt: at, rootDateCount: 0, heldUpUnits: 0 }, cause: null };
}

function newIncident(cause: RootCause, at: string, before: Incident | undefined): Incident {
  return {
    key: cause.key, status: 'open', openedAt: at, resolvedAt: null, title: cause.title, rootDates: [], rootDateCount: 0,
    heldUpUnits: 0, heldUpMost: [], resolution: cause.resolution, told: carriedOver(before),
  };
}

/** A channel that never heard of the last time's end takes it for open still: it is told of the dates, not of an opening. */
function carriedOver(before: Incident | undefined): ReadonlyMap<string, Told> {
  const unaware = [...(before?.told ?? [])].filter(([, { status }]) => status !== 'resolved');
  return new Map(unaware.map(([channel, told]) => [channel, { ...told, dates: 0 }]));
}

const more = (before: readonly HeldUpCount[], now: readonly HeldUpCount[]) => (countUnits(now) > countUnits(before) ? now : before);

function mergeByKey(causes: readonly RootCause[]): ReadonlyMap<string, RootCause> {
  const merged = new Map<string, RootCause>();
  for (const cause of causes) {
    const earlier = merged.get(cause.key);
    merged.set(cause.key, earlier ? {
      ...earlier,
      dates: [...new Set<GameDate>([...earlier.dates, ...cause.dates])].sort(),
      heldUp: [...earlier.heldUp, ...cause.heldUp],
      errors: [...new Set([...earlier.errors, ...cause.errors])],
    } : cause);
  }
  return merged;
}
