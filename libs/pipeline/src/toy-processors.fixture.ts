import { type Row, type Sql, column, days, defineTable, games, sameDate, seasonOf, seasonSoFar, sql, type GameDate } from '@nba/kernel';
import { blocks, defineDocumentProcessor, defineProcessor, informs, reads, type Finding, type RawInput, type RawOutput } from './definition/processor';

const { date, integer, text } = column;

/** One game of the toy schedule document. */
export type ToyGame = readonly [gameId: string, date: string, status: 1 | 3];
/** One line of a toy box-score document. */
export type ToyLine = readonly [gameId: string, teamId: number, playerId: number, points: number, assists: number];

/** Every toy game is played by these two. */
export const TEAMS = [1, 2] as const;

export const scheduleTable = defineTable({
  dataset: 'nba_raw',
  name: 'nbac_schedule',
  description: 'Toy schedule: what the calendar reads.',
  key: ['game_id'],
  columns: {
    game_id: text('game'), game_date: date('date'), season: text('season'), game_type: text('type'), game_status: integer('1 or 3'),
    home_team_id: integer('home'), home_team_tricode: text('home'), home_score: integer('home'),
    away_team_id: integer('away'), away_team_tricode: text('away'), away_score: integer('away'),
  },
});

export const toySchedule = defineDocumentProcessor({
  phase: 2,
  table: scheduleTable,
  upstreams: {},
  games: 'scheduled',
  documents: 'schedule',
  unit: 'season',
  revision: 1,
  interpret: ({ documents }) => {
    const newest = documents.at(-1);
    if (!newest) return { rows: [], sources: [], findings: [finding('DOCUMENT_MISSING', 'no schedule')] };
    const rows = (JSON.parse(newest.text) as ToyGame[]).map(([gameId, gameDate, status]) => ({
      game_id: gameId, game_date: gameDate, season: seasonOf(gameDate as GameDate), game_type: 'regular-season', game_status: status,
      home_team_id: 1, home_team_tricode: 'ONE', home_score: null, away_team_id: 2, away_team_tricode: 'TWO', away_score: null,
    }));
    return { rows, findings: [], sources: [newest.ref.path] };
  },
  spineKey: ['game_id'],
  spine: ({ inRange }) => sql`SELECT game_date, game_id FROM ${scheduleTable} WHERE ${inRange('game_date')}`,
});

const SCHEDULED = ['home_team_id', 'away_team_id', 'game_status'];
const teamsOf = (schedule: Sql, where: Sql): Sql => sql`(SELECT game_date, game_id, season, home_team_id AS team_id FROM ${schedule} AS h WHERE ${where}
  UNION ALL SELECT game_date, game_id, season, away_team_id FROM ${schedule} AS a WHERE ${where})`;

/** Raw lines from the newest document of a date. */
export const toyPoints = defineDocumentProcessor({
  phase: 2,
  table: defineTable({
    dataset: 'nba_raw',
    name: 'toy_points',
    description: 'Points and assists of a player in a game.',
    key: ['game_id', 'player_id'],
    columns: {
      game_id: text('game'), game_date: date('date'), season: text('season'), team_id: integer('team'), player_id: integer('player'),
      points: integer('points'), assists: integer('assists, which nobody reads'),
    },
  }),
  upstreams: { schedule: reads(toySchedule, blocks(sameDate(), SCHEDULED)) },
  games: 'final',
  documents: 'player-boxscores',
  unit: 'date',
  revision: 1,
  interpret: interpretPoints,
  spineKey: ['game_id', 'team_id'],
  spine: ({ from, inRange }) => sql`SELECT game_date, game_id, team_id FROM ${teamsOf(from.schedule, sql`game_status = 3`)} AS t WHERE ${inRange('game_date')}`,
});

