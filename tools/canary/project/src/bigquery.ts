import { BigQuery } from '@google-cloud/bigquery';
import { askGuard, checkOtherwise, checkTable, lookAtSchedule } from './checks.js';
import { bigQueryPort } from './ports.js';

const BOSTON = [1610612738, 'BOS'] as const;
const DENVER = [1610612743, 'DEN'] as const;
const MIAMI = [1610612748, 'MIA'] as const;
const TABLE = 'scouting.team_lines';

/** Three games played, a day off between, and one still to come. */
const GAMES = [
  { game_id: '0022400001', game_date: '2024-11-01', game_status: 3, home: BOSTON, away: DENVER, scores: [110, 100] },
  { game_id: '0022400002', game_date: '2024-11-03', game_status: 3, home: DENVER, away: MIAMI, scores: [98, 99] },
  { game_id: '0022400003', game_date: '2024-11-04', game_status: 3, home: MIAMI, away: BOSTON, scores: [101, 120] },
  { game_id: '0022400004', game_date: '2024-11-05', game_status: 1, home: MIAMI, away: BOSTON, scores: [null, null] },
] as const;

/** Our lines: Miami's of 3 November never came, and nobody scraped on the 4th. */
const LINES = [['0022400001', '2024-11-01', BOSTON[0]], ['0022400001', '2024-11-01', DENVER[0]], ['0022400002', '2024-11-03', DENVER[0]]] as const;

const text = (value: string): string => `'${value}'`;

async function fill(bigquery: BigQuery): Promise<void> {
  const run = async (query: string): Promise<void> => { await bigquery.query({ query }); };
  for (const dataset of ['nba_raw', 'scouting']) await bigquery.createDataset(dataset);
  await run(`CREATE TABLE nba_raw.nbac_schedule (game_id STRING, game_date DATE, season STRING, game_type STRING, game_status INT64,
    home_team_id INT64, home_team_tricode STRING, home_score INT64, away_team_id INT64, away_team_tricode STRING, away_score INT64) PARTITION BY game_date`);
  await run(`CREATE TABLE ${TABLE} (game_id STRING, game_date DATE, team_id INT64) PARTITION BY game_date`);
  const games = GAMES.map(({ game_id, game_date, game_status, home, away, scores }) =>
    `(${[text(game_id), `DATE ${text(game_date)}`, text('2024-25'), text('regular-season'), game_status,
      home[0], text(home[1]), scores[0] ?? 'NULL', away[0], text(away[1]), scores[1] ?? 'NULL'].join(', ')})`);
  await run(`INSERT INTO nba_raw.nbac_schedule (game_id, game_date, season, game_type, game_status, home_team_id, home_team_tricode, home_score,
    away_team_id, away_team_tricode, away_score) VALUES ${games.join(', ')}`);
  await run(`INSERT INTO ${TABLE} (game_id, game_date, team_id) VALUES ${LINES.map(([game, date, team]) => `(${text(game)}, DATE ${text(date)}, ${team})`).join(', ')}`);
}

async function main(projectId: string, apiEndpoint: string): Promise<object> {
  const bigquery = new BigQuery({ projectId, apiEndpoint });
  await fill(bigquery);
  const port = bigQueryPort(bigquery);
  const asked = { table: TABLE, startDate: '2024-11-01', endDate: '2024-11-04' };
  return {
    schedule: await lookAtSchedule(port, asked),
    check: await checkTable(port, asked),
    otherwise: await checkOtherwise(port, asked, { daysOff: ['2024-11-02'], keysOf: TABLE, asOf: '2024-11-05' }),
    verdicts: await askGuard(port, asked, { history: false }),
  };
}

const [projectId, apiEndpoint] = process.argv.slice(2);
if (projectId === undefined || apiEndpoint === undefined) throw new Error('Usage: node dist/bigquery.js <project> <endpoint>');
main(projectId, apiEndpoint).then(
  (facts) => process.stdout.write(JSON.stringify(facts)),
  (fault: unknown) => {
    console.error(fault);
    process.exitCode = 1;
  },
);
