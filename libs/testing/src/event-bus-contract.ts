import { parseGameDate, type CompletionEvent, type EventBus, type Topic } from '@nba/kernel';

const PHASE2: Topic = 'nba-phase2-raw-complete';
const PHASE3: Topic = 'nba-phase3-analytics-complete';

const event = (runId: string, topic: Topic = PHASE2): CompletionEvent => ({
  schemaVersion: 1, topic, processor: 'NbacPlayerBoxscoreProcessor', phase: topic === PHASE2 ? 2 : 3, runId, correlationId: 'c1', gameDates: [parseGameDate('2025-01-26')],
  outputTable: 'nba_raw.nbac_player_boxscore', status: 'success', rowCount: 300, skipDownstreamTrigger: false,
});

/**
 * What every implementation of the EventBus port must do, as one jest suite.
 * Order and single delivery are not part of it: the port promises neither.
 */
export function eventBusContract(name: string, create: () => EventBus | Promise<EventBus>): void {
  describe(`${name} keeps the EventBus contract`, () => {
    let bus: EventBus;
    let seen: string[];
    const record = (label: string) => async ({ runId }: CompletionEvent) => { seen.push(`${label}:${runId}`); };
    const distinct = () => [...new Set(seen)].sort();
    beforeEach(async () => {
      bus = await create();
      seen = [];
    });

    it('delivers every event whole to every consumer of its topic, and to no other', async () => {
      const whole: CompletionEvent[] = [];
      bus.subscribe(PHASE2, record('a'));
      bus.subscribe(PHASE2, record('b'));
      bus.subscribe(PHASE3, record('c'));
      bus.subscribe(PHASE3, async (received) => { whole.push(received); });
      for (const published of [event('1'), event('2'), event('3', PHASE3)]) await bus.publish(published);
      await bus.drain();
      expect(distinct()).toEqual(['a:1', 'a:2', 'b:1', 'b:2', 'c:3']);
      expect(whole[0]).toEqual(event('3', PHASE3));
    });

    it('resolves a publication before the event is consumed', async () => {
      let release: () => void = () => undefined;
      const held = new Promise<void>((resolve) => (release = resolve));
      bus.subscribe(PHASE2, async (received) => { await held; await record('late')(received); });
      await bus.publish(event('1'));
      expect(seen).toEqual([]);
      release();
      await bus.drain();
      expect(distinct()).toEqual(['late:1']);
    });

    it('drains what consumers publish as well', async () => {
      bus.subscribe(PHASE2, async ({ runId }) => bus.publish(event(`${runId}+`, PHASE3)));
      bus.subscribe(PHASE3, record('next'));
      await bus.publish(event('1'));
      await bus.drain();
      expect(distinct()).toEqual(['next:1+']);
    });

    it('rejects the drain with the first fault, serves the others all the same, and goes on afterwards', async () => {
      bus.subscribe(PHASE2, async ({ runId }) => { if (runId !== '3') throw new Error(`cannot consume ${runId}`); });
      bus.subscribe(PHASE2, record('other'));
      await bus.publish(event('1'));
      await bus.publish(event('2'));
      await expect(bus.drain()).rejects.toThrow('cannot consume 1');
      await bus.publish(event('3'));
      await bus.drain();
      expect(distinct()).toEqual(['other:1', 'other:2', 'other:3']);
    });

    it('delivers nothing to a subscription that has ended, and everything to the others', async () => {
      const end = bus.subscribe(PHASE2, record('ended'));
      bus.subscribe(PHASE2, record('other'));
      await bus.publish(event('1'));
      await bus.drain();
      end();
      await bus.publish(event('2'));
      await bus.drain();
      expect(distinct()).toEqual(['ended:1', 'other:1', 'other:2']);
    });

    it('drains at once when there is nothing, or nobody who listens', async () => {
      await bus.drain();
      await bus.publish(event('1'));
      await bus.drain();
    });
  });
}
