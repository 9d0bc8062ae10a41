import { alertIncidents } from '@nba/alerts';
import { STATE_TABLES } from '@nba/kernel';

/** The tables that belong to no processor. */
export const DOCUMENTED_STATE_TABLES = [...STATE_TABLES, alertIncidents];
