import { type GameDate, type Season, type TableDefinition, addDays, column, columnList, columnNames, defineTable, games, parseGameDate, sameDate, seasonOf, seasonSoFar, sql } from '@nba/kernel';
import { parseScope } from '@nba/schedule';
import { FixedClock, MemoryLake, memoryWarehouse } from '@nba/testing';
import { type DocumentProcessor, type Processor, blocks, defineProcessor, informs, reads } from './definition/processor';
import { createRegistry } from './definition/registry';
import { Repair } from './repair/repair';
import type { BackfillOutcome } from './running/backfill';
import { RUN_DEFAULTS } from './running/run-options';
import { RecordingBus } from './toy-league.fixture';
import { type ToyLine, toyForm, toyPoints, toySchedule, toyTiers } from './toy-processors.fixture';

const { date, integer, text } = column;
export const SEASON = '2024-25' as Season;
/** Opening night. */
export const FIRST = parseGameDate('2024-10-22');

/** A game between any two teams, as the schedule documents of a random league list it. */
export interface RandomGame {
  readonly id: string;
  readonly date: GameDate;
  readonly status: 1 | 3;
  readonly home: number;
  readonly away: number;
}

const schedule: DocumentProcessor = {
  ...toySchedule as DocumentProcessor,
  interpret: ({ documents }) => {
    const newest = documents.at(-1);
    if (!newest) return { rows: [], sources: [], findings: [{ severity: 'error', code: 'DOCUMENT_MISSING', message: 'no schedule' }] };
    const rows = (JSON.parse(newest.text) as RandomGame[]).map((game) => ({
      game_id: game.id, game_date: game.date, season: seasonOf(game.date), game_type: 'regular-season', game_status: game.status,
      home_team_id: game.home, home_team_tricode: `T${game.home}`, home_score: null, away_team_id: game.away, away_team_tricode: `T${game.away}`, away_score: null,
    }));
    return { rows, findings: [], sources: [newest.ref.path] };
  },
};

/** The same processor, reading others in the place of its own. */
function over<P extends Processor>(processor: P, others: Readonly<Record<string, Processor>>): P {
  const upstreams = Object.fromEntries(Object.entries(processor.upstreams).map(([name, upstream]) => [name, reads(others[name] ?? upstream.processor, ...upstream.lookbacks)]));
  return { ...processor, upstreams };
}

export const points = over(toyPoints, { schedule });
export const form = over(toyForm, { points });
export const tiers = over(toyTiers, { schedule, form });

/** The players whose latest game was for a team that plays on the date, whether they then play or not. */
export const expected = defineProcessor({
  phase: 3,
  games: 'scheduled',
  table: defineTable({
    dataset: 'nba_analytics', name: 'toy_expected', description: 'A player on the morning of a game.', key: ['game_id', 'player_id'],
    columns: {
      game_id: text('game'), game_date: date('date'), season: text('season'), team_id: integer('team'), player_id: integer('player'),
      points_last_2: integer('points in his two games before'), games_so_far: integer('his games before'),
    },
  }),
  upstreams: {
    schedule: reads(schedule, blocks(sameDate(), ['home_team_id', 'away_team_id'])),
    points: reads(points, blocks(games(2, 'player'), ['points']), informs(seasonSoFar('player'), [])),
  },
  spine: ({ from, inRange }) => sql`SELECT t.game_date, t.game_id, p.player_id FROM ${teams(from.schedule)} AS t JOIN ${states(from.points)} AS p ON ${HOLDS} WHERE ${inRange('t.game_date')}`,
  query: ({ from, inRange }) => sql`SELECT t.game_id, t.game_date, t.season, t.team_id, p.player_id, p.points_last_2, p.games_so_far
    FROM ${teams(from.schedule)} AS t JOIN ${states(from.points)} AS p ON ${HOLDS} WHERE ${inRange('t.game_date')}`,
});

const teams = (from: { readonly text: string }) => sql`(SELECT game_date, game_id, season, home_team_id AS team_id FROM ${from} AS h UNION ALL SELECT game_date, game_id, season, away_team_id FROM ${from} AS a)`;
const HOLDS = sql`p.season = t.season AND p.team_id = t.team_id AND t.game_date > p.since AND t.game_date <= p.until`;
/** What a player looks like after each of his games, until the day of the next. */
const states = (from: { readonly text: string }) => sql`(SELECT season, player_id, team_id, game_date AS since,
  IFNULL(LEAD(game_date) OVER (PARTITION BY season, player_id ORDER BY game_date, game_id), DATE '9999-12-31') AS until,
  CAST(SUM(points) OVER (PARTITION BY season, player_id ORDER BY game_date, game_id ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) AS INT64) AS points_last_2,
  ROW_NUMBER() OVER (PARTITION BY season, player_id ORDER BY game_date, game_id) AS games_so_far FROM ${from} AS l)`;

