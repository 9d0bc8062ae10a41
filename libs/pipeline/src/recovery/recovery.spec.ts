import { type CompletionEvent, NbaError, TOPICS } from '@nba/kernel';
import { DeadLetters } from '../cascade/dead-letters';
import { completionOf } from '../completion-event.fixture';
import { D1, D2, D3, D4, D5, D6, linesOn, ToyLeague } from '../toy-league.fixture';
import { toyForm, toyPoints } from '../toy-processors.fixture';
import { Recovery } from './recovery';

const WHO = { trigger: 'spec', holder: 'spec', waitMs: 0, cascadeMs: 60_000 };

describe('recovery', () => {
  let league: ToyLeague;
  let recovery: Recovery;
  beforeEach(async () => {
    league = await ToyLeague.open();
    recovery = new Recovery(league.parts);
  });
  afterEach(() => league.close());

  describe('of a league in which nothing has run', () => {
    it('finds nothing wrong, nothing to retry and no letters', async () => {
      expect(await recovery.rootCauses()).toEqual([]);
      expect(await recovery.failedScope()).toBeUndefined();
      expect(await recovery.deadLetters()).toEqual([]);
    });
  });

  describe('of a league in which a date failed', () => {
    beforeEach(async () => {
      await league.scrape(D3, 'no JSON');
      await league.run();
    });
    const retry = async () => {
      const scope = await recovery.failedScope();
      if (!scope) throw new Error('nothing has failed');
      league.clock.advance(1000);
      return league.run({ scope, phases: [2, 3, 4], wants: ({ kind }) => kind === 'failed' || kind === 'partial' });
    };

    it('names the cause once, and explains the runs', async () => {
      const causes = await recovery.rootCauses();
      expect(causes).toMatchObject([{ key: 'ToyPointsProcessor DOCUMENT_INVALID', dates: [D3] }]);
      const [row] = await league.warehouse.query(`SELECT run_id FROM nba_reference.processor_run_history WHERE status = 'blocked' AND data_date = CAST('${D5}' AS DATE) AND phase = 3`);
      expect(await recovery.explain(String(row?.['run_id']))).toMatchObject({ causes, open: [D3, D4, D5], next: [`nx run backfill:phase2 --dates=${D3}`] });
    });

    it('has no explanation of a run that never was', async () => {
      await expect(recovery.explain('20240101T000000Z-none')).rejects.toMatchObject({ code: 'INVALID_ARGUMENT', message: expect.stringContaining('20240101T000000Z-none') });
    });

    it('retries the dates that failed or wait, and no others', async () => {
      expect((await recovery.failedScope())?.ranges).toEqual([D3, D4, D5, D6].map((date) => ({ from: date, to: date })));
      await league.scrape(D3, linesOn(D3));
      const ran = (await retry()).phases.flatMap(({ outcomes }) => outcomes).map(({ processor, date, status }) => `${processor.phase} ${date} ${status}`);
      expect(ran.slice(0, 1)).toEqual([`2 ${D3} success`]);
      expect(ran.filter((one) => [D1, D2].some((date) => one.includes(date)) || !one.endsWith('success'))).toEqual([]);
      expect(await recovery.failedScope()).toBeUndefined();
      expect(await recovery.rootCauses()).toEqual([]);
    });

    it('still has everything to retry when what failed fails again', async () => {
      await retry();
      expect((await recovery.failedScope())?.ranges).toHaveLength(4);
      expect(await recovery.rootCauses()).toMatchObject([{ dates: [D3] }]);
    });
  });

  describe('of messages', () => {
    let letters: DeadLetters;
    beforeEach(async () => {
      letters = new DeadLetters(league.warehouse, league.clock);
      await league.run({ phases: [2], skipDownstreamTrigger: true });
    });
    /** Puts a message aside, as a program did that did not know it. */
    async function putAside(event: CompletionEvent): Promise<string> {
      league.clock.advance(1000);
      await letters.record(event.topic, event, new NbaError('EVENT_INVALID', 'not known'));
      league.clock.advance(1000);
      const letter = (await recovery.deadLetters()).at(-1);
      return letter?.messageId ?? '';
    }
    const finished = (): CompletionEvent => completionOf(toyPoints, [D1, D2]);
    const formDates = async (): Promise<unknown[]> => [...new Set((await league.rows(toyForm.table)).map((row) => row['game_date']))];

    it('delivers one again, runs what it triggers, and lists it no more', async () => {
      const messageId = await putAside(finished());
      expect(await formDates()).toEqual([]);
      const { phases, interrupted, isLate } = await recovery.replay(messageId, WHO);
      expect(phases.map(({ phase, cause }) => [phase, cause])).toEqual([[3, 'cascade'], [4, 'cascade']]);
      expect([interrupted, isLate]).toEqual([false, false]);
      // "Something finished: plan again": from the first of its dates on everything that is ready runs.
      expect(await formDates()).toEqual([D1, D2, D3, D4, D5, D6]);
      expect(await recovery.deadLetters()).toEqual([]);
      await expect(recovery.replay(messageId, WHO)).rejects.toMatchObject({ code: 'INVALID_ARGUMENT' });
    });

    it('runs nothing for one whose work has been done meanwhile', async () => {
      const messageId = await putAside(finished());
      await league.run();
      expect(await recovery.replay(messageId, WHO)).toMatchObject({ phases: [], interrupted: false, isLate: false });
      expect(await recovery.deadLetters()).toEqual([]);
    });

    it('keeps one that it still does not understand, and runs nothing', async () => {
      const messageId = await putAside({ ...finished(), schemaVersion: 2 } as unknown as CompletionEvent);
      await expect(recovery.replay(messageId, WHO)).rejects.toMatchObject({ code: 'EVENT_INVALID', fields: { field: 'schemaVersion' } });
      expect(await recovery.deadLetters()).toMatchObject([{ messageId, topic: TOPICS[2] }]);
      expect(await formDates()).toEqual([]);
    });

    it('keeps one whose replay was interrupted, not done in time, or could not be served', async () => {
      const messageId = await putAside(finished());
      expect(await recovery.replay(messageId, { ...WHO, signal: AbortSignal.abort() })).toMatchObject({ phases: [], interrupted: true });
      expect(await recovery.deadLetters()).toMatchObject([{ messageId }]);
      expect(await recovery.replay(messageId, { ...WHO, cascadeMs: 0 })).toMatchObject({ phases: [], isLate: true });
      expect(await recovery.deadLetters()).toMatchObject([{ messageId }]);
      jest.spyOn(league.bus, 'drain').mockRejectedValueOnce(new Error('the bus is away'));
      await expect(recovery.replay(messageId, WHO)).rejects.toThrow('the bus is away');
      expect(await recovery.deadLetters()).toMatchObject([{ messageId }]);
      await recovery.replay(messageId, WHO);
      expect([(await formDates()).length, await recovery.deadLetters()]).toEqual([6, []]);
    });

    it('says so when there is no such letter, and what lists them', async () => {
      await expect(recovery.replay('0123456789abcdef', WHO)).rejects.toMatchObject({
        code: 'INVALID_ARGUMENT', message: expect.stringContaining('0123456789abcdef'), fields: { next: 'backfill dead-letters lists them' },
      });
      expect(league.bus.published).toEqual([]);
    });
  });
});
