import { copyFileSync } from 'node:fs';
import type { CorrectionReport } from '@nba/pipeline';
import { type Line, describeOnRealData } from './lake-folder.fixture';
import { type Ended, Programs, Workplace, answer } from './programs.fixture';
import { type RehearsalLake, writeRehearsalLake } from './rehearsal-lake.fixture';
import { query } from './warehouse-file.fixture';

type Answer = CorrectionReport & { readonly proposal: { readonly command: string; readonly dates: number; readonly seasons: number } | null };

const HISTORY = 'nba_reference.processor_run_history';
const PLAYERS = 'nba_raw.nbac_player_boxscore';
const TEAMS = 'nba_raw.nbac_team_boxscore';
const [CORRECTED, SAME] = ['2024-11-15', '2024-11-17'] as const;
/** When the league publishes its correction, as a stamp and as instants before and after. */
const STAMP = '20241120_150000';
const [BEFORE, AFTER] = ['2024-11-20T12:00:00Z', '2024-11-20T16:00:00Z'] as const;

describeOnRealData('stat corrections', () => {
  let programs: Programs;
  let place: Workplace;
  let lake: RehearsalLake;
  /** The line of the player who is given one assist more. */
  let line: Line;

  const watch = (now: string, ...args: string[]): Promise<Ended> => programs.backfill(['watch-corrections', '--now', now, ...args, ...place.at('w.duckdb')]);
  const all = (now: string, warehouse: string): Promise<Ended> => programs.backfill(['all', '--season', '2024-25', '--now', now, ...place.at(warehouse)]);

  beforeAll(async () => {
    programs = new Programs();
    place = new Workplace();
    lake = writeRehearsalLake(place.path('lake'), '2024-25', { from: '2024-11-20', to: '2024-11-20' });
    expect(await all(BEFORE, 'loaded.duckdb')).toMatchObject({ code: 0 });
    const players = lake.lines('player-boxscores', CORRECTED);
    line = players[Math.floor(players.length / 2)] as Line;
    const corrected = (one: Line): Line => ({ ...one, AST: Number(one['AST']) + 1 });
    lake.writeLines('player-boxscores', CORRECTED, players.map((one) => (one === line ? corrected(one) : one)), STAMP);
    const isOfTeam = (one: Line): boolean => one['GAME_ID'] === line['GAME_ID'] && one['TEAM_ID'] === line['TEAM_ID'];
    lake.writeLines('team-boxscores', CORRECTED, lake.lines('team-boxscores', CORRECTED).map((one) => (isOfTeam(one) ? corrected(one) : one)), STAMP);
    lake.writeLines('player-boxscores', SAME, lake.lines('player-boxscores', SAME), STAMP);
  }, 60_000);
  beforeEach(() => copyFileSync(place.path('loaded.duckdb'), place.path('w.duckdb')));
  afterAll(() => {
    programs.remove();
    place.remove();
  });

  it('one assist more: 1, and the player and the team with both values; a newer document that says the same is only named', async () => {
    const ended = await watch(AFTER, '--since', '2024-11-01', '--json');
    expect(ended).toMatchObject({ code: 1, err: '' });
    const { corrections, units, notLoaded, proposal } = answer<Answer>(ended);
    const assists = Number(line['AST']);
    const game = { date: CORRECTED, gameId: line['GAME_ID'], teamId: line['TEAM_ID'], team: line['TEAM_ABBREVIATION'], kind: 'edited' };
    const [team, player, ...others] = corrections;
    expect(others).toEqual([]);
    expect(player).toEqual({ ...game, table: PLAYERS, playerId: line['PLAYER_ID'], player: line['PLAYER_NAME'], values: [{ column: 'assists', before: assists, after: assists + 1 }] });
    expect(team).toMatchObject({ ...game, table: TEAMS, playerId: null, player: null, values: [{ column: 'assists' }] });
    const [value] = team?.values ?? [];
    expect(Number(value?.after) - Number(value?.before)).toBe(1);
    const document = (kind: string, date: string) => [`nba-com/${kind}/${date}/${STAMP}.json`];
    expect(units).toEqual([
      { table: PLAYERS, unit: CORRECTED, newDocuments: document('player-boxscores', CORRECTED), rowsChanged: 1, findings: [] },
      { table: PLAYERS, unit: SAME, newDocuments: document('player-boxscores', SAME), rowsChanged: 0, findings: [] },
      { table: TEAMS, unit: CORRECTED, newDocuments: document('team-boxscores', CORRECTED), rowsChanged: 1, findings: [] },
    ]);
    expect([notLoaded, proposal]).toEqual([[], { command: expect.stringMatching(/^nx run backfill:\w+/) as string, dates: 2, seasons: 0 }]);

    const text = await watch(AFTER, '--since', '2024-11-01');
    expect(text.code).toBe(1);
    expect(text.out).toContain(`player ${String(line['PLAYER_NAME'])} (${String(line['PLAYER_ID'])}), ${String(line['TEAM_ABBREVIATION'])}: assists ${assists} → ${assists + 1}`);
    expect(text.out).toContain(`team ${String(line['TEAM_ABBREVIATION'])}: assists ${String(value?.before)} → ${String(value?.after)}`);
    expect(text.out).toMatch(new RegExp(`change nothing in these dates:\\n  ${PLAYERS} ${SAME}: \\S+/${STAMP}\\.json\\n\\nRepair: nx run backfill`));
    expect(text.out).toContain('reads 2 raw dates again');
  });

  it('the repair that it proposes reads those units again and no others; after it there is nothing to tell', async () => {
    const newest = Number((await query(place.path('w.duckdb'), `SELECT COUNT(*) AS n FROM ${HISTORY}`))[0]?.['n']);
    const { proposal } = answer<Answer>(await watch(AFTER, '--since', '2024-11-01', '--json'));
    const command = (proposal?.command ?? '').replace('nx run backfill:', '').split(' ');
    expect(await programs.backfill([...command, '--now', AFTER, ...place.at('w.duckdb')])).toMatchObject({ code: 0 });
    const reread = await query(place.path('w.duckdb'), `SELECT output_table, CAST(data_date AS VARCHAR) AS date, rows_changed FROM ${HISTORY} WHERE rowid >= ${newest} AND phase = 2 AND status <> 'running' ORDER BY ALL`);
    expect(reread).toEqual([
      { output_table: PLAYERS, date: CORRECTED, rows_changed: '1' }, { output_table: PLAYERS, date: SAME, rows_changed: '0' }, { output_table: TEAMS, date: CORRECTED, rows_changed: '1' },
    ]);
    expect(await watch(AFTER, '--since', '2024-11-01')).toMatchObject({ code: 0, out: expect.stringContaining('no stored value has changed') as string });
  });

  it('nothing of it before its stamp, nor when it looks at later dates: 0', async () => {
    const early = await watch(BEFORE, '--since', '2024-11-01', '--json');
    expect([early.code, answer<Answer>(early)]).toEqual([0, { dates: { from: '2024-11-01', to: '2024-11-20' }, corrections: [], units: [], notLoaded: [], proposal: null }]);
    const later = await watch(AFTER, '--since', '2024-11-16');
    expect(later.code).toBe(0);
    expect(later.out).toMatch(/no stored value has changed[\s\S]*Nothing need be repaired/);
    expect((await watch(AFTER, '--since', '2024-11-18')).out).toContain('nothing that has not been loaded');
  });

  it('wrong usage: 2, and the right form', async () => {
    expect(await watch(AFTER)).toMatchObject({ code: 2, err: expect.stringContaining('--since <date>') as string });
    expect(await watch(AFTER, '--since', '15-11-2024')).toMatchObject({ code: 2, err: expect.stringContaining('Write it as YYYY-MM-DD') as string });
    expect(await watch(AFTER, '--since', '2025-11-15')).toMatchObject({ code: 2, err: expect.stringContaining('lies after today, 2024-11-20') as string });
    const elsewhere = place.at('w.duckdb', place.path('nowhere'));
    expect(await programs.backfill(['watch-corrections', '--since', '2024-11-01', '--now', AFTER, ...elsewhere])).toMatchObject({ code: 2, err: expect.stringContaining(place.path('nowhere')) as string });
    expect(await programs.backfill(['watch-corrections', '--since', '2024-11-01', ...place.at('none.duckdb')])).toMatchObject({ code: 2, err: expect.stringContaining('none.duckdb') as string });
  });
});
