import { createServer, type Server } from 'node:http';
import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { DOCUMENT_BREAKS, SCHEDULE_BREAKS, type ByHand } from './breaks.fixture';
import type { Stage } from './situation.fixture';
import { SEASON, YESTERDAY } from './small-lake.fixture';

/** A broken situation of a section: how it comes about, what shows it, and what a person does by hand. */
export interface Situation {
  /** The section's title. */
  readonly section: string;
  /** What is acted out, for the test's name. */
  readonly name: string;
  /** The codes that it stands for. */
  readonly codes: readonly string[];
  /** From where it starts: the morning before its run, or after it. */
  readonly from: 'morning' | 'done';
  readonly make: (stage: Stage) => ByHand | Promise<ByHand>;
  /** The command that comes upon it; by default the morning's. */
  readonly command?: string;
  /** The end of the incident's name; by default the code. Null where there is no incident. */
  readonly incident?: string | null;
}

const BACKFILL = 'node dist/apps/backfill/main.js';
/** Runs nothing that is wrong here, and tells what is. */
const TELL = `${BACKFILL} phase2 --date 2024-11-07`;
const nothing: ByHand = () => undefined;

const HISTORY = 'nba_reference.processor_run_history';
const record = (status: string, code: string | null): string => `INSERT INTO ${HISTORY}
  (processor_name, data_date, run_id, phase, attempt, status, started_at, output_table, code_version, trigger, correlation_id, skip_downstream_trigger, error_code, errors)
  SELECT processor_name, data_date, 'acted-out', phase, 1, '${status}', TIMESTAMP '2024-11-09 20:00:00', output_table, code_version, trigger, 'c', FALSE, ${code ? `'${code}', 'acted out'` : 'NULL, NULL'}
  FROM ${HISTORY} WHERE processor_name = 'NbacPlayerBoxscoreProcessor' AND data_date = DATE '${YESTERDAY}' AND status = 'success' LIMIT 1`;
const recorded = (status: string, code: string | null) => async (stage: Stage): Promise<ByHand> => {
  await stage.sql(record(status, code));
  stage.later('2024-11-09T20:30:00Z');
  return nothing;
};

const removed = (stage: Stage): ByHand => (DOCUMENT_BREAKS['GAME_MISSING']?.(stage) ?? nothing) as ByHand;

const listen = (server: Server, port: number): Promise<number> => new Promise((resolve) => server.listen(port, '127.0.0.1', () => resolve((server.address() as { port: number }).port)));
const closed = (server: Server): Promise<void> => new Promise((resolve) => server.close(() => resolve()));

