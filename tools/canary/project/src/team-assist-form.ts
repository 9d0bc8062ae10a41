import { column, defineTable, games, sameDate, sql } from '@nba/kernel';
import { blocks, createRegistry, defineProcessor, reads } from '@nba/pipeline';
import { nbacTeamBoxscore, rawProcessors } from '@nba/processors-raw';

const { date, float, integer, text } = column;

/** Our own table: it knows the lookback, and nothing of how tables are filled. */
export const teamAssistForm = defineProcessor({
  phase: 3,
  games: 'final',
  table: defineTable({
    dataset: 'scouting',
    name: 'team_assist_form',
    description: 'A team in a final game: its assists, and those of its five games before.',
    key: ['game_id', 'team_id'],
    columns: {
      game_id: text('NBA game id'),
      game_date: date('Civil date of the game in US Eastern time'),
      season: text('Season, as 2024-25'),
      team_id: integer('NBA team id'),
      assists: integer('Assists in the game'),
      games_in_last_5: integer('Games before this one within the season, five at most'),
      assists_last_5: integer('Assists in these games; NULL when there is none'),
      assists_avg_last_5: float('assists_last_5 / games_in_last_5'),
    },
  }),
  upstreams: { boxscores: reads(nbacTeamBoxscore, blocks(sameDate(), ['assists']), blocks(games(5, 'team'), ['assists'])) },
  spine: { keysOf: 'boxscores' },
  emptyReason: 'no final game on this date',
  query: ({ from, inRange }) => sql`
    SELECT game_id, game_date, season, team_id, assists, games_in_last_5, assists_last_5, SAFE_DIVIDE(assists_last_5, games_in_last_5) AS assists_avg_last_5
    FROM (
      SELECT *, COUNT(*) OVER five AS games_in_last_5, CAST(SUM(assists) OVER five AS INT64) AS assists_last_5
      FROM ${from.boxscores} AS b
      WINDOW five AS (PARTITION BY season, team_id ORDER BY game_date, game_id ROWS BETWEEN 5 PRECEDING AND 1 PRECEDING)
    ) AS form
    WHERE ${inRange('game_date')}`,
});

/** The tables it reads, and ours. */
export const registry = createRegistry([...rawProcessors, teamAssistForm]);
