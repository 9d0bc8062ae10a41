import { aReplacement } from './replacement.fixture';
import { replacementText } from './replacement-text';

const statements = (text: string) => text.split(/;\s*\n/).map((statement) => statement.trim()).filter(Boolean);
const at = (lines: readonly string[], pattern: RegExp) => lines.findIndex((line) => pattern.test(line));
const { source } = aReplacement();
const query = { text: 'statement' in source ? source.statement.text : '' };

describe('the script of a replacement', () => {
  const { text } = replacementText(aReplacement(), { query });
  const lines = statements(text);

  it('does in one transaction what must happen together, in this order', () => {
    const order = [
      /^DECLARE begun_at/, /^IF CURRENT_TIMESTAMP\(\) >= CAST\(@begin_by AS TIMESTAMP\)/, /TEMP TABLE staged_units/, /TEMP TABLE staged_rows/, /TEMP TABLE unit_receipts/, /^SET computed_from =/, /^INSERT INTO staged_rows/, /^BEGIN TRANSACTION$/, /^SET replaced =/, /NBA_INPUTS_MOVED/, /INSERT INTO nba_reference\.partition_changes/, /^DELETE FROM nba_raw\.box/,
      /^INSERT INTO nba_raw\.box/, /^INSERT INTO unit_receipts/, /^INSERT INTO nba_reference\.processor_run_history/, /^COMMIT TRANSACTION$/, /^SELECT processor_name, data_date, .* unexpected, duplicates FROM unit_receipts/s,
    ].map((pattern) => at(lines, pattern));
    expect(order).not.toContain(-1);
    expect(order).toEqual([...order].sort((a, b) => a - b));
  });

  it('asks whether it may still begin outside the transaction, in which the clock stands still', () => {
    expect(lines.slice(0, at(lines, /^BEGIN TRANSACTION$/)).join(' ')).toMatch(/begin_by AS TIMESTAMP\) THEN\s+RAISE USING MESSAGE = 'NBA_LEASE_RAN_OUT'/);
    expect(lines.slice(at(lines, /^BEGIN TRANSACTION$/)).join(' ')).not.toContain('begin_by');
  });

  it('has no value in its text: units, range and run are parameters', () => {
    for (const value of ['2025-01-25', '2025-01-26', "'r1'", 'BoxProcessor']) expect(text).not.toContain(value);
    for (const name of ['@from', '@to', '@run_id', '@processor_name', '@units', '@begin_by']) expect(text).toContain(name);
  });

  it('is the same for other dates and runs, so that plans can be kept', () => expect(replacementText(aReplacement({ runId: 'r2', attempt: 3 }), { query }).text).toBe(text));

  it('takes loaded rows whole, so that those outside the units are found', () => {
    const loaded = replacementText(aReplacement(), { loaded: { text: 'nba_staging.rows_1' } }).text;
    expect(loaded).toMatch(/INSERT INTO staged_rows \([^)]*\) SELECT [^;]* FROM nba_staging\.rows_1;/);
    expect(loaded).toContain('NBA_ROWS_ELSEWHERE');
  });

  it('looks after what was lost only when something was', () => {
    const [first, ...others] = aReplacement().units;
    const lost = { ...aReplacement(), units: [{ ...first, lost: { hash: 'h' } }, ...others] as never };
    expect([text.includes('lost_hash, \'partition\''), replacementText(lost, { query }).text.includes("IF(content_hash = lost_hash, 'partition', 'unknown')"), text.includes("IF(content_hash = lost_hash")]).toEqual([false, true, false]);
  });
});
