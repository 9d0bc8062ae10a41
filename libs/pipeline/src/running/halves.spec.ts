import { NbaError } from '@nba/kernel';
import { ElsewhereBus } from '../cascade/elsewhere-bus.fixture';
import { Outbox } from '../cascade/outbox';
import { readRuns } from '../status/read-runs';
import { D1, D2, ToyLeague } from '../toy-league.fixture';
import { toyPoints } from '../toy-processors.fixture';

describe('a group that is halved while another instance is at work', () => {
  it('is told of wholly', async () => {
    const league = await ToyLeague.open();
    const bus = new ElsewhereBus();
    const { warehouse } = league.parts;
    const replace = warehouse.replacePartitions.bind(warehouse);
    let calls = 0;
    jest.spyOn(warehouse, 'replacePartitions').mockImplementation(async (replacement, lease) => {
      if (replacement.table.name !== 'toy_points') return replace(replacement, lease);
      if (replacement.units.length > 1) throw new NbaError('WAREHOUSE_STATEMENT_FAILED', 'too much at once');
      calls += 1;
      const receipts = await replace(replacement, lease);
      if (calls === 1) {
        // Another instance ends its own work now, and tells of all that has been recorded.
        const other = new Outbox(warehouse, bus, league.clock);
        await other.publish();
        await other.acknowledge();
      }
      return receipts;
    });
    await league.run({ phases: [2], cascadeMs: 0, maxGroup: 2 }, { dates: `${D1},${D2}` }, undefined, { bus });
    const told = bus.published.filter(({ processor }) => processor === 'ToyPointsProcessor').flatMap(({ gameDates }) => gameDates);
    expect(told.sort()).toEqual([D1, D2]);
    const runs = await readRuns(warehouse, { processor: toyPoints, limit: 10 });
    expect(runs.map(({ endings }) => endings).sort()).toEqual(['success: 2']);
    await league.close();
  });
});
