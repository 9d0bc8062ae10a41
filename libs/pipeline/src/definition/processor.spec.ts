import { games, rangeParameters, sql } from '@nba/kernel';
import { D2, D3, ToyLeague } from '../toy-league.fixture';
import { toyForm, toyPoints } from '../toy-processors.fixture';
import { blocks, defineProcessor, reads } from './processor';
import { renderSpine } from './relation';

describe('a spine that has the keys of an upstream', () => {
  it('is just these, of the dates asked for', async () => {
    const league = await ToyLeague.open();
    await league.run();
    const rows = await league.warehouse.query(renderSpine(toyForm, { gameTypes: ['regular-season'] }).text, { ...rangeParameters({ from: D2, to: D3 }) });
    expect(rows.map((row) => `${row['game_date']} ${row['player_id']}`).sort()).toEqual([D2, D3].flatMap((date) => [11, 12, 21, 22].map((player) => `${date} ${player}`)));
    expect(toyForm.keysOf).toBe('points');
    await league.close();
  });

  it('is refused when the upstream is not read on the same date: its keys would not tell who is in the unit', () => {
    expect(() => defineProcessor({
      phase: 3, table: toyForm.table, games: 'final', upstreams: { points: reads(toyPoints, blocks(games(2, 'player'), ['points'])) }, spine: { keysOf: 'points' }, query: () => sql`SELECT 1`,
    })).toThrow('nba_analytics.toy_form has the keys of "points", which it does not read on the same date');
  });
});
