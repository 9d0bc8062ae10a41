import { type Lease, type Warehouse, tableId } from '@nba/kernel';
import type { FixedClock } from '../fixed-clock';
import { box, D1, player, replaceBox } from './sample-tables';

const TABLE = tableId(box);
const MINUTE = 60_000;

/** Two runners never write one table at once, and a dead one holds nobody up for longer than its lease. */
export function leaseContract(warehouse: () => Warehouse, clock: FixedClock): void {
  const rows = async () => (await warehouse().query(`SELECT points FROM ${TABLE}`)).map((row) => row['points']);
  const acquire = (holder: string) => warehouse().leases.acquire(TABLE, holder, MINUTE);
  const granted = async (holder: string): Promise<Lease> => {
    const answer = await acquire(holder);
    if (!answer.granted) throw new Error(`held by ${answer.heldBy.holder}`);
    return answer.lease;
  };
  const write = (points: number, lease: Lease) => warehouse().replacePartitions(replaceBox(`lease ${points}`, { from: D1, to: D1 }, [player(D1, 1, points)]), lease);

  describe('leases', () => {
    beforeEach(async () => {
      await warehouse().query(`DELETE FROM ${TABLE} WHERE TRUE`);
    });
    afterEach(async () => {
      for (const lease of await warehouse().leases.held()) await warehouse().leases.release(lease);
    });

    it('are granted to one, who is named to the other', async () => {
      const lease = await granted('first');
      expect(lease).toMatchObject({ table: TABLE, holder: 'first' });
      expect(await acquire('second')).toMatchObject({ granted: false, heldBy: { holder: 'first', version: lease.version } });
      expect(await warehouse().leases.held()).toEqual([lease]);
      await warehouse().leases.release(lease);
      expect(await warehouse().leases.held()).toEqual([]);
      expect((await granted('second')).version).toBe(lease.version + 1);
    });

    it('are counted by table, so that somebody can tell that others have been at work since', async () => {
      const before = await warehouse().leases.lastVersion(TABLE);
      const lease = await granted('first');
      expect([lease.version, await warehouse().leases.lastVersion(TABLE)]).toEqual([before + 1, before + 1]);
      await warehouse().leases.release(lease);
      expect(await warehouse().leases.lastVersion(TABLE)).toBe(before + 1);
      expect(await warehouse().leases.lastVersion('nba_raw.never_written')).toBe(0);
    });

    it('are granted to one of two who ask at once', async () => {
      const answers = await Promise.all([acquire('a'), acquire('b'), acquire('c')]);
      expect(answers.filter(({ granted: won }) => won)).toHaveLength(1);
    });

    it('are one for each table', async () => {
      await granted('first');
      expect(await warehouse().leases.acquire('nba_raw.another', 'second', MINUTE)).toMatchObject({ granted: true });
    });

    it('end by themselves, unless they are renewed', async () => {
      const lease = await granted('first');
      clock.advance(MINUTE - 1000);
      const renewed = await warehouse().leases.renew(lease, MINUTE);
      clock.advance(MINUTE - 1000);
      expect(await acquire('second')).toMatchObject({ granted: false });
      expect(renewed.version).toBe(lease.version);
      clock.advance(1000);
      expect(await warehouse().leases.held()).toEqual([]);
      expect(await acquire('second')).toMatchObject({ granted: true });
    });

    it('let their holder write, and nobody who has lost one', async () => {
      const late = await granted('late');
      await write(1, late);
      clock.advance(MINUTE);
      const next = await granted('next');
      await write(2, next);
      await expect(write(3, late)).rejects.toMatchObject({ code: 'LEASE_LOST', message: expect.stringContaining('next') });
      await expect(warehouse().leases.renew(late, MINUTE)).rejects.toMatchObject({ code: 'LEASE_LOST' });
      expect(await rows()).toEqual([2]);
      await warehouse().leases.release(late);
      expect(await acquire('third')).toMatchObject({ granted: false, heldBy: { holder: 'next' } });
    });

    it('let nobody write who has given theirs back', async () => {
      const lease = await granted('first');
      await warehouse().leases.release(lease);
      await expect(write(1, lease)).rejects.toMatchObject({ code: 'LEASE_LOST' });
      expect(await rows()).toEqual([]);
    });

    it('let a partition be replaced that was written a moment ago, as often as one likes', async () => {
      const lease = await granted('first');
      for (const points of [1, 2, 3]) await write(points, lease);
      expect(await rows()).toEqual([3]);
    });
  });
}