export const SITUATIONS: readonly Situation[] = [
  { section: 'Upstream Failure', name: 'a document has not come', codes: ['UPSTREAM_FAILURE', 'FAILED', 'BLOCKED'], from: 'morning', incident: 'NbacPlayerBoxscoreProcessor GAME_MISSING', make: removed },
  {
    section: 'Data Gaps', name: 'a date in the middle is gone', codes: ['DATA_GAPS'], from: 'morning',
    make: async (stage) => {
      await stage.sql('DELETE FROM nba_raw.nbac_player_boxscore WHERE game_date = DATE \'2024-11-04\'');
      return nothing;
    },
  },
  ...Object.entries(DOCUMENT_BREAKS).map(([code, make]): Situation => ({ section: 'A box-score document is missing or wrong', name: code, codes: [code, ...(code === 'TEAM_MISSING' ? ['PARTIAL'] : [])], from: 'morning', make })),
  ...Object.entries(SCHEDULE_BREAKS).map(([code, make]): Situation => ({ section: 'The schedule document is wrong', name: code, codes: [code], from: 'morning', make })),
  {
    section: 'There is no schedule of a season', name: 'an empty warehouse and a lake without one', codes: ['DOCUMENT_MISSING'], from: 'morning', command: `${BACKFILL} phase2 --season ${SEASON}`,
    make: (stage) => {
      const [lake, aside] = [`nba-com/schedule/${SEASON}`, 'schedules-aside'];
      renameSync(join(stage.folder, '.nba/warehouse.duckdb'), join(stage.folder, 'before.duckdb'));
      renameSync(join(stage.lake.folder, lake), join(stage.folder, aside));
      return () => renameSync(join(stage.folder, aside), join(stage.lake.folder, lake));
    },
  },
  {
    section: 'Stored keys are not those of the spine', name: 'a row was given to another player in the warehouse', codes: ['KEYS_DIFFER'], from: 'done', command: `${BACKFILL} phase3 --date ${YESTERDAY} --force`,
    make: async (stage) => {
const [table, game] = ['nba_raw.nbac_player_boxscore', `(SELECT MIN(game_id) FROM nba_raw.nbac_player_boxscore WHERE game_date = DATE '${YESTERDAY}')`];
      const one = (of: 'MIN' | 'MAX') => `(SELECT ${of}(player_id) FROM ${table} WHERE game_id = ${game})`;
      await stage.sql(`UPDATE ${table} SET player_id = ${one('MAX')} WHERE game_id = ${game} AND player_id = ${one('MIN')}`);
      return nothing;
    },
  },
  { section: 'A run has died', name: 'a run that began and never ended', codes: ['RUNNING', 'LEASE_LOST'], from: 'done', incident: 'RUNNING', command: TELL, make: recorded('running', null) },
  {
    section: 'A statement failed', name: 'the warehouse refuses rows', codes: ['WAREHOUSE_STATEMENT_FAILED'], from: 'morning',
    // An index that allows a date one row: as a full disk does, it refuses the statement and not the connection.
    make: async (stage) => {
      const table = 'nba_precompute.player_composite_factors';
      await stage.sql(`CREATE TABLE nba_precompute.aside AS FROM ${table}`, `DELETE FROM ${table}`, `CREATE UNIQUE INDEX refuses ON ${table} (game_date)`);
      return () => stage.sql('DROP INDEX nba_precompute.refuses', `DELETE FROM ${table}`, `INSERT INTO ${table} FROM nba_precompute.aside`, 'DROP TABLE nba_precompute.aside');
    },
  },
  ...['WAREHOUSE_UNAVAILABLE', 'LAKE_UNAVAILABLE', 'EVENTS_UNAVAILABLE'].map((code): Situation => ({ section: 'Something is out of reach', name: code, codes: [code], from: 'done', command: TELL, make: recorded('failed', code) })),
  { section: 'Something is out of reach', name: 'GUARD_FAILED', codes: ['GUARD_FAILED'], from: 'done', command: TELL, make: recorded('blocked', 'GUARD_FAILED') },
  {
    section: 'The lake cannot be read', name: 'the folder is not there', codes: ['LAKE_UNREADABLE', 'LAKE_DOCUMENT_INVALID'], from: 'morning', incident: null,
    make: (stage) => {
      renameSync(stage.lake.folder, join(stage.folder, 'lake-aside'));
      return () => renameSync(join(stage.folder, 'lake-aside'), stage.lake.folder);
    },
  },
  {
    section: 'Somebody else is at work', name: 'another process has the file', codes: ['WAREHOUSE_LOCKED', 'TABLE_IN_USE', 'UPSTREAM_RUNNING'], from: 'morning', incident: null,
    make: async (stage) => {
      await stage.holdWarehouse();
      return () => stage.close();
    },
  },
  {
    section: 'A stored table has other columns', name: 'a column was added', codes: ['WAREHOUSE_SCHEMA_DRIFT'], from: 'morning', incident: null,
    make: async (stage) => {
      await stage.sql('ALTER TABLE nba_precompute.player_daily_cache ADD COLUMN mine INTEGER');
      return nothing;
    },
  },
  {
    section: 'Messages that nobody understood', name: 'a message was put aside', codes: ['EVENT_INVALID'], from: 'done', incident: null, command: `${BACKFILL} dead-letters`,
    make: async (stage) => {
      const event = {
        schemaVersion: 1, topic: 'nba-phase2-raw-complete', processor: 'NbacPlayerBoxscoreProcessor', phase: 2, runId: 'run', correlationId: 'c', gameDates: [YESTERDAY],
        outputTable: 'nba_raw.nbac_player_boxscore', status: 'success', rowCount: 24, skipDownstreamTrigger: false,
      };
      await stage.sql(`INSERT INTO nba_reference.dead_letters (message_id, topic, payload, status, error_code, reason, recorded_on, recorded_at)
        VALUES ('4f1c0a9be2d37586', '${event.topic}', '${JSON.stringify(event)}', 'dead', 'EVENT_INVALID', 'The phase must be known', DATE '${YESTERDAY}', TIMESTAMP '${YESTERDAY} 12:00:00')`);
      return nothing;
    },
  },
  {
    section: 'An alert channel cannot be reached', name: 'a webhook is down', codes: ['ALERT_UNDELIVERED', 'AlertChannel'], from: 'done', incident: 'AlertChannel', command: TELL,
    make: async (stage) => {
      const down = createServer();
      const port = await listen(down, 0);
      await closed(down);
      stage.environment['NBA_ALERTS'] = `log,webhook:http://127.0.0.1:${port}/`;
      await stage.sql(record('failed', 'WAREHOUSE_UNAVAILABLE'));
      stage.later('2024-11-09T20:30:00Z');
      return async () => {
        const up = createServer((request, response) => request.resume().on('end', () => response.end('ok')));
        await listen(up, port);
        stage.whenClosed(() => closed(up));
        expect(await stage.shell(`${BACKFILL} retry`)).toMatchObject({ code: 0 });
      };
    },
  },
  {
    section: 'The program refuses', name: 'a season that is none', codes: ['INVALID_ARGUMENT', 'INVALID_DEFINITION', 'PACKAGE_MISSING'], from: 'morning', incident: null,
    command: `${BACKFILL} phase2 --season 2024`, make: () => nothing,
  },
];
