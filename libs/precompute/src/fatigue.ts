import { joinSql, sql, type Sql } from '@nba/kernel';

/** The columns of upcoming_player_game_context that fatigue is judged by. */
export const FATIGUE_COLUMNS = [
  'days_rest', 'is_back_to_back', 'games_in_last_7_days', 'seconds_in_last_7_days', 'back_to_backs_in_last_14_days',
] as const;

/** Points when the condition holds, 0 when it does not, NULL when that is not known. */
const when = (condition: Sql, points: number): Sql => sql`CASE WHEN ${condition} THEN ${points} WHEN NOT (${condition}) THEN 0 END`;

/** Without games in the seven days there are no seconds to know. */
const played = (condition: Sql): Sql => sql`games_in_last_7_days > 0 AND ${condition}`;

const PARTS: readonly Sql[] = [
  sql`CASE WHEN is_back_to_back THEN -15 WHEN NOT is_back_to_back THEN ${when(sql`days_rest >= 3`, 5)} END`,
  when(sql`games_in_last_7_days >= 4`, -10),
  when(played(sql`seconds_in_last_7_days > 240 * 60`), -10),
  when(played(sql`seconds_in_last_7_days > 35 * 60 * games_in_last_7_days`), -8),
  sql`CASE WHEN back_to_backs_in_last_14_days >= 2 THEN -12 ELSE ${when(sql`back_to_backs_in_last_14_days >= 1`, -5)} END`,
];

/** 100 and the parts, before it is clamped; NULL when a part is. */
export const FATIGUE_SUM: Sql = sql`100 + ${joinSql(PARTS, ' + ')}`;
