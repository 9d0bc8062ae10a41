export { NbaError, isTransient, TRANSIENT_CODES, type ErrorCode, type ErrorFields } from './nba-error';
export { packageFault } from './missing-package';
export { withoutCredentials, type PlainAddress } from './address-credentials';
export { type GameDate, type DateRange, parseGameDate, dayNumber, addDays, daysBetween, dateRange, isWithin, easternDate } from './game-date';
export { type Season, seasonStarting, parseSeason, seasonOf, seasonSpan, wholeSeasons, seasonsIn, rangeParameters } from './season';
export { type GameId, type TeamId, type PlayerId, type GameType, gameTypeOf, COUNTABLE_GAME_TYPES, DEFAULT_GAME_TYPES } from './ids';
export { type Sql, sql, joinSql, identifier, columnList, literal } from './sql';
export { type ColumnType, type Column, type TableDefinition, defineTable, tableId, columnNames, contentColumns, describeKey, keyColumns } from './table';
export * as column from './columns';
export type { Clock } from './clock';
export type { Parameter, Parameters, Cell, Row, QueryPort, QueryOptions } from './query-port';
export { type Subject, type Reach, type Lookback, sameDate, games, days, seasonSoFar, describeReach } from './lookback';
export type { Lease, LeaseAnswer, TableLeases } from './lease';
export type { Alert, AlertChannel } from './alert';
export type { RootCause, HeldUpUnits } from './root-cause';
export type { DocumentKind, DocumentRef, RawLake } from './raw-lake';
export type { EventBus, MessageAttributes } from './event-bus';
export { type Topic, type CompletionEvent, TOPICS, parseCompletionEvent } from './completion-event';
export type {
  RunStatus, Statement, ReplacedUnit, RunIdentity, PartitionReplacement, UnitReceipt, PartitionContent, CostEstimate, Warehouse,
} from './warehouse';
export { processorRunHistory, NEWEST_RUN_FIRST, partitionChanges, publishedRuns, deadLetters, STATE_TABLES } from './state-tables';
export { STAGED_UNIT_COLUMNS, stagedUnit, scriptParameters, sharedLine, versionsOf, receiptOf, assertRowsWithin, rowsElsewhere } from './replacement-rows';
export { type ReplacementScript, replacementScript, sharedColumns, STAGED_EDITS, STAGED_ROWS, STAGED_UNITS } from './replacement-script';
export { type RunFacts, type RunEnd, type RunListener, RUN_LISTENER } from './run-listener';
export { WAREHOUSE, RAW_LAKE, EVENT_BUS, CLOCK } from './service-identifiers';
