/** The name under which the incident book is bound in a container. A global symbol, so that two copies of this package mean the same. */
export const INCIDENT_BOOK = Symbol.for('@nba/IncidentBook');
