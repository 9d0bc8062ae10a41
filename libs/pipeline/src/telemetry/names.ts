/** Under which name everything here is recorded: the instrumentation scope of OpenTelemetry. */
export const SCOPE = '@nba/pipeline';

/**
 * What attributes are called: as OpenTelemetry's semantic conventions have them (1.39), and `nba.…` where they have no
 * word for it. Game dates are inclusive.
 */
export const ATTRIBUTE = {
  request: 'nba.request',
  trigger: 'nba.trigger',
  correlationId: 'nba.correlation_id',
  processor: 'nba.processor',
  phase: 'nba.phase',
  runId: 'nba.run_id',
  from: 'nba.game_dates.from',
  to: 'nba.game_dates.to',
  units: 'nba.units',
  ready: 'nba.units.ready',
  blocked: 'nba.units.blocked',
  complete: 'nba.units.complete',
  failed: 'nba.units.failed',
  groups: 'nba.groups',
  rows: 'nba.rows',
  changes: 'nba.changes',
  status: 'nba.status',
  reason: 'nba.reason',
  errorType: 'error.type',
  system: 'db.system.name',
  namespace: 'db.namespace',
  operation: 'db.operation.name',
  collection: 'db.collection.name',
  queryText: 'db.query.text',
  messaging: 'messaging.system',
  messagingOperation: 'messaging.operation.name',
  messagingOperationType: 'messaging.operation.type',
  destination: 'messaging.destination.name',
} as const;

/** What metrics are called. */
export const METRIC = {
  unitsEnded: 'nba.units.ended',
  unitsBlocked: 'nba.units.blocked',
  rowsWritten: 'nba.rows.written',
  changes: 'nba.changes.recorded',
  groupDuration: 'nba.group.duration',
  statementDuration: 'db.client.operation.duration',
  eventsPublished: 'messaging.client.sent.messages',
  eventsConsumed: 'messaging.client.consumed.messages',
} as const;
