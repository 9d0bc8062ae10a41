import { column, defineTable, parseGameDate, type PartitionReplacement, type RunIdentity } from '@nba/kernel';

export const box = defineTable({
  dataset: 'nba_raw',
  name: 'box',
  description: 'A box score.',
  key: ['game_id', 'player_id'],
  columns: {
    game_id: column.text('Game'), game_date: column.date('Partition'), player_id: column.integer('Player'), share: column.float('Of the team'), is_home: column.flag('At home'),
    source_document: column.provenance('Document'),
  },
});

const [from, to] = [parseGameDate('2025-01-25'), parseGameDate('2025-01-26')];

/** Two dates computed by a query. */
export function aReplacement(run: Partial<RunIdentity> = {}): PartitionReplacement {
  return {
    table: box,
    range: { from, to },
    source: { statement: { text: 'SELECT * FROM nba_raw.source WHERE game_date BETWEEN CAST(@from AS DATE) AND CAST(@to AS DATE)', parameters: { from, to } } },
    spine: { text: 'SELECT game_date, game_id, player_id FROM nba_raw.source', parameters: {} },
    spineKey: ['game_id', 'player_id'],
    inputs: ['nba_raw.source'],
    run: {
      runId: 'r1', processorName: 'BoxProcessor', phase: 2, attempt: 1, startedAt: '2025-01-28T11:00:00.000Z', codeVersion: 'abc', trigger: 'spec', correlationId: 'c', skipDownstreamTrigger: false, ...run,
    },
    units: [from, to].map((date) => ({
      dataDate: date, partitions: { from: date, to: date }, claim: 'success', errors: null, errorCode: null, sourceDocuments: null, coverageGaps: null, emptyReason: 'none', lost: null,
    })),
  };
}
