import { NbaError, easternDate, sql, type GameDate, type Row } from '@nba/kernel';
import { alertIncidents } from './alert-incidents.table';
import { knowsAll, type Incident, type Told } from './incident';

/**
 * The newest row of every incident that somebody may still have to be told about, and the highest sequence of all:
 * one query, whose answer is as small as what is wrong.
 */
export const UNFINISHED_INCIDENTS = sql`SELECT incident, sequence, status, opened_at, resolved_at, title, root_dates, root_date_count, held_up_units, held_up_most,
    resolution, delivered_to, undelivered
  FROM ${alertIncidents}
  WHERE TRUE
  QUALIFY ROW_NUMBER() OVER (PARTITION BY incident ORDER BY sequence DESC, recorded_at DESC) = 1
    AND (status = 'open' OR undelivered IS NOT NULL OR sequence = MAX(sequence) OVER ())
  ORDER BY opened_at, incident`.text;

/** What is stored of an incident; the same incident gives the same text. */
export function contentOf(incident: Incident): Row {
  const told = [...incident.told].sort(([a], [b]) => (a < b ? -1 : 1));
  const lacking = told.filter(([, channel]) => !knowsAll(incident, channel));
  return {
    incident: incident.key,
    status: incident.status,
    opened_at: incident.openedAt,
    resolved_at: incident.resolvedAt,
    title: incident.title,
    root_dates: incident.rootDates.join(','),
    root_date_count: incident.rootDateCount,
    held_up_units: incident.heldUpUnits,
    held_up_most: incident.heldUpMost.map(({ processor, units }) => `${processor}:${units}`).join(';'),
    resolution: incident.resolution,
    delivered_to: told.filter(([, channel]) => knowsAll(incident, channel)).map(([name]) => name).join(','),
    undelivered: lacking.length === 0 ? null : JSON.stringify(Object.fromEntries(lacking)),
  };
}

/** The row that makes this the incident's state. */
export function rowOf(incident: Incident, sequence: number, at: string): Row {
  return { ...contentOf(incident), sequence, recorded_at: at, recorded_on: easternDate(new Date(at)) };
}

/** Reads a row back. @throws NbaError INVALID_ARGUMENT naming the incident when its account of the channels cannot be read */
export function incidentOf(row: Row): Incident {
  const text = (name: string) => String(row[name] ?? '');
  const known = {
    key: text('incident'),
    status: row['status'] === 'resolved' ? ('resolved' as const) : ('open' as const),
    openedAt: instant(text('opened_at')),
    resolvedAt: row['resolved_at'] === null ? null : instant(text('resolved_at')),
    title: text('title'),
    rootDates: split(text('root_dates'), ',') as GameDate[],
    rootDateCount: Number(row['root_date_count']),
    heldUpUnits: Number(row['held_up_units']),
    heldUpMost: split(text('held_up_most'), ';').map((entry) => ({ processor: entry.slice(0, entry.lastIndexOf(':')), units: Number(entry.slice(entry.lastIndexOf(':') + 1)) })),
    resolution: row['resolution'] as string | null,
  };
  const complete: Told = { status: known.status, dates: known.rootDates.length, error: null };
  const delivered = split(text('delivered_to'), ',').map((name): [string, Told] => [name, complete]);
  return { ...known, told: new Map([...delivered, ...lackingOf(row)]) };
}

function lackingOf(row: Row): [string, Told][] {
  if (row['undelivered'] === null) return [];
  try {
    return Object.entries(JSON.parse(String(row['undelivered'])) as Record<string, Told>);
  } catch (fault) {
    throw new NbaError('INVALID_ARGUMENT', `alert_incidents.undelivered of ${row['incident']} cannot be read: "${row['undelivered']}"`, {
      table: 'nba_reference.alert_incidents', field: 'undelivered',
    }, fault);
  }
}

/** Engines write the same instant with and without fractions of a second. */
const instant = (text: string) => new Date(text).toISOString();

const split = (text: string, separator: string) => (text === '' ? [] : text.split(separator));