function interpretPoints({ partition, documents, schedule }: RawInput): RawOutput {
  const newest = documents.at(-1);
  if (!newest) return { rows: [], sources: [], findings: [finding('DOCUMENT_MISSING', `${partition}: no document`)] };
  let lines: ToyLine[];
  try {
    lines = JSON.parse(newest.text) as ToyLine[];
  } catch {
    return { rows: [], sources: [], findings: [finding('DOCUMENT_INVALID', `${newest.ref.path} is no JSON`)] };
  }
  const played = schedule.filter((row) => row['game_status'] === 3).map((row) => row['game_id']);
  const stray = lines.filter(([gameId]) => !played.includes(gameId));
  const rows = lines.filter((line) => !stray.includes(line)).map(([gameId, teamId, playerId, points, assists]): Row => ({
    game_id: gameId, game_date: partition, season: seasonOf(partition as GameDate), team_id: teamId, player_id: playerId, points, assists,
  }));
  return { rows, sources: [newest.ref.path], findings: stray.length > 0 ? [finding('GAME_NOT_ON_DATE', `${newest.ref.path}: other games`)] : [] };
}

const finding = (code: string, message: string): Finding => ({ severity: 'error', code, message });

/** Points of the game and of the player's two games before. 666 points are more than the statement can bear. */
export const toyForm = defineProcessor({
  phase: 3,
  table: defineTable({
    dataset: 'nba_analytics',
    name: 'toy_form',
    description: 'A player in a game, and the two games before.',
    key: ['game_id', 'player_id'],
    columns: {
      game_id: text('game'), game_date: date('date'), season: text('season'), team_id: integer('team'), player_id: integer('player'),
      points: integer('points'), tier: text('high from 20 points'), points_last_2: integer('points in the two games before'),
    },
  }),
  upstreams: { points: reads(toyPoints, blocks(sameDate(), ['points']), blocks(games(2, 'player'), ['points'])) },
  games: 'final',
  spine: { keysOf: 'points' },
  query: ({ from, inRange }) => sql`
    SELECT game_id, game_date, season, team_id, player_id, CAST(IF(points = 666, 'too many', CAST(points AS STRING)) AS INT64) AS points,
      IF(points >= 20, 'high', 'low') AS tier, points_last_2
    FROM (SELECT *, CAST(SUM(points) OVER (PARTITION BY season, player_id ORDER BY game_date, game_id ROWS BETWEEN 2 PRECEDING AND 1 PRECEDING) AS INT64) AS points_last_2
      FROM ${from.points} AS p) AS windowed
    WHERE ${inRange('game_date')}`,
});

/** What is known of a team on the morning of a game: high tiers in the three days before, rows in the season before. */
export const toyTiers = defineProcessor({
  phase: 4,
  table: defineTable({
    dataset: 'nba_precompute',
    name: 'toy_tiers',
    description: 'A team before a game.',
    key: ['game_id', 'team_id'],
    columns: {
      game_id: text('game'), game_date: date('date'), season: text('season'), team_id: integer('team'),
      highs_last_3_days: integer('high tiers'), rows_so_far: integer('rows of the season before'),
    },
  }),
  upstreams: {
    schedule: reads(toySchedule, blocks(sameDate(), SCHEDULED)),
    form: reads(toyForm, blocks(days(3, 'team'), ['tier']), informs(seasonSoFar('team'), [])),
  },
  games: 'scheduled',
  spine: ({ from, inRange }) => sql`SELECT game_date, game_id, team_id FROM ${teamsOf(from.schedule, sql`TRUE`)} AS t WHERE ${inRange('game_date')}`,
  query: ({ from, inRange }) => sql`
    SELECT t.game_id, t.game_date, t.season, t.team_id,
      COUNTIF(f.tier = 'high' AND f.game_date >= DATE_SUB(t.game_date, INTERVAL 3 DAY)) AS highs_last_3_days, COUNT(f.player_id) AS rows_so_far
    FROM ${teamsOf(from.schedule, sql`TRUE`)} AS t
      LEFT JOIN ${from.form} AS f ON f.team_id = t.team_id AND f.season = t.season AND f.game_date < t.game_date
    WHERE ${inRange('t.game_date')}
    GROUP BY t.game_id, t.game_date, t.season, t.team_id`,
});

export const TOY_PROCESSORS = [toySchedule, toyPoints, toyForm, toyTiers] as const;
