import { copyFileSync } from 'node:fs';
import type { CompletionEvent } from '@nba/kernel';
import type { DeadLetter, Explanation } from '@nba/pipeline';
import type { LakeFolder } from './lake-folder.fixture';
import { type Ended, Programs, Workplace, answer } from './programs.fixture';
import { D1, D2, D3, SEASON, tinyLake } from './tiny-lake.fixture';
import { change, differences, query } from './warehouse-file.fixture';

const PLAYERS = 'NbacPlayerBoxscoreProcessor';
const HISTORY = 'nba_reference.processor_run_history';
const DOCUMENT = `nba-com/player-boxscores/${D2}`;
const TITLE = `Analytics BLOCKED: Upstream Failure — ${PLAYERS} failed for ${D2}`;
const RESOLUTION = `nx run backfill:phase2 --dates=${D2}`;

describe('the commands of recovery', () => {
  let programs: Programs;
  let place: Workplace;
  /** A lake in which a document of the second date is cut off. */
  let broken: LakeFolder;
  let whole: string;
  const run = (warehouse: string, ...args: string[]): Promise<Ended> => programs.backfill([...args, '--alerts', 'none', ...place.at(warehouse, broken.folder)]);
  const look = (warehouse: string, ...args: string[]): Promise<Ended> => programs.backfill([...args, ...place.at(warehouse, broken.folder)]);
  const ask = (warehouse: string, text: string) => query(place.path(warehouse), text);
  const runOf = async (warehouse: string, processor: string, date: string): Promise<string> =>
    String((await ask(warehouse, `SELECT run_id FROM ${HISTORY} WHERE processor_name = '${processor}' AND data_date = '${date}' ORDER BY started_at DESC LIMIT 1`))[0]?.['run_id']);

  beforeAll(async () => {
    programs = new Programs();
    place = new Workplace();
    const lake = tinyLake(place.path('lake'));
    whole = lake.text(`${DOCUMENT}/20191026_060000.json`);
    broken = lake.copy(place.path('broken-lake'));
    broken.write(`${DOCUMENT}/20191026_060000.json`, whole.slice(0, whole.length / 2));
    const clean = await programs.backfill(['all', '--season', SEASON, ...place.at('clean.duckdb')]);
    expect(clean).toMatchObject({ code: 0 });
    expect(await run('broken.duckdb', 'all', '--season', SEASON)).toMatchObject({ code: 1 });
  });
  afterAll(() => {
    programs.remove();
    place.remove();
  });

  describe('explain', () => {
    it('names everything that is wrong by its cause, the date at its root, what it holds up, and the command', async () => {
      const [told, data] = [await look('broken.duckdb', 'explain'), await look('broken.duckdb', 'explain', '--json')];
      expect([told.code, told.err]).toEqual([0, '']);
      expect(told.out).toContain(`Root cause: ${TITLE}`);
      expect(told.out).toContain(`${DOCUMENT}/20191026_060000.json`);
      expect(told.out).toContain(`root date: ${D2}`);
      expect(told.out).toMatch(/holds up \d+ units: .*PlayerGameSummaryProcessor 2/);
      expect(told.out).toContain(`Resolution: ${RESOLUTION}`);
      // New York and Los Angeles play on the second date and again on the third.
      const { causes } = answer<Pick<Explanation, 'causes'>>(data);
      expect(causes).toMatchObject([{ title: TITLE, dates: [D2], resolution: RESOLUTION }]);
      expect(causes[0]?.heldUp).toContainEqual({ processor: 'PlayerGameSummaryProcessor', dates: [D2, D3] });
    });

    it('leads a run that waits back to its cause, and to what is to be typed', async () => {
      const runId = await runOf('broken.duckdb', 'PlayerCompositeFactorsProcessor', D3);
      const told = await look('broken.duckdb', 'explain', runId);
      expect([told.code, told.err]).toEqual([0, '']);
      expect(told.out).toContain(`Run ${runId}: PlayerCompositeFactorsProcessor`);
      expect(told.out).toContain(`Wrong still: ${D3}`);
      expect(told.out).toContain(`Root cause: ${TITLE}`);
      expect(told.out).toContain(`Next, in this order:\n  ${RESOLUTION}\n`);
      const explanation = answer<Explanation>(await look('broken.duckdb', 'explain', runId, '--json'));
      expect(explanation).toMatchObject({ runId, processor: 'PlayerCompositeFactorsProcessor', open: [D3], causes: [{ title: TITLE }], next: [RESOLUTION] });
    });

    it('finds nothing wrong where nothing is', async () => {
      expect(await look('clean.duckdb', 'explain')).toMatchObject({ code: 0, out: 'Nothing is wrong.\n' });
      expect(answer(await look('clean.duckdb', 'explain', '--json'))).toEqual({ causes: [] });
      const told = await look('clean.duckdb', 'explain', await runOf('clean.duckdb', PLAYERS, D2));
      expect(told).toMatchObject({ code: 0, out: expect.stringContaining('Nothing of it is wrong any more.') as string });
    });

    it('refuses a run that never was with 2, and its next command lists those that were', async () => {
      const refused = await look('broken.duckdb', 'explain', '20191023T120000Z-1a2b3c4d');
      expect([refused.code, refused.out]).toEqual([2, '']);
      expect(refused.err).toContain('There is no run 20191023T120000Z-1a2b3c4d');
      const [, listing] = /Next: backfill sql "(.*)"/.exec(refused.err) ?? [];
      const listed = await look('broken.duckdb', 'sql', listing ?? '');
      expect(listed).toMatchObject({ code: 0, out: expect.stringContaining(await runOf('broken.duckdb', 'PlayerCompositeFactorsProcessor', D3)) as string });
    });
  });

  describe('retry', () => {
    it('runs what failed and what waits, when the document has come; then nothing is left', async () => {
      copyFileSync(place.path('broken.duckdb'), place.path('retried.duckdb'));
      const blocked = await runOf('retried.duckdb', 'PlayerGameSummaryProcessor', D3);
      const recorded = async () => Number((await ask('retried.duckdb', `SELECT COUNT(*) AS n FROM ${HISTORY} WHERE data_date = '${D1}'`))[0]?.['n']);
      const before = await recorded();
      // It is as bad as it was: the next step is to mend the lake.
      const inVain = await run('retried.duckdb', 'retry');
      expect(inVain.code).toBe(1);
      expect(inVain.out).toContain(`${DOCUMENT}/20191026_060000.json`);
      expect(inVain.out).toMatch(/Next: repair what is named above in the lake .*nx run backfill:/);

      broken.write(`${DOCUMENT}/20191027_060000.json`, whole);
      const repaired = await run('retried.duckdb', 'retry', '--json');
      expect(repaired.code).toBe(0);
      const { exitCode, phases } = answer<{ exitCode: number; phases: { phase: number; unitsRun: number }[] }>(repaired);
      expect([exitCode, phases.find(({ phase }) => phase === 2)?.unitsRun]).toEqual([0, 1]);
      // Nothing of the first date has failed, so nothing of it runs.
      expect(await recorded()).toBe(before);
      expect(await differences(place.path('retried.duckdb'), place.path('clean.duckdb'))).toEqual([]);

      expect(await run('retried.duckdb', 'retry')).toMatchObject({ code: 0, out: 'Nothing has failed, and nothing waits.\n' });
      expect(answer(await run('retried.duckdb', 'retry', '--json'))).toEqual({ exitCode: 0, phases: [] });
      expect(await look('retried.duckdb', 'explain', blocked)).toMatchObject({ code: 0, out: expect.stringContaining('Nothing of it is wrong any more.') as string });
    });

    it('refuses dates with 2: it looks for them itself', async () => {
      const refused = await run('broken.duckdb', 'retry', '--date', D2);
      expect([refused.code, refused.out]).toEqual([2, '']);
      expect(refused.err).toContain('unknown option \'--date\'');
      expect(refused.err).toContain('backfill --help');
    });
  });

  describe('dead-letters and replay', () => {
    const GOOD = 'aaaaaaaaaaaaaaaa';
    const BAD = 'bbbbbbbbbbbbbbbb';
    const LATE = 'cccccccccccccccc';
    const event: CompletionEvent = {
      schemaVersion: 1, topic: 'nba-phase2-raw-complete', processor: PLAYERS, phase: 2, runId: 'run', correlationId: 'c', gameDates: [D1] as unknown as CompletionEvent['gameDates'],
      outputTable: 'nba_raw.nbac_player_boxscore', status: 'success', rowCount: 24, skipDownstreamTrigger: false,
    };
    const listed = async (): Promise<string[]> => answer<DeadLetter[]>(await look('letters.duckdb', 'dead-letters', '--json')).map(({ messageId }) => messageId);

    beforeAll(async () => {
      const loaded = await programs.backfill(['phase2', '--season', SEASON, '--skip-downstream-trigger', '--alerts', 'none', ...place.at('letters.duckdb')]);
      expect(loaded).toMatchObject({ code: 0 });
      // Put aside by an older program, which knew none of them; one came from a newer one, which we do not know either.
      const letter = (id: string, payload: object, at: string) => `INSERT INTO nba_reference.dead_letters (message_id, topic, payload, status, error_code, reason, recorded_on, recorded_at)
        VALUES ('${id}', 'nba-phase2-raw-complete', '${JSON.stringify(payload)}', 'dead', 'EVENT_INVALID', 'The phase must be known', '2019-10-24', TIMESTAMP '2019-10-24 ${at}')`;
      await change(
        place.path('letters.duckdb'),
        letter(GOOD, event, '10:00:00'), letter(BAD, { ...event, schemaVersion: 9 }, '11:00:00'), letter(LATE, { ...event, runId: 'another' }, '12:00:00'),
      );
    });

    it('lists them oldest first, with the reason and the command', async () => {
      const told = await look('letters.duckdb', 'dead-letters');
      expect([told.code, told.err]).toEqual([0, '']);
      expect(told.out.split('\n').filter((line) => line.includes('Replay:'))).toEqual([GOOD, BAD, LATE].map((id) => `  Replay: backfill replay ${id}`));
      expect(told.out).toContain('The phase must be known');
      expect(answer(await look('letters.duckdb', 'dead-letters', '--json'))).toMatchObject([
        { messageId: GOOD, topic: 'nba-phase2-raw-complete', errorCode: 'EVENT_INVALID', reason: 'The phase must be known', payload: JSON.stringify(event), recordedAt: '2019-10-24T10:00:00.000Z' },
        { messageId: BAD }, { messageId: LATE },
      ]);
      expect(await look('clean.duckdb', 'dead-letters')).toMatchObject({ code: 0, out: 'There are none.\n' });
      expect(answer(await look('clean.duckdb', 'dead-letters', '--json'))).toEqual([]);
    });

    it('refuses with 2 to replay a message that is not there, and says what lists them', async () => {
      const refused = await run('letters.duckdb', 'replay', 'dddddddddddddddd');
      expect([refused.code, refused.out]).toEqual([2, '']);
      expect(refused.err).toContain('There is no dead letter dddddddddddddddd.');
      expect(refused.err).toContain('Next: backfill dead-letters');
      expect((await run('letters.duckdb', 'replay')).err).toContain('missing required argument \'message id\'');
    });

    it('keeps what it cannot understand yet, and says which field', async () => {
      const refused = await run('letters.duckdb', 'replay', BAD);
      expect(refused.code).not.toBe(0);
      expect(refused.err).toContain('EVENT_INVALID');
      expect(refused.err).toContain('schemaVersion');
      expect(await listed()).toEqual([GOOD, BAD, LATE]);
      expect(await ask('letters.duckdb', 'SELECT COUNT(*) AS n FROM nba_analytics.player_game_summary')).toEqual([{ n: '0' }]);
    });

    it('delivers one, runs what it triggers, and lists it no more', async () => {
      const replayed = await run('letters.duckdb', 'replay', GOOD);
      expect(replayed).toMatchObject({ code: 0, err: '' });
      expect(replayed.out).toMatch(/Phase 3 · analytics \(triggered by the phase before\)[\s\S]*Phase 4 · precompute[\s\S]*Message a{16} has been replayed\./);
      expect(await listed()).toEqual([BAD, LATE]);
      expect(await differences(place.path('letters.duckdb'), place.path('clean.duckdb'))).toEqual([]);
      expect((await run('letters.duckdb', 'replay', GOOD)).code).toBe(2);
      // What this one is about has been done meanwhile.
      const late = await run('letters.duckdb', 'replay', LATE, '--json');
      expect(late.code).toBe(0);
      expect(answer(late)).toMatchObject({ messageId: LATE, exitCode: 0, interrupted: false, phases: [] });
      expect(await listed()).toEqual([BAD]);
    });
  });
});
