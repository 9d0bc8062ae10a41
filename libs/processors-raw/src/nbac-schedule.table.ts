import { column, defineTable } from '@nba/kernel';

const { date, flag, integer, provenance, text, timestamp } = column;

export const nbacScheduleTable = defineTable({
  dataset: 'nba_raw',
  name: 'nbac_schedule',
  description: 'One row per game of a season, all game types, as the newest schedule document has it. What is expected is derived from here and from nowhere else.',
  key: ['game_id'],
  columns: {
    game_id: text('NBA game id, ten characters'),
    game_date: date('Civil date of the game in US Eastern time'),
    season: text('Season, as 2024-25'),
    game_type: text('By the id\'s prefix: preseason, regular-season, all-star, playoffs, cup-final or play-in'),
    game_status: integer('1 scheduled, 2 live, 3 final'),
    game_status_text: text('The feed\'s text, for example Final/OT'),
    tipoff_at: timestamp('Tip-off, UTC; NULL when not yet known'),
    home_team_id: integer('Home team; NULL while undecided'),
    home_team_tricode: text('Home team\'s three letters'),
    home_score: integer('Points of the home team; NULL until the game has been played'),
    away_team_id: integer('Away team; NULL while undecided'),
    away_team_tricode: text('Away team\'s three letters'),
    away_score: integer('Points of the away team; NULL until the game has been played'),
    arena_name: text('Name of the arena'),
    arena_city: text('City of the arena'),
    is_neutral: flag('Played at neither team\'s home'),
    game_label: text('The feed\'s label, for example Emirates NBA Cup; empty for most games'),
    postponed_status: text('The feed\'s flag: N; Y while a postponed game has no new date; now and then A once it has one'),
    source_document: provenance('The lake document this row was read from'),
  },
});
