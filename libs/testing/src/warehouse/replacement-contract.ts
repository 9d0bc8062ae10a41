import type { PartitionReplacement, Row, UnitReceipt, Warehouse } from '@nba/kernel';
import { replaceUnderLease } from './replace-under-lease';
import { box, D1, D2, D3, player, replaceBox, runIdentity, sourced, spineOf, summarize, summary, unit } from './sample-tables';

/** What a replacement leaves behind, and what it leaves alone. */
export function replacementContract(warehouse: () => Warehouse): void {
  const replace = (replacement: PartitionReplacement) => replaceUnderLease(warehouse(), replacement);
  const points = async () => (await warehouse().query('SELECT game_date, player_id, points FROM nba_raw.contract_box ORDER BY game_date, player_id, points'))
    .map((row) => `${row['game_date']} ${row['player_id']} ${row['points']}`);
  const history = (runId: string) => warehouse().query('SELECT * FROM nba_reference.processor_run_history WHERE run_id = @runId ORDER BY data_date', { runId });
  const changes = (runId: string) =>
    warehouse().query('SELECT game_date, kind, player_id, columns FROM nba_reference.partition_changes WHERE run_id = @runId ORDER BY game_date, kind, player_id', { runId });
  const counts = ({ dataDate, status, rows, expected, missing, unexpected, duplicates, changes: changed }: UnitReceipt) =>
    [dataDate, status, rows, expected, missing, unexpected, duplicates, changed];
  const all = { from: D1, to: D3 };

  describe('replacePartitions', () => {
    beforeEach(async () => {
      // Range by range: the suite must also run where tables cannot be truncated at will.
      await warehouse().query('DELETE FROM nba_raw.contract_box WHERE TRUE');
      await warehouse().query('DELETE FROM nba_analytics.contract_summary WHERE TRUE');
      await warehouse().query('DELETE FROM nba_raw.contract_sourced WHERE TRUE');
      await warehouse().query('DELETE FROM nba_reference.partition_changes WHERE TRUE');
      await warehouse().query('DELETE FROM nba_reference.processor_run_history WHERE TRUE');
    });

    it('stores rows, counts them per unit and records one change for each new partition', async () => {
      const receipts = await replace(replaceBox('r1', all, [player(D1, 1, 10), player(D1, 2, null), player(D3, 1, 0)]));
      expect(receipts.map(counts)).toEqual([[D1, 'success', 2, 2, 0, 0, 0, 1], [D3, 'success', 1, 1, 0, 0, 0, 1]]);
      expect(await points()).toEqual([`${D1} 1 10`, `${D1} 2 null`, `${D3} 1 0`]);
      expect(await changes('r1')).toEqual([D1, D3].map((game_date) => ({ game_date, kind: 'partition', player_id: null, columns: null })));
    });

    it('replaces only within the range', async () => {
      await replace(replaceBox('r1', all, [player(D1, 1, 10), player(D2, 1, 20), player(D3, 1, 30)]));
      await replace(replaceBox('r2', { from: D2, to: D2 }, [player(D2, 1, 21)]));
      expect(await points()).toEqual([`${D1} 1 10`, `${D2} 1 21`, `${D3} 1 30`]);
    });

    it('leaves dates between its units as they are, whatever the query yields for them', async () => {
      await replace(replaceBox('r1', all, [player(D1, 1, 10), player(D2, 1, 20), player(D3, 1, 30)]));
      await replace(summarize('s1', all, [unit(D1), unit(D2), unit(D3)]));
      await replace(replaceBox('r2', all, [player(D1, 1, 11), player(D3, 1, 31)], { units: [unit(D1), unit(D3)] }));
      expect(await points()).toEqual([`${D1} 1 11`, `${D2} 1 20`, `${D3} 1 31`]);
      await warehouse().query(`UPDATE nba_raw.contract_box SET points = 99 WHERE game_date = CAST('${D2}' AS DATE)`);
      const receipts = await replace(summarize('s2', all, [unit(D1), unit(D3)]));
      expect(receipts.map(counts)).toEqual([[D1, 'success', 1, 1, 0, 0, 0, 1], [D3, 'success', 1, 1, 0, 0, 0, 1]]);
      const summed = await warehouse().query('SELECT game_date, points FROM nba_analytics.contract_summary ORDER BY game_date');
      expect(summed.map((row) => row['points'])).toEqual([11, 20, 31]);
      expect((await changes('s2')).map(({ game_date: date }) => date)).toEqual([D1, D3]);
    });

    it('records what came, went and was edited, with the columns', async () => {
      await replace(replaceBox('r1', all, [player(D1, 1, 10), player(D1, 2, 20), player(D1, 3, null), player(D1, 4, 5)]));
      const next = [player(D1, 1, 10), player(D1, 3, 0, { share: 0.5 }), player(D1, 4, 5, { player_name: "D'Angelo Ñ" }), player(D1, 9, 1), player(D2, 1, 7), player(D2, 2, 8)];
      const receipts = await replace(replaceBox('r2', all, next));
      expect(await changes('r2')).toEqual([
        { game_date: D1, kind: 'came', player_id: 9, columns: null },
        { game_date: D1, kind: 'edited', player_id: 3, columns: 'points,share' },
        { game_date: D1, kind: 'edited', player_id: 4, columns: 'player_name' },
        { game_date: D1, kind: 'went', player_id: 2, columns: null },
        { game_date: D2, kind: 'partition', player_id: null, columns: null },
      ]);
      expect(receipts.map((receipt) => receipt.changes)).toEqual([4, 1]);
    });

    it('records what had been lost as one change: of everybody stored there when it is back, else of nobody knows whom', async () => {
      const rows = [player(D1, 1, 10), player(D1, 2, 20), player(D2, 1, 5), player(D3, 1, 7)];
      await replace(replaceBox('r1', all, rows));
      const lost = (await warehouse().readBack(box, all)).map(({ contentHash }) => ({ lost: { hash: contentHash } }));
      await warehouse().query(`DELETE FROM nba_raw.contract_box WHERE game_date IN (CAST('${D1}' AS DATE), CAST('${D2}' AS DATE))`);
      // The first date comes back as it was, the second otherwise, the third not at all and had not been lost.
      const receipts = await replace(replaceBox('r2', all, [...rows.slice(0, 2), player(D2, 1, 6)], { units: [unit(D1, lost[0]), unit(D2, lost[1]), unit(D3)] }));
      expect((await changes('r2')).map(({ game_date: date, kind }) => [date, kind]).filter(([, kind]) => kind !== 'went')).toEqual(expect.arrayContaining([[D1, 'partition'], [D2, 'unknown']]));
      expect(receipts.map((receipt) => receipt.changes > 0)).toEqual([true, true, true]);
      await warehouse().query(`DELETE FROM nba_raw.contract_box WHERE game_date = CAST('${D1}' AS DATE)`);
      await replace(replaceBox('r3', { from: D1, to: D1 }, [], { spine: spineOf([]), units: [unit(D1, lost[0])] }));
      expect(await changes('r3')).toMatchObject([{ game_date: D1, kind: 'unknown' }]);
    });

    it('records no change when nothing changes, whatever the order of rows, and the content hash stays', async () => {
      const rows = [player(D1, 1, 10, { share: 1 / 3 }), player(D1, 2, 20)];
      await replace(replaceBox('r1', all, rows));
      const before = await warehouse().readBack(box, all);
      const [receipt] = await replace(replaceBox('r2', all, [...rows].reverse()));
      expect(receipt?.changes).toBe(0);
      expect(await changes('r2')).toEqual([]);
      expect(await warehouse().readBack(box, all)).toEqual(before);
      expect((await history('r2'))[0]?.['output_hash']).toBe((await history('r1'))[0]?.['output_hash']);
    });

    it('stores the rows as they are given, though a key comes twice or came twice before', async () => {
      const [one, two] = [player(D1, 1, 10), player(D1, 2, 20)];
      // The last two: as many rows as before, and none that the others do not hold.
      for (const [i, rows] of [[one], [one, one], [one, player(D1, 1, 11)], [one], [one, one, two], [one, two, two]].entries()) {
        await replace(replaceBox(`r${i}`, all, rows));
        expect([i, await points()]).toEqual([i, rows.map((row) => `${D1} ${row['player_id']} ${row['points']}`)]);
      }
    });

    it('reads back rows, keys and a hash that tells NULL from 0, by date', async () => {
      await replace(replaceBox('r1', all, [player(D1, 1, null), player(D3, 1, 5), player(D3, 2, 6)]));
      const before = await warehouse().readBack(box, all);
      expect(before.map(({ date, rows, distinctKeys }) => [date, rows, distinctKeys])).toEqual([[D1, 1, 1], [D3, 2, 2]]);
      await replace(replaceBox('r2', all, [player(D1, 1, 0), player(D3, 1, 5), player(D3, 2, 6)]));
      const after = await warehouse().readBack(box, all);
      expect(after[0]?.contentHash).not.toBe(before[0]?.contentHash);
      expect(after[1]).toEqual(before[1]);
      expect(await warehouse().readBack(box, { from: D2, to: D2 })).toEqual([]);
    });

    it.each<[string, readonly Row[], readonly number[], Partial<ReturnType<typeof unit>>, unknown[]]>([
      ['a missing key is partial', [player(D1, 1, 1)], [1, 2], {}, ['partial', 1, 2, 1, 0, 0]],
      ['an unexpected key is partial', [player(D1, 1, 1), player(D1, 2, 1)], [1], {}, ['partial', 2, 1, 0, 1, 0]],
      ['a duplicate is partial', [player(D1, 1, 1), player(D1, 1, 2)], [1], {}, ['partial', 2, 1, 0, 0, 1]],
      ['nothing expected and nothing stored is empty_ok', [], [], {}, ['empty_ok', 0, 0, 0, 0, 0]],
      ['nothing stored where something is expected is partial', [], [1], {}, ['partial', 0, 1, 1, 0, 0]],
      ['a claim of partial stays partial', [player(D1, 1, 1)], [1], { claim: 'partial', errors: 'totals differ', errorCode: 'TOTALS_DIFFER' }, ['partial', 1, 1, 0, 0, 0]],
    ])('%s', async (_, rows, keys, claim, expected) => {
      const replacement = replaceBox('r1', { from: D1, to: D1 }, rows, { spine: spineOf(keys.map((key) => [D1, key])), units: [unit(D1, claim)] });
      const receipts = await replace(replacement);
      expect(receipts.map(counts).map((line) => line.slice(1, 7))).toEqual([expected]);
      expect((await history('r1')).map((row) => row['status'])).toEqual([expected[0]]);
    });

    it('writes the history with identity, versions, reasons and instants', async () => {
      const run = runIdentity('r1', { attempt: 2 });
      const spine = spineOf([[D1, 1], [D1, 2]]);
      await replace(replaceBox('r1', all, [player(D1, 1, 1)], { run, spine, units: [unit(D1, { errors: 'seen', coverageGaps: '2025-01-20' }), unit(D2)] }));
      expect(await history('r1')).toEqual([
        expect.objectContaining({
          processor_name: 'ContractBoxProcessor', data_date: D1, run_id: 'r1', phase: 2, attempt: 2, status: 'partial', started_at: '2025-01-28T11:00:00.000Z',
          rows_stored: 1, rows_expected: 2, rows_missing: 1, output_table: 'nba_raw.contract_box', output_version: 1, input_versions: null, code_version: 'abc123',
          trigger: 'contract', skip_downstream_trigger: true, coverage_gaps: '2025-01-20', error_code: 'KEYS_DIFFER',
          errors: 'seen; 1 keys missing, 0 unexpected, 0 duplicate', finished_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
        }),
        expect.objectContaining({ data_date: D2, status: 'empty_ok', rows_stored: 0, error_code: null, errors: 'nothing is scheduled', output_hash: null }),
      ]);
    });

    it('answers with the lines of the run history as they were recorded', async () => {
      const spine = { text: `SELECT DATE '${D1}' AS game_date, '${player(D1, 1, 1).game_id}' AS game_id, CAST(1 AS INT64) AS player_id`, parameters: {} };
      await replace(replaceBox('r1', all, [player(D1, 1, 1)], { spine, units: [unit(D1), unit(D2)] }));
      const receipts = await replace(replaceBox('r2', all, [player(D1, 2, 1), player(D2, 1, 7)], { spine, units: [unit(D1, { errors: 'seen', sourceDocuments: 'a.json' }), unit(D2)] }));
      expect(receipts.map(({ recorded }) => recorded)).toEqual(await history('r2'));
      const summed = await replace(summarize('s1', all, [unit(D1), unit(D2)]));
      expect(summed.map(({ recorded }) => recorded)).toEqual(await history('s1'));
    });

    it('dates no end before its beginning, though the clock of who runs is ahead', async () => {
      const startedAt = '2099-01-01T00:00:00.000Z';
      await replace(replaceBox('r1', { from: D1, to: D1 }, [player(D1, 1, 1)], { run: runIdentity('r1', { startedAt }) }));
      expect(await history('r1')).toEqual([expect.objectContaining({ started_at: startedAt, finished_at: startedAt })]);
    });

    it('raises the version of the table it writes and records those it reads', async () => {
      for (const run of ['r1', 'r2', 'r3']) await replace(replaceBox(run, all, [player(D1, 1, 10), player(D1, 2, 30)]));
      await replace(summarize('s1', all, [unit(D1)]));
      expect((await history('r3'))[0]).toMatchObject({ output_version: 3 });
      expect((await history('s1'))[0]).toMatchObject({ output_version: 1, input_versions: 'nba_raw.contract_box:3' });
      expect(await warehouse().query('SELECT player_id, share FROM nba_analytics.contract_summary ORDER BY player_id')).toEqual([{ player_id: 1, share: 0.25 }, { player_id: 2, share: 0.75 }]);
    });

    it('computes a range again from a query, over rows that are there', async () => {
      await replace(replaceBox('r1', all, [player(D1, 1, 10), player(D2, 1, 30)]));
      await replace(summarize('s1', all, [unit(D1), unit(D2)]));
      await replace(replaceBox('r2', { from: D2, to: D2 }, [player(D2, 1, 10), player(D2, 2, 30)]));
      const receipts = await replace(summarize('s2', all, [unit(D1), unit(D2)]));
      expect(receipts.map(counts)).toEqual([[D1, 'success', 1, 1, 0, 0, 0, 0], [D2, 'success', 2, 2, 0, 0, 0, 2]]);
      expect(await changes('s2')).toEqual([
        { game_date: D2, kind: 'came', player_id: 2, columns: null },
        { game_date: D2, kind: 'edited', player_id: 1, columns: 'points,share' },
      ]);
      expect((await warehouse().readBack(summary, all)).map(({ rows }) => rows)).toEqual([1, 2]);
    });

    it('replaces different tables side by side, each with its own history and changes', async () => {
      await replace(replaceBox('r1', all, [player(D1, 1, 10), player(D2, 1, 20)]));
      const [boxes, sums] = await Promise.all([
        replace(replaceBox('r2', all, [player(D1, 1, 11), player(D2, 1, 20)], { table: sourced })),
        replace(summarize('s1', all, [unit(D1), unit(D2)])),
      ]);
      expect([boxes, sums].map((receipts) => receipts.map(counts).map((line) => line.slice(0, 3)))).toEqual([[[D1, 'success', 1], [D2, 'success', 1]], [[D1, 'success', 1], [D2, 'success', 1]]]);
      expect((await history('r2')).map((row) => [row['output_table'], row['output_version']])).toEqual([['nba_raw.contract_sourced', 1], ['nba_raw.contract_sourced', 1]]);
      expect((await history('s1')).map((row) => [row['output_table'], row['input_versions']])).toEqual(Array(2).fill(['nba_analytics.contract_summary', 'nba_raw.contract_box:1']));
      expect([(await changes('r2')).length, (await changes('s1')).length]).toEqual([2, 2]);
    });

    it('stores where a row was taken from, and finds no change in that alone', async () => {
      const from = (document: string, points: number) => replace(replaceBox(document, { from: D1, to: D1 }, [player(D1, 1, points, { source_document: document })], { table: sourced }));
      const stored = async () => (await warehouse().query('SELECT points, source_document FROM nba_raw.contract_sourced'))[0];
      const hash = async () => (await warehouse().readBack(sourced, all))[0]?.contentHash;
      await from('first', 10);
      const before = await hash();
      expect((await from('second', 10)).map((receipt) => receipt.changes)).toEqual([0]);
      expect(await stored()).toEqual({ points: 10, source_document: 'second' });
      expect(await hash()).toBe(before);
      expect((await from('third', 11)).map((receipt) => receipt.changes)).toEqual([1]);
      expect(await changes('third')).toEqual([{ game_date: D1, kind: 'edited', player_id: 1, columns: 'points' }]);
    });

    /** The summaries by another query of the box scores. */
    const summarizeBy = (runId: string, text: string): PartitionReplacement =>
      ({ ...summarize(runId, { from: D1, to: D1 }, [unit(D1)]), source: { statement: { text, parameters: {} } } });

    it('takes whole numbers for fractions, and finds nothing changed when they are the same', async () => {
      await replace(replaceBox('r1', all, [player(D1, 1, 10), player(D1, 2, 20)]));
      const counted = 'SELECT * EXCEPT (share), points + 9007199254740900 AS share FROM nba_raw.contract_box';
      expect((await replace(summarizeBy('s1', counted))).map(counts)).toEqual([[D1, 'success', 2, 2, 0, 0, 0, 1]]);
      expect((await replace(summarizeBy('s2', counted))).map(counts)).toEqual([[D1, 'success', 2, 2, 0, 0, 0, 0]]);
      expect((await replace(summarizeBy('s3', counted.replace('points +', 'IF(player_id = 2, 21, points) +')))).map(counts)).toEqual([[D1, 'success', 2, 2, 0, 0, 0, 1]]);
      expect(await changes('s3')).toEqual([{ game_date: D1, kind: 'edited', player_id: 2, columns: 'share' }]);
    });

    it('refuses a query that yields another type, by its column, whether there are rows or not', async () => {
      await replace(replaceBox('r1', all, [player(D1, 1, 10)]));
      const halved = 'SELECT * EXCEPT (points), points / 2 AS points FROM nba_raw.contract_box';
      const refusal = { code: 'WAREHOUSE_STATEMENT_FAILED', fields: { table: 'nba_analytics.contract_summary', field: 'points' } };
      await expect(replace(summarizeBy('s1', halved))).rejects.toMatchObject(refusal);
      await replace(summarize('s2', { from: D1, to: D1 }, [unit(D1)]));
      await expect(replace(summarizeBy('s3', halved))).rejects.toMatchObject(refusal);
      expect(await warehouse().query('SELECT points FROM nba_analytics.contract_summary')).toEqual([{ points: 10 }]);
    });

    it('takes units of many partitions, expected by a part of the key', async () => {
      const rows = [player(D1, 1, 1), player(D1, 2, 2), player(D3, 1, 3)];
      const spine = { text: `SELECT DATE '${D1}' AS game_date, '${rows[0]?.['game_id']}' AS game_id UNION ALL SELECT DATE '${D2}', 'absent'`, parameters: {} };
      const receipts = await replace(replaceBox('r1', all, rows, { spine, spineKey: ['game_id'], units: [unit(D1, { partitions: all })] }));
      expect(receipts.map(counts)).toEqual([[D1, 'partial', 3, 2, 1, 1, 0, 2]]);
    });

    describe('all or nothing', () => {
      const before = [`${D1} 1 10`, `${D2} 1 20`];
      const good = [player(D1, 1, 11), player(D1, 2, 12)];
      const failing: [string, PartitionReplacement][] = [
        ['a row does not fit', replaceBox('bad', all, [...good, player(D2, 1, null, { points: 'ten' })])],
        ['a row lies outside the range', replaceBox('bad', { from: D1, to: D1 }, [...good, player(D2, 9, 9)])],
        ['a row belongs to no unit', replaceBox('bad', all, [...good, player(D2, 1, 1)], { units: [unit(D1)] })],
        ['the history cannot be written', replaceBox('bad', all, good, { run: runIdentity('bad', { startedAt: 'yesterday' }) })],
        ['the spine fails', replaceBox('bad', all, good, { spine: { text: 'SELECT game_date, game_id, player_id FROM nba_raw.absent', parameters: {} } })],
        ['the query fails on a row', { ...replaceBox('bad', all, [], { units: [unit(D1), unit(D2)] }), source: { statement: { text: `SELECT game_id, game_date, team_id, player_id, player_name, CAST(player_name AS INT64) AS points, share FROM nba_raw.contract_box`, parameters: {} } } }],
        ['the query yields other types', { ...replaceBox('bad', all, [], { units: [unit(D1), unit(D2)] }), source: { statement: { text: `SELECT * EXCEPT (points), points / 2 AS points FROM nba_raw.contract_box`, parameters: {} } } }],
      ];
      it.each(failing)('keeps the old rows when %s', async (_, replacement) => {
        await replace(replaceBox('r1', all, [player(D1, 1, 10), player(D2, 1, 20)]));
        await expect(replace(replacement)).rejects.toMatchObject({ code: 'WAREHOUSE_STATEMENT_FAILED' });
        expect(await points()).toEqual(before);
        expect(await history('bad')).toEqual([]);
        expect(await changes('bad')).toEqual([]);
        const [receipt] = await replace(replaceBox('r2', { from: D1, to: D1 }, good));
        expect(receipt).toMatchObject({ status: 'success', rows: 2 });
        expect((await history('r2'))[0]).toMatchObject({ output_version: 2 });
      });

      it.each(failing.slice(0, 5))('keeps an empty range empty when %s', async (_, replacement) => {
        await expect(replace(replacement)).rejects.toMatchObject({ code: 'WAREHOUSE_STATEMENT_FAILED' });
        expect(await points()).toEqual([]);
        expect(await history('bad')).toEqual([]);
      });
    });
  });
}