/** The players expected, and how many of their last three games were of a high tier. */
export const cache = defineProcessor({
  phase: 4,
  games: 'scheduled',
  table: defineTable({
    dataset: 'nba_precompute', name: 'toy_cache', description: 'A player before a game.', key: ['game_id', 'player_id'],
    columns: {
      game_id: text('game'), game_date: date('date'), season: text('season'), team_id: integer('team'), player_id: integer('player'),
      points_last_2: integer('as expected'), highs_last_3: integer('high tiers in his last three games'),
    },
  }),
  upstreams: { expected: reads(expected, blocks(sameDate(), ['points_last_2'])), form: reads(form, blocks(games(3, 'player'), ['tier'])) },
  spine: ({ from, inRange }) => sql`SELECT game_date, game_id, player_id FROM ${from.expected} AS e WHERE ${inRange('game_date')}`,
  query: ({ from, inRange }) => sql`SELECT e.game_id, e.game_date, e.season, e.team_id, e.player_id, ANY_VALUE(e.points_last_2) AS points_last_2, COUNTIF(ranked.tier = 'high') AS highs_last_3
    FROM ${from.expected} AS e LEFT JOIN (
      SELECT asked.game_id, asked.player_id, f.tier, ROW_NUMBER() OVER (PARTITION BY asked.game_id, asked.player_id ORDER BY f.game_date DESC, f.game_id DESC) AS nth
      FROM ${from.expected} AS asked JOIN ${from.form} AS f ON f.season = asked.season AND f.player_id = asked.player_id AND f.game_date < asked.game_date
    ) AS ranked ON ranked.game_id = e.game_id AND ranked.player_id = e.player_id AND ranked.nth <= 3
    WHERE ${inRange('e.game_date')} GROUP BY e.game_id, e.game_date, e.season, e.team_id, e.player_id`,
});

export const RANDOM_PROCESSORS = [schedule, points, form, expected, tiers, cache] as const;

/** The rows of every table, by table and date: what a unit stores. */
export type Contents = ReadonlyMap<string, string>;

/** A lake of any games and everything that is made from it, in memory. Close it. */
export class RandomLeague {
  private constructor(
    readonly lake: MemoryLake,
    readonly clock: FixedClock,
    readonly warehouse: Awaited<ReturnType<typeof memoryWarehouse>>,
    readonly processors: readonly Processor[],
  ) {}

  /** Nothing scraped, nothing loaded; or another's lake and clock with an empty warehouse. */
  static async open({ lake, clock }: { readonly lake: MemoryLake; readonly clock: FixedClock } = { lake: new MemoryLake(), clock: new FixedClock('2024-11-05T12:00:00Z') }, processors: readonly Processor[] = RANDOM_PROCESSORS): Promise<RandomLeague> {
    return new RandomLeague(lake, clock, await memoryWarehouse([], clock), processors);
  }

  close(): Promise<void> {
    return this.warehouse.close();
  }

  async scrapeSchedule(games: readonly RandomGame[]): Promise<void> {
    await this.lake.write(`nba-com/schedule/${SEASON}/${this.stamp()}.json`, JSON.stringify(games));
  }

  /** @returns the path */
  async scrape(on: GameDate, lines: readonly ToyLine[] | string): Promise<string> {
    const path = `nba-com/player-boxscores/${on}/${this.stamp()}.json`;
    await this.lake.write(path, typeof lines === 'string' ? lines : JSON.stringify(lines));
    return path;
  }

  /** Everything that is not complete, as `backfill repair` does it; a second later than the last run. */
  async repair({ maxGroup }: { readonly maxGroup?: number } = {}): Promise<Pick<BackfillOutcome, 'phases'>> {
    this.clock.advance(1000);
    const { warehouse, lake, clock } = this;
    const parts = { registry: createRegistry(this.processors), warehouse, lake, bus: new RecordingBus(), clock, settings: { gameTypes: ['regular-season'] } } as const;
    const repair = await new Repair(parts).plan({ scope: parseScope({ season: [SEASON] }), maxGroup });
    return !repair || repair.isDone ? { phases: [] } : repair.run({ ...RUN_DEFAULTS, trigger: 'spec', holder: 'spec' });
  }

  async contents(): Promise<Contents> {
    const contents = new Map<string, string>();
    for (const { table } of RANDOM_PROCESSORS) {
      for (const row of await this.warehouse.query(`${sql`SELECT ${columnList(columnNames(table))} FROM ${table}`.text} ORDER BY game_date, ${columnList(table.key).text}`)) {
        const unit = unitOf(table, row['game_date'] as GameDate);
        contents.set(unit, `${contents.get(unit) ?? ''}${JSON.stringify(row)}\n`);
      }
    }
    return contents;
  }

  private stamp(): string {
    this.clock.advance(1000);
    return this.clock.now().toISOString().slice(0, 19).replace('T', '_').replace(/[-:]/g, '');
  }
}

export const unitOf = ({ name }: TableDefinition, on: GameDate): string => `${name} ${on}`;
export const dayOf = (day: number): GameDate => addDays(FIRST, day);
