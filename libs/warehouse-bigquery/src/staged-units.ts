import { column, type ReplacedUnit, type Row, type TableDefinition } from '@nba/kernel';

/** The units of the replacement in hand, one line each. */
export const STAGED_UNIT_COLUMNS: TableDefinition['columns'] = {
  data_date: column.date('Unit'), from_date: column.date('First partition'), to_date: column.date('Last partition'), claim: column.text('success or partial'),
  errors: column.text('Findings'), error_code: column.text('Code'), source_documents: column.text('Documents'),
  coverage_gaps: column.text('Holes'), empty_reason: column.text('Why no rows'),
  is_lost: column.flag('Whether something else was stored than recorded'), lost_hash: column.text('Hash of what was recorded'),
};

export function unitRow(unit: ReplacedUnit): Row {
  return {
    data_date: unit.dataDate, from_date: unit.partitions.from, to_date: unit.partitions.to, claim: unit.claim, errors: unit.errors,
    error_code: unit.errorCode, source_documents: unit.sourceDocuments, coverage_gaps: unit.coverageGaps, empty_reason: unit.emptyReason,
    is_lost: unit.lost !== null, lost_hash: unit.lost?.hash ?? null,
  };
}
