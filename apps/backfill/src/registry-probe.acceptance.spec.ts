import { type Lookback, describeReach } from '@nba/kernel';
import type { Upstream } from '@nba/pipeline';
import type { DuckDbWarehouse } from '@nba/warehouse-duckdb';
import { registry } from '@nba/wiring';
import { type Affected, type Change, affectedBy, distance, furthest, hasRealLake, probedWarehouse, rowsToChange } from './registry-probe.fixture';

if (!hasRealLake) console.warn('registry probe: left out, ../shared/lake is not here');

/** Every lookback of every processor that is computed by a query. */
const lookbacks = registry.processors
  .filter(({ kind }) => kind === 'query')
  .flatMap((processor) =>
    Object.values(processor.upstreams).flatMap((upstream) =>
      upstream.lookbacks.map((lookback) => [`${processor.table.name} ← ${upstream.processor.table.name}, ${describeReach(lookback.reach)}`, processor, upstream, lookback] as const),
    ),
  );

(hasRealLake ? describe : describe.skip)('the registry probe', () => {
  let warehouse: DuckDbWarehouse;
  beforeAll(async () => {
    warehouse = await probedWarehouse();
  });
  afterAll(() => warehouse.close());

  it.each(lookbacks)('%s', async (_, processor, upstream, lookback) => {
    const rows = await rowsToChange(warehouse, processor, upstream, lookback);
    expect(rows.length).toBeGreaterThan(0);
    const ends = new Set<number>();
    const silent = new Set(lookback.columns);

    for (const [i, row] of rows.entries()) {
      // A few rows are changed in every way; more of them only for what matters to few rows: a column past a threshold, or a
      // game without which one more counts, to somebody who last played in that one.
      const columns = i < 2 ? lookback.columns : [...silent];
      const whole = i < 2 ? (['deleted', 'inserted'] as const) : reachesEnd(lookback, ends) ? [] : (['deleted'] as const);
      const by = i % 2 === 0 ? 7 : 20_000;
      const changes: Change['what'][] = [...whole, ...columns.map((edited) => ({ edited, by }))];
      for (const what of changes) {
        const affected = await affectedBy(warehouse, processor, { upstream, row, what });
        expect(await outside(affected, upstream, row, what)).toEqual([]);
        if (typeof what === 'object' && affected.length > 0) silent.delete(what.edited);
        for (const one of affected) {
          const far = await distance(warehouse, upstream, row, lookback.reach, one);
          if (far !== null) ends.add(far);
        }
      }
      if (silent.size === 0 && reachesEnd(lookback, ends)) break;
    }
    // What is declared is also read: every column matters to some row, and the reach is touched at its end.
    expect([...silent]).toEqual([]);
    expect(reachesEnd(lookback, ends)).toBe(true);
  });

  /** Rows that differ and lie in none of the upstream's declared lookbacks that could carry the change. */
  async function outside(affected: readonly Affected[], upstream: Upstream, row: Change['row'], what: Change['what']): Promise<string[]> {
    const carrying = upstream.lookbacks.filter(({ columns }) => typeof what !== 'object' || columns.includes(what.edited));
    const strays: string[] = [];
    for (const one of affected) {
      const distances = await Promise.all(carrying.map(async ({ reach }) => ({ reach, far: await distance(warehouse, upstream, row, reach, one) })));
      if (!distances.some(({ reach, far }) => far !== null && far <= furthest(reach))) strays.push(`${one.date} game ${one.gameId} player ${one.playerId}`);
    }
    // The first few say enough.
    return strays.length > 5 ? [...strays.slice(0, 5), `… ${strays.length} in all, after ${JSON.stringify(what)} on ${row['game_date']} game ${row['game_id']} player ${row['player_id']}`] : strays;
  }
});

/** The season's end is months away; a season reach that ends within thirty days is a shorter one. */
function reachesEnd({ reach }: Lookback, ends: ReadonlySet<number>): boolean {
  return reach.kind === 'season-so-far' ? Math.max(...ends) > 60 : ends.has(furthest(reach));
}

