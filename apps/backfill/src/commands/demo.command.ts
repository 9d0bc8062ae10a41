import Table from 'cli-table3';
import type { Command } from 'commander';
import { type Row, DEFAULT_GAME_TYPES, sql } from '@nba/kernel';
import { type BackfillOutcome, RUN_DEFAULTS, type TableVerification, datesAsked } from '@nba/pipeline';
import { parseScope } from '@nba/schedule';
import { Configuration, count, duration, positiveInteger } from '@nba/command-line';
import { generateLeague } from '@nba/sample-league';
import { openFolderLake } from '@nba/raw-lake';
import { withApp } from '../container';
import { exitCodeOf } from '../outcome-exit-code';
import { describeOutcome } from '../describe-outcome';
import type { EndWith } from '../program';
import { progressDisplay } from '../progress-display';
import type { Surroundings } from '../surroundings';

/** Its own folder: a demo never touches a real warehouse or lake. */
const FOLDER = '.nba/demo';

/** Adds `demo`: a synthetic league of four seasons, everything computed and verified, and a short result. */
export function addDemoCommand(program: Command, surroundings: Surroundings, end: EndWith): void {
  program
    .command('demo')
    .description('make a synthetic league of four seasons, run every phase, show the result')
    .option('--seed <n>', 'another league', positiveInteger, 2021)
    .option('--folder <folder>', 'where the lake and the warehouse go', FOLDER)
    .action(async ({ seed, folder }: { seed: number; folder: string }) => {
      const { output, clock, signal } = surroundings;
      const configuration = new Configuration({ warehouse: `duckdb:${folder}/warehouse.duckdb`, lake: `${folder}/lake` }, {});
      const started = performance.now();
      output.line(`Writing a synthetic league (seed ${seed}) to ${configuration.lake} …`);
      const documents = await writeLeague(configuration.lake, seed);
      output.line(`  ${count(documents)} documents, four seasons, in ${duration(performance.now() - started)}`);
      output.line('Loading, computing and verifying …');

      const running = performance.now();
      const display = progressDisplay(surroundings);
      const { outcome, leaders } = await withApp(configuration, { gameTypes: DEFAULT_GAME_TYPES }, { clock, command: 'backfill demo', readOnly: false }, async (app) => {
        const request = {
          ...RUN_DEFAULTS, phases: [2, 3, 4], scope: parseScope({}), verify: datesAsked, trigger: 'backfill demo', holder: 'backfill demo', signal,
        } as const;
        const result = await app.backfill.run(request, (progress) => display.show(progress));
        return { outcome: result, leaders: await app.warehouse.query(LEADERS.text) };
      }).finally(() => display.end());
      output.line(`  done in ${duration(performance.now() - running)}`);
      for (const line of result(outcome, leaders, configuration)) output.line(line);
      end(exitCodeOf(outcome));
    });
}

async function writeLeague(folder: string, seed: number): Promise<number> {
  const lake = openFolderLake(folder);
  let documents = 0;
  for (const { path, text } of generateLeague({ seed })) {
    await lake.write(path, text);
    documents++;
  }
  return documents;
}

const LEADERS = sql`SELECT player_name, COUNT(*) AS games, SUM(points) AS points, SUM(assists) AS assists, SUM(rebounds) AS rebounds,
    100 * SUM(plays_x100 * game_minutes) * 60 / SUM(seconds_played * team_plays_x100) AS usage_rate,
    SUM(points) * 50 / (SUM(field_goals_attempted) * 100 + SUM(free_throws_attempted) * 44) AS ts_pct
  FROM nba_analytics.player_game_summary WHERE season = '2024-25'
  GROUP BY player_id, player_name HAVING COUNT(*) >= 58 ORDER BY SUM(points) / COUNT(*) DESC LIMIT 5`;

function result(outcome: BackfillOutcome, leaders: readonly Row[], { warehouse, lake }: Configuration): string[] {
  if (exitCodeOf(outcome) !== 0) return ['', ...describeOutcome(outcome)];
  const coverage = table('phase', 'table', 'dates', 'games', 'rows checked');
  for (const { phase, verifications } of outcome.phases) {
    for (const reports of byTable(verifications.flatMap(({ reports }) => reports))) coverage.push([phase, reports[0]?.table ?? '', ...sums(reports)]);
  }
  const board = table('2024-25', 'games', 'points', 'rebounds', 'assists', 'usage', 'true shooting');
  for (const row of leaders) board.push([String(row['player_name']), ...leaderCells(row)]);
  const file = warehouse.slice('duckdb:'.length);
  return [
    '', 'Coverage, verified from the rows themselves:', coverage.toString(),
    '', 'Best scorers of the last season (per game):', board.toString(),
    '', `The database is ${file}, its raw lake ${lake}. What to try next:`,
    `  npx nx run backfill:status --warehouse=${warehouse} --lake=${lake}`,
    `  npx nx run verifier:verify --warehouse=${warehouse} --phase=4 --season=2023-24`,
    `  node dist/apps/backfill/main.js sql --warehouse ${warehouse} "SELECT * FROM nba_precompute.player_composite_factors WHERE game_date = '2025-01-15' LIMIT 5"`,
  ];
}

/** A table without lines between its rows. */
function table(...head: string[]): Table.Table {
  return new Table({ head, style: { head: [], border: [], compact: true } });
}

/** The reports of each table over all seasons; of a table that was checked by team and by player, those by player. */
function byTable(reports: readonly TableVerification[]): TableVerification[][] {
  const names = [...new Set(reports.map((report) => report.table))];
  return names.map((name) => {
    const own = reports.filter((report) => report.table === name);
    const perPlayer = own.filter(({ per }) => per === 'player');
    return perPlayer.length > 0 ? perPlayer : own;
  });
}

function sums(reports: readonly TableVerification[]): string[] {
  const total = (of: 'dates' | 'games' | 'coverage'): string => {
    const [present, expected] = [0, 0].map((_, i) => reports.reduce((sum, report) => sum + (i === 0 ? report[of].present : report[of].expected), 0));
    return `${count(present ?? 0)} of ${count(expected ?? 0)}`;
  };
  return [total('dates'), total('games'), total('coverage')];
}

function leaderCells(row: Row): string[] {
  const games = Number(row['games']);
  const perGame = (stat: string) => (Number(row[stat]) / games).toFixed(1);
  return [String(games), perGame('points'), perGame('rebounds'), perGame('assists'), `${Number(row['usage_rate']).toFixed(1)} %`, Number(row['ts_pct']).toFixed(3)];
}
