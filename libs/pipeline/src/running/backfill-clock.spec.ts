import { NEWEST_RUN_FIRST, processorRunHistory, sql } from '@nba/kernel';
import { D3, D4, ToyLeague, endings, linesOn } from '../toy-league.fixture';
import { toyForm, toyPoints } from '../toy-processors.fixture';

describe('a backfill whose clock is behind that of the run before', () => {
  let league: ToyLeague;
  /** The same instant for every run after the first, as with one `--now` for all commands; the first ends an hour later. */
  const NOW = '2024-10-30T12:01:00Z';
  beforeEach(async () => {
    league = await ToyLeague.open();
    await league.scrape(D3, 'no JSON');
    league.clock.set('2024-10-30T13:00:00Z');
    await league.run();
    await league.lake.write(`nba-com/player-boxscores/${D3}/20241030_120030.json`, JSON.stringify(linesOn(D3)));
  });
  afterEach(() => league.close());

  const runAt = (now: string) => {
    league.clock.set(now);
    return league.run();
  };

  it('records what it did as the newest, so that the next finds nothing to do', async () => {
    const repaired = await runAt(NOW);
    expect(endings(repaired, toyPoints)).toEqual([`${D3} success`]);
    expect(endings(repaired, toyForm)).toContain(`${D4} success`);
    for (const now of [NOW, NOW, '2024-10-30T13:00:00Z']) {
      expect((await runAt(now)).phases.flatMap(({ outcomes }) => outcomes)).toEqual([]);
    }
  });

  it('dates its rows just after the newest of the table, each start before its end', async () => {
    await runAt(NOW);
    const rows = await league.warehouse.query(
      `${sql`SELECT status, started_at, IFNULL(finished_at < started_at, FALSE) AS is_reversed FROM ${processorRunHistory} WHERE processor_name = 'ToyPointsProcessor' AND data_date = CAST(@date AS DATE) ORDER BY ${NEWEST_RUN_FIRST}`.text}`, { date: D3 },
    );
    expect(rows.map(({ status }) => status)).toEqual(['success', 'running', 'failed', 'running']);
    expect(rows.map(({ started_at: at }) => at)).toEqual(['2024-10-30T13:00:01.002Z', '2024-10-30T13:00:01.001Z', '2024-10-30T13:00:01.000Z', '2024-10-30T13:00:00.999Z']);
    expect(rows.filter((row) => row['is_reversed'])).toEqual([]);
  });
});
