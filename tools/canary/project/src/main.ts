import { openDuckDbWarehouse } from '@nba/warehouse-duckdb';
import { askGuard, type Asked, checkOtherwise, checkTable, lookAtSchedule } from './checks.js';
import { runContained } from './contained.js';
import { type Correction, correctAssists } from './correct-assists.js';
import { Scouting, told } from './pipeline.js';
import { clock, LAKE, LAST_DATE, SEASON, WAREHOUSE_FILE } from './place.js';
import { duckDbPort, withDuckDb } from './ports.js';
import { writeSampleLake } from './sample-lake.js';

const CORRECTED_DATE = '2021-11-12';
const HOLE: Asked = { table: 'nba_raw.nbac_team_boxscore', startDate: '2021-12-10', endDate: LAST_DATE };

/** No games on Christmas Eve; our own table still holds what is lost upstream. */
const DIFFERENTLY = { daysOff: ['2021-12-24'], keysOf: 'scouting.team_assist_form', asOf: '2021-12-12' };

const open = () => openDuckDbWarehouse({ file: WAREHOUSE_FILE, clock, command: 'scouting' });

/** Fills our own table, corrects one value upstream, and repairs; then loses one row of what is upstream. */
async function live(): Promise<object> {
  const warehouse = await open();
  try {
    const scouting = new Scouting(warehouse);
    const first = told(await scouting.run());
    const again = told(await scouting.run());
    const correction: Correction = await correctAssists(scouting.lake, CORRECTED_DATE, clock.now(), '20211227_110000');
    const before = await scouting.form();
    const repair = told(await scouting.run());
    const after = await scouting.form();
    const verified = (await scouting.verify()).map(({ phase, complete }) => [phase, complete]);
    const [lost] = await warehouse.query(`SELECT game_id, team_id FROM ${HOLE.table} WHERE game_date = CAST(@date AS DATE) ORDER BY game_id, team_id LIMIT 1`, { date: HOLE.startDate });
    if (!lost) throw new Error(`${HOLE.startDate} has no rows`);
    await warehouse.query(`DELETE FROM ${HOLE.table} WHERE game_date = CAST(@date AS DATE) AND game_id = @game AND team_id = @team`, {
      date: HOLE.startDate, game: lost['game_id'] ?? null, team: lost['team_id'] ?? null,
    });
    return { first, again, correction, before, repair, after, verified, lost };
  } finally {
    await warehouse.close();
  }
}

async function main(): Promise<object> {
  await writeSampleLake(LAKE, SEASON, LAST_DATE);
  const lived = await live();
  const ours = await withDuckDb(WAREHOUSE_FILE, async (connection) => {
    const port = duckDbPort(connection);
    return { schedule: await lookAtSchedule(port, HOLE), check: await checkTable(port, HOLE), verdicts: await askGuard(port, HOLE), otherwise: await checkOtherwise(port, HOLE, DIFFERENTLY) };
  });
  const contained = told(await runContained());
  const warehouse = await open();
  try {
    return { ...lived, ...ours, contained, healed: await checkTable(warehouse, HOLE), healedVerdicts: await askGuard(warehouse, HOLE) };
  } finally {
    await warehouse.close();
  }
}

main().then(
  (facts) => process.stdout.write(JSON.stringify(facts)),
  (fault: unknown) => {
    console.error(fault);
    process.exitCode = 1;
  },
);
