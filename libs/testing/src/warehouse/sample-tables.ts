import {
  column, defineTable, parseGameDate, tableId, type DateRange, type GameDate, type PartitionReplacement, type ReplacedUnit, type Row, type RunIdentity, type Statement,
} from '@nba/kernel';

/** One column of each type. */
export const everyType = defineTable({
  dataset: 'nba_raw',
  name: 'every_type',
  description: 'One column of each type.',
  key: ['id'],
  columns: {
    id: column.text('Key'),
    game_date: column.date('Partition'),
    whole: column.integer('64 bits'),
    ratio: column.float('Double'),
    is_home: column.flag('Flag'),
    seen_at: column.timestamp('Instant'),
  },
});

/** A small box score, and a table like the ones derived from it. */
const boxColumns = {
  game_id: column.text('Game'),
  game_date: column.date('Partition'),
  team_id: column.integer('Team'),
  player_id: column.integer('Player'),
  player_name: column.text('Name'),
  points: column.integer('Points'),
  share: column.float('Of the team'),
};
export const box = defineTable({ dataset: 'nba_raw', name: 'contract_box', description: 'Contract.', key: ['game_id', 'player_id'], columns: boxColumns });
export const summary = defineTable({ dataset: 'nba_analytics', name: 'contract_summary', description: 'Contract.', key: ['game_id', 'player_id'], columns: boxColumns });

/** A box score whose rows say where they come from. */
export const sourced = defineTable({
  dataset: 'nba_raw', name: 'contract_sourced', description: 'Contract.', key: ['game_id', 'player_id'], columns: { ...boxColumns, source_document: column.provenance('Document') },
});

export const D1 = parseGameDate('2025-01-25');
export const D2 = parseGameDate('2025-01-26');
export const D3 = parseGameDate('2025-01-27');

/** A row of the box score; the game follows from the date. */
export function player(date: GameDate, playerId: number, points: number | null, extra: Row = {}): Row {
  return { game_id: `002${date.replaceAll('-', '').slice(2)}1`, game_date: date, team_id: 1610612743, player_id: playerId, player_name: `Player ${playerId}`, points, share: null, ...extra };
}

export function unit(date: GameDate, extra: Partial<ReplacedUnit> = {}): ReplacedUnit {
  return {
    dataDate: date, partitions: { from: date, to: date }, claim: 'success', errors: null, errorCode: null, sourceDocuments: null,
    coverageGaps: null, emptyReason: 'nothing is scheduled', lost: null, ...extra,
  };
}

export function runIdentity(runId: string, extra: Partial<RunIdentity> = {}): RunIdentity {
  return {
    runId, processorName: 'ContractBoxProcessor', phase: 2, attempt: 1, startedAt: '2025-01-28T11:00:00.000Z', codeVersion: 'abc123', trigger: 'contract',
    correlationId: 'contract', skipDownstreamTrigger: true, ...extra,
  };
}

/** A spine of literal keys. */
export function spineOf(keys: readonly (readonly [GameDate, number])[]): Statement {
  const lines = keys.map(([date, playerId]) => `SELECT DATE '${date}' AS game_date, '${player(date, playerId, 0)['game_id']}' AS game_id, ${playerId} AS player_id`);
  const none = "SELECT DATE '2025-01-01' AS game_date, 'x' AS game_id, 0 AS player_id FROM UNNEST([1]) AS n WHERE n = 2";
  return { text: lines.length ? lines.join(' UNION ALL ') : none, parameters: {} };
}

/** Replaces the box scores of the range by these rows, with the rows' own keys expected unless said otherwise. */
export function replaceBox(runId: string, range: DateRange, rows: readonly Row[], extra: Partial<PartitionReplacement> = {}): PartitionReplacement {
  return {
    table: box,
    range,
    source: { rows },
    spine: spineOf(rows.map((row) => [row['game_date'] as GameDate, row['player_id'] as number])),
    spineKey: ['game_id', 'player_id'],
    inputs: [],
    run: runIdentity(runId),
    units: [...new Set(rows.map((row) => row['game_date'] as GameDate))].sort().map((date) => unit(date)),
    ...extra,
  };
}

/** Replaces the summaries of the range by what the box scores say now. */
export function summarize(runId: string, range: DateRange, units: readonly ReplacedUnit[]): PartitionReplacement {
  const between = 'game_date BETWEEN CAST(@from AS DATE) AND CAST(@to AS DATE)';
  const parameters = { from: range.from, to: range.to };
  return {
    table: summary,
    range,
    source: {
      statement: {
        text: `SELECT game_id, game_date, team_id, player_id, player_name, points,
          SAFE_DIVIDE(points, SUM(points) OVER (PARTITION BY game_id)) AS share FROM ${tableId(box)} WHERE ${between}`,
        parameters,
      },
    },
    spine: { text: `SELECT game_date, game_id, player_id FROM ${tableId(box)} WHERE ${between}`, parameters },
    spineKey: ['game_id', 'player_id'],
    inputs: [tableId(box)],
    run: runIdentity(runId, { processorName: 'ContractSummaryProcessor', phase: 3 }),
    units,
  };
}
