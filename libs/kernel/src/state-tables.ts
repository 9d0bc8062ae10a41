import { date, flag, integer, text, timestamp } from './columns';
import { defineTable } from './table';

/**
 * One row for every end of a run at a unit; append-only. The newest row of (processor_name, data_date)
 * is the unit's recorded state. Column names are those the operators' queries use.
 */
export const processorRunHistory = defineTable({
  dataset: 'nba_reference',
  name: 'processor_run_history',
  description: 'Append-only record of what each run did at each unit, written in the transaction that wrote the rows.',
  key: ['run_id', 'processor_name', 'data_date'],
  partition: 'data_date',
  columns: {
    processor_name: text('The processor, as in PlayerGameSummaryProcessor'),
    data_date: date('Game date of the unit; for a season its first day, 1 October'),
    run_id: text('The run: one attempt of one processor at one or more dates'),
    phase: integer('2 raw, 3 analytics, 4 precompute'),
    attempt: integer('1 for the first try of this run, then counting'),
    status: text('running, success, partial, empty_ok, failed, blocked or skipped'),
    started_at: timestamp('When the attempt started'),
    finished_at: timestamp('When its rows were in place, or it gave up'),
    rows_stored: integer('Rows of the unit as read back'),
    rows_expected: integer('Keys its spine asks for'),
    rows_missing: integer('Keys of the spine that are not stored'),
    output_table: text('dataset.table written'),
    output_version: integer('The table version this replacement made'),
    input_versions: text('Versions of the tables read, from the same snapshot: dataset.table:version, comma-separated'),
    output_hash: text('Hash of the stored rows, whatever their order; comparable within one engine'),
    source_documents: text('Raw units: the lake documents it was built from'),
    code_version: text('Hash of the normalised SQL and definition'),
    trigger: text('Who or which message asked for the run'),
    skip_downstream_trigger: flag('Whether completion was not to be published'),
    coverage_gaps: text('Holes in informing lookbacks at the time of the run; NULL when there were none'),
    error_code: text('Stable code of what went wrong; NULL when nothing did'),
    errors: text('What went wrong, in words; NULL when nothing did'),
  },
});

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
    kind: text('partition (all rows are new), came, went or edited'),
    game_id: text('The game, NULL for a whole partition'),
    team_id: integer('The team where the table has one'),
    player_id: integer('The player where the table has one'),
    columns: text('Columns that differ, comma-separated; NULL unless edited'),
  },
});

/** Tables that every warehouse holds beside those of the processors. */
export const STATE_TABLES = [processorRunHistory, partitionChanges] as const;
