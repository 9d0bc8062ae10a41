import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DEFAULT_GAME_TYPES, type GameDate, addDays, daysBetween, parseGameDate } from '@nba/kernel';
import { LocalEventBus } from '@nba/events-local';
import { Backfill, Daily, type DailyOutcome, type PipelineParts, RUN_DEFAULTS, datesAsked, isComplete } from '@nba/pipeline';
import { openFolderLake } from '@nba/raw-lake';
import { parseScope } from '@nba/schedule';
import { FixedClock } from '@nba/testing';
import { openDuckDbWarehouse } from '@nba/warehouse-duckdb';
import { registry } from '@nba/wiring';
import { describeOnRealData, gameDateOf, gamesOf, realSchedule } from './lake-folder.fixture';
import { Workplace } from './programs.fixture';
import { RehearsalLake } from './rehearsal-lake.fixture';
import { differences, query, rowCounts } from './warehouse-file.fixture';

const SEASON = '2024-25';
/**
 * Eight weeks with the Cup final, the days without games at Christmas, and the old dates of all five postponed games.
 * `npm run live-season` lives the whole season, which takes some minutes.
 */
const [FROM, TO] = (process.env['NBA_LIVED'] === 'season' ? ['2024-10-18', '2025-04-16'] : ['2024-12-15', '2025-02-08']).map((day) => parseGameDate(day)) as [GameDate, GameDate];
const WHO = { trigger: 'a season lived through', holder: 'a season lived through', waitMs: 0 };
/** After the schedule of the morning, 05:30 Eastern, and before the games of the day. */
const noonOf = (day: string): string => `${day}T12:00:00Z`;

/** The parts of the program on a warehouse file and a lake, at a clock of our own; lent to a use case, then closed. */
async function withParts<T>(file: string, lake: RehearsalLake, clock: FixedClock, use: (parts: PipelineParts) => Promise<T>): Promise<T> {
  const warehouse = await openDuckDbWarehouse({ file, clock, command: WHO.holder });
  try {
    return await use({ registry, warehouse, lake: openFolderLake(lake.folder), bus: new LocalEventBus(), clock, settings: { gameTypes: DEFAULT_GAME_TYPES } });
  } finally {
    await warehouse.close();
  }
}

/** The season so far at once, and verified. */
async function backfill(parts: PipelineParts): Promise<void> {
  const { phases } = await new Backfill(parts).run({ ...RUN_DEFAULTS, ...WHO, phases: [2, 3, 4], scope: parseScope({ season: [SEASON] }), verify: datesAsked });
  expect(phases.flatMap(({ verifications }) => verifications).map(({ complete }) => complete)).toEqual([true, true, true]);
}

function daysFrom(first: GameDate, last: GameDate): GameDate[] {
  const days: GameDate[] = [];
  for (let day = first; day <= last; day = addDays(day, 1)) days.push(day);
  return days;
}

/** Units of a day that did not end well, with what they say. */
function problemsOf({ date, phases, interrupted, seasonsWithoutSchedule }: DailyOutcome): string[] {
  const units = phases.flatMap(({ outcomes }) => outcomes).filter((outcome) => !isComplete(outcome));
  return [
    ...units.map((unit) => `${date}: ${unit.processor.name} of ${unit.date} ${unit.status} ${unit.fault ?? ''} ${JSON.stringify(unit.reasons)}`),
    ...(interrupted ? [`${date}: interrupted`] : []),
    ...seasonsWithoutSchedule.map((season) => `${date}: no schedule of ${season}`),
  ];
}

