import { date, flag, integer, text, timestamp } from './columns';
import { sql } from './sql';
import { defineTable } from './table';

/**
 * Two rows for every run at a unit: `running` when it starts, and how it ended; append-only. The newest row of
 * (processor_name, data_date) is the unit's recorded state: `running` without a lease on its table has died. Column names are those the operators' queries use.
 */
export const processorRunHistory = defineTable({
  dataset: 'nba_reference',
  name: 'processor_run_history',
  description: 'Append-only record of what each run did at each unit, written in the transaction that wrote the rows.',
  key: ['run_id', 'processor_name', 'data_date', 'status'],
  partition: 'data_date',
  columns: {
    processor_name: text('The processor, as in PlayerGameSummaryProcessor'),
    data_date: date('Game date of the unit; for a season its first day, 1 October'),
    run_id: text('The run: one attempt of one processor at one or more dates'),
    phase: integer('2 raw, 3 analytics, 4 precompute, 5 prediction request'),
    attempt: integer('1 for the first try of this run, then counting'),
    status: text('running, success, partial, empty_ok, failed, blocked or skipped'),
    started_at: timestamp('When the attempt started'),
    finished_at: timestamp('When its rows were in place, or it gave up'),
    rows_stored: integer('Rows of the unit as read back'),
    rows_expected: integer('Keys its spine asks for'),
    rows_missing: integer('Keys of the spine that are not stored'),
    rows_changed: integer('Rows, or whole new partitions, that differ from what was stored before'),
    output_table: text('dataset.table written'),
    output_version: integer('The table version this replacement made'),
    input_versions: text('Versions of the tables read, from the same snapshot: dataset.table:version, comma-separated'),
    output_hash: text('Hash of the stored rows, whatever their order; comparable within one engine'),
    source_documents: text('Raw units: the lake documents it was built from'),
    code_version: text('Hash of the normalised SQL and definition'),
    trigger: text('Who or which message asked for the run'),
    correlation_id: text('The same for everything that followed from one request'),
    skip_downstream_trigger: flag('Whether completion was not to be published'),
    coverage_gaps: text('Holes in informing lookbacks at the time of the run; NULL when there were none'),
    blocked_by: text('Blocked units: the upstream units that are waited for, Processor:date,date;Processor:date'),
    error_code: text('Stable code of what went wrong; NULL when nothing did'),
    errors: text('What went wrong, in words; NULL when nothing did'),
  },
});

/** The order of the run history in which a unit's recorded state comes first: its newest run, and of that how it ended. */
export const NEWEST_RUN_FIRST = sql`started_at DESC, finished_at DESC NULLS LAST`;

/**
 * What each replacement changed, by key. A whole new partition is one row with kind `partition`.
 * A replacement that changes nothing writes nothing here.
 */
export const partitionChanges = defineTable({
  dataset: 'nba_reference',
  name: 'partition_changes',
  description: 'Rows that came, went or were edited by each replacement, with the columns that differ.',
  key: ['table_name', 'game_date', 'version', 'game_id', 'team_id', 'player_id'],
  columns: {
    table_name: text('dataset.table'),
    game_date: date('The partition'),
    version: integer('The table version that made the change'),
    run_id: text('The run that made it'),
    kind: text('partition (all rows are new), came, went, edited, or unknown (what was there before had been lost)'),
    game_id: text('The game, NULL for a whole partition'),
    team_id: integer('The team where the table has one'),
    player_id: integer('The player where the table has one'),
    columns: text('Columns that differ, comma-separated; NULL unless edited'),
  },
});

/**
 * The runs whose completion has been published and taken up. A finished run with new content that is not here is
 * published again by whoever comes next: a crash between the rows and the event loses nothing.
 */
export const publishedRuns = defineTable({
  dataset: 'nba_reference',
  name: 'published_runs',
  description: 'Runs whose completion events have been published and taken up; append-only.',
  key: ['run_id'],
  partition: 'published_on',
  columns: {
    run_id: text('The run'),
    published_on: date('UTC date of published_at'),
    published_at: timestamp('When its event was known to be taken up'),
  },
});

/** Messages that could not be understood, with the reason; append-only. The newest row of a message is its state. */
export const deadLetters = defineTable({
  dataset: 'nba_reference',
  name: 'dead_letters',
  description: 'Messages that no attempt could make sense of, kept to be looked at and replayed.',
  key: ['message_id', 'recorded_at'],
  partition: 'recorded_on',
  columns: {
    message_id: text('Hash of topic and payload: the same message counts once'),
    topic: text('Where it came from'),
    payload: text('The message as it came, JSON'),
    status: text('dead, or replayed'),
    error_code: text('Stable code of the reason'),
    reason: text('What is wrong with it, naming the field'),
    recorded_on: date('UTC date of recorded_at'),
    recorded_at: timestamp('When'),
  },
});

/** Tables that every warehouse holds beside those of the processors. */
export const STATE_TABLES = [processorRunHistory, partitionChanges, publishedRuns, deadLetters] as const;
