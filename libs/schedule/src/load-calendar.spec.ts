import { type Row, type Warehouse, column, defineTable } from '@nba/kernel';
import { memoryWarehouse, plainClient } from '@nba/testing';
import { GameCalendar } from './game-calendar';
import { loadCalendar } from './load-calendar';
import { SCHEDULED_GAME_COLUMNS } from './scheduled-game';
import { day, game, ids } from './small-league.fixture';
import type { ScheduledGame } from './scheduled-game';

const schedule = defineTable({
  dataset: 'nba_raw', name: 'nbac_schedule', description: 'Schedule', key: ['game_id'],
  columns: Object.fromEntries(
    SCHEDULED_GAME_COLUMNS.map((name) => [name, name === 'game_date' ? column.date('') : /team_id|score|status/.test(name) ? column.integer('') : column.text('')]),
  ),
});

const STATUS = { scheduled: 1, live: 2, final: 3 };

function scheduleRow({ gameId, date, season, type, status, home, away }: ScheduledGame): Row {
  return {
    game_id: gameId, game_date: date, season, game_type: type, game_status: STATUS[status],
    home_team_id: home.teamId, home_team_tricode: home.tricode, home_score: home.score,
    away_team_id: away.teamId, away_team_tricode: away.tricode, away_score: away.score,
  };
}

const regular = [game('2024-10-22', 'NYK@BOS', 1), game('2025-03-02', 'DEN@LAL', 2, 'live'), game('2025-04-13', 'MIA@OKC', 3, 'scheduled')];
const others = [game('2023-11-01', 'NYK@BOS', 11), game('2025-10-21', 'NYK@BOS', 12, 'scheduled')];
const playoffs = game('2025-04-20', 'MIA@BOS', 401, 'final', '004');
const preseason = game('2024-10-04', 'MIA@BOS', 101, 'final', '001');
const undecided = { ...scheduleRow(game('2025-04-12', 'MIA@BOS', 4, 'scheduled')), away_team_id: null, away_team_tricode: null };
const RANGE = { from: day('2025-01-01'), to: day('2025-01-31') };

describe('the schedule table', () => {
  let warehouse: Warehouse;

  beforeAll(async () => {
    warehouse = await memoryWarehouse([schedule]);
    await warehouse.append(schedule, [...[...regular, ...others, playoffs, preseason].map(scheduleRow), undecided]);
  });
  afterAll(() => warehouse.close());

  it('yields the whole season of the range, other seasons and undecided games left out', async () => {
    const calendar = await loadCalendar(warehouse, RANGE);
    expect(calendar).toBeInstanceOf(GameCalendar);
    expect(calendar.games).toEqual(regular);
  });

  it('yields every season that the range touches', async () => {
    const calendar = await loadCalendar(warehouse, { from: day('2024-09-30'), to: day('2025-10-01') });
    expect(ids(calendar.games)).toEqual([11, 1, 2, 3, 12]);
  });

  it('counts other game types when they are switched on', async () => {
    const calendar = await loadCalendar(warehouse, RANGE, ['regular-season', 'playoffs']);
    expect(ids(calendar.games)).toEqual([1, 2, 3, 401]);
  });

  it('is read alike through a client that returns dates as objects', async () => {
    const calendar = await loadCalendar(plainClient(warehouse), RANGE);
    expect(calendar.games).toEqual(regular);
    expect(calendar.dates({ from: day('2024-10-22'), to: day('2025-03-31') }, 'scheduled')).toEqual(['2024-10-22', '2025-03-02']);
  });
});