describeOnRealData(`a season lived through day by day, ${FROM} to ${TO}`, () => {
  let place: Workplace;
  let lake: RehearsalLake;
  let days: GameDate[];
  const lived: DailyOutcome[] = [];
  const livedMs: number[] = [];
  const file = () => place.path('lived.duckdb');
  const atOnce = () => place.path('at-once.duckdb');
  /** Days whose own morning's schedule has a regular game on them: by the lake, not by the warehouse. */
  const hasGames = (day: string): boolean => gamesOf(lake.scheduleOf(day)).some((game) => game.gameId.startsWith('002') && gameDateOf(game) === day);

  beforeAll(async () => {
    place = new Workplace();
    lake = new RehearsalLake(place.path('lake'), SEASON);
    days = daysFrom(FROM, TO);
    const dayBefore = addDays(FROM, -1);
    lake.advanceTo(dayBefore);
    const clock = new FixedClock(noonOf(dayBefore));
    await withParts(file(), lake, clock, async (parts) => {
      await backfill(parts);
      const daily = new Daily(parts);
      for (const day of days) {
        lake.advanceTo(day);
        clock.set(noonOf(day));
        const started = performance.now();
        lived.push(await daily.run(WHO));
        livedMs.push(performance.now() - started);
      }
    });
    await withParts(atOnce(), lake, clock, backfill);
    const sorted = [...livedMs].sort((a, b) => a - b);
    process.stderr.write(`${days.length} days lived in ${Math.round(livedMs.reduce((sum, ms) => sum + ms, 0) / 1000)} s: ` +
      `median ${Math.round(sorted[Math.floor(sorted.length / 2)] ?? 0)} ms a day, longest ${Math.round(sorted.at(-1) ?? 0)} ms\n`);
  }, 900_000);
  afterAll(() => place.remove());

  it('plays today on every one of its days', () => {
    expect(lived.map(({ date }) => date)).toEqual(days);
    expect(days).toHaveLength(daysBetween(FROM, TO) + 1);
  });

  it('has no unit that failed, was blocked or is partial, on any morning', () => {
    expect(lived.flatMap(problemsOf)).toEqual([]);
  });

  it('asks for predictions on each day with games, also where they were then postponed, and on no other', () => {
    const asked = lived.map(({ date, prediction }) => `${date} ${prediction?.kind}`);
    expect(asked).toEqual(days.map((day) => `${day} ${hasGames(day) ? 'requested' : 'no-games'}`));
    // As many as there are dates on which games were played in the end; none of the postponed ones had a day to itself.
    const played = new Set(gamesOf(realSchedule(SEASON)).filter((game) => game.gameId.startsWith('002')).map(gameDateOf).filter((date) => date >= FROM && date <= TO));
    expect(asked.filter((one) => one.endsWith('requested'))).toHaveLength(played.size);
  });

  it('repeats nothing: with nothing new, a day that is played again has nothing to do', async () => {
    const again = await withParts(file(), lake, new FixedClock(noonOf(TO)), (parts) => new Daily(parts).run(WHO));
    expect(again.phases.flatMap(({ outcomes }) => outcomes)).toEqual([]);
    expect(again.prediction).toEqual({ kind: hasGames(TO) ? 'unchanged' : 'no-games' });
  });

  it('has in all tables what one backfill of the season computes, bit by bit', async () => {
    const counts = await rowCounts(atOnce());
    // What the box scores have, document by document.
    const players = readdirSync(join(lake.folder, 'nba-com/player-boxscores')).reduce((rows, date) => rows + lake.lines('player-boxscores', date).length, 0);
    expect(players).toBeGreaterThan(10_000);
    expect(counts).toMatchObject({ 'nba_raw.nbac_player_boxscore': players, 'nba_analytics.player_game_summary': players });
    expect(Object.keys(counts)).toHaveLength(registry.processors.length);
    expect(Math.min(...Object.values(counts))).toBeGreaterThan(1000);
    expect(await rowCounts(file())).toEqual(counts);
    expect(await differences(file(), atOnce())).toEqual([]);
  });

  it('has had rows on the old date of a postponed game, and has emptied it', async () => {
    // HOU@ATL of 2025-01-11, played on 2025-01-28 because of a winter storm.
    const told = await query(file(), `SELECT DISTINCT CAST(game_date AS VARCHAR) AS game_date FROM nba_analytics.upcoming_team_game_context WHERE game_id = '0022400532'`);
    expect(told).toEqual([{ game_date: '2025-01-28' }]);
    const runs = await query(file(), `SELECT rows_stored FROM nba_reference.processor_run_history
      WHERE processor_name = 'UpcomingTeamGameContextProcessor' AND data_date = '2025-01-11' AND status = 'success' ORDER BY started_at`);
    const onTheOldDate = gamesOf(lake.scheduleOf('2025-01-11')).filter((game) => gameDateOf(game) === '2025-01-11').length;
    const inTheEnd = gamesOf(lake.scheduleOf(addDays(parseGameDate('2025-01-11'), 1))).filter((game) => gameDateOf(game) === '2025-01-11').length;
    expect(onTheOldDate).toBeGreaterThan(inTheEnd);
    expect(runs.map(({ rows_stored }) => Number(rows_stored))).toEqual([2 * onTheOldDate, 2 * inTheEnd]);
  });
});
