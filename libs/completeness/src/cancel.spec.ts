import type { QueryPort, Warehouse } from '@nba/kernel';
import { memoryWarehouse } from '@nba/testing';
import { CompletenessChecker } from './completeness-checker';
import { seasonSoFar } from './entity-window';
import { checkInvariants } from './invariants';
import { game, players, schedule, store, teams, together } from './raw-tables.fixture';
import { RAW_INVARIANTS } from './raw-invariants';

const WEEK = { table: 'nba_raw.nbac_player_boxscore', startDate: '2025-01-01', endDate: '2025-01-07' };
const WINDOW = { table: 'nba_raw.nbac_team_boxscore', entity: 'player', idColumn: 'team_id', window: seasonSoFar(), asOf: '2025-01-07' } as const;
const REASON = new Error('enough');

describe('calling a check off', () => {
  let warehouse: Warehouse;
  let asked: (AbortSignal | undefined)[];

  beforeAll(async () => {
    warehouse = await memoryWarehouse([schedule, players, teams]);
    const data = together(game('0022400001', '2025-01-01', 1, 2), game('0022400002', '2025-01-03', 1, 3));
    await store(warehouse, { ...data, players: data.players.slice(1, -2) });
  });
  afterAll(() => warehouse.close());
  beforeEach(() => {
    asked = [];
  });

  /** Calls itself off while the n-th query runs; the port notices or not. */
  function callingOff(atQuery: number, andFails = false): { port: QueryPort; signal: AbortSignal } {
    const controller = new AbortController();
    const port: QueryPort = {
      async query(text, parameters, options) {
        asked.push(options?.signal);
        if (asked.length === atQuery) {
          controller.abort(REASON);
          if (andFails) throw new Error('the client\'s own words for being called off');
        }
        return warehouse.query(text, parameters);
      },
    };
    return { port, signal: controller.signal };
  }

  const CHECKS = {
    checkDateRange: (port: QueryPort, signal?: AbortSignal) => new CompletenessChecker(port).checkDateRange({ ...WEEK, signal, rowKey: ['player_id'] }),
    checkEntities: (port: QueryPort, signal?: AbortSignal) => new CompletenessChecker(port).checkEntities({ ...WINDOW, signal }),
    checkInvariants: (port: QueryPort, signal?: AbortSignal) => checkInvariants(port, RAW_INVARIANTS, { from: WEEK.startDate, to: WEEK.endDate } as never, { signal }),
    checkDateRanges: async (port: QueryPort, signal?: AbortSignal) => {
      for await (const report of new CompletenessChecker(port).checkDateRanges({ ...WEEK, step: { days: 3 }, signal })) expect(report.table).toBe(WEEK.table);
    },
  };

  describe.each(Object.entries(CHECKS))('%s', (_, run) => {
    it('asks nothing with a signal that is aborted already', async () => {
      const { port } = callingOff(99);
      await expect(run(port, AbortSignal.abort(REASON))).rejects.toBe(REASON);
      expect(asked).toEqual([]);
    });

    it('throws the signal\'s reason and asks no more, whenever it is aborted and whatever the client says', async () => {
      const { port: free } = callingOff(0);
      await run(free);
      const all = asked.length;
      expect(all).toBeGreaterThan(2);
      for (let n = 1; n <= all; n++) {
        for (const andFails of [false, true]) {
          asked = [];
          const { port, signal } = callingOff(n, andFails);
          await expect(run(port, signal)).rejects.toBe(REASON);
          expect(asked).toHaveLength(n);
        }
      }
    });

    it('does not wait for a client that goes on all the same, nor mind what becomes of it', async () => {
      const controller = new AbortController();
      let fail: (fault: Error) => void = () => undefined;
      const port: QueryPort = { query: () => new Promise((_, reject) => { fail = reject; setImmediate(() => controller.abort(REASON)); }) };
      await expect(run(port, controller.signal)).rejects.toBe(REASON);
      fail(new Error('much later'));
      await new Promise(setImmediate);
    });

    it('leaves no listener behind', async () => {
      const { port, signal } = callingOff(0);
      const [added, removed] = [jest.spyOn(signal, 'addEventListener'), jest.spyOn(signal, 'removeEventListener')];
      await run(port, signal);
      expect(removed.mock.calls.map(([, listener]) => listener)).toEqual(added.mock.calls.map(([, listener]) => listener));
    });

    it('hands the signal to the client, every time', async () => {
      const { port, signal } = callingOff(0);
      await run(port, signal);
      expect(new Set(asked)).toEqual(new Set([signal]));
    });
  });

  it('throws an AbortError when no reason is given', async () => {
    await expect(CHECKS.checkDateRange(warehouse, AbortSignal.abort())).rejects.toMatchObject({ name: 'AbortError' });
  });
});
