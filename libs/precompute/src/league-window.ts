import { identifier, joinSql, sql, type Sql } from '@nba/kernel';
import { known, weighed } from '@nba/processors-analytics';

/** The integers to sum over all games of the league in the days before a date. */
export interface LeagueWindow {
  /** One row per team and game: season, game_date and what `sums` reads. */
  readonly games: Sql;
  /** The dates asked for: anything with season and game_date. */
  readonly dates: Sql;
  /** [D − days, D − 1], within the season. */
  readonly days: number;
  readonly sums: Readonly<Record<string, Sql>>;
}

/** Common table expressions that end in `league`: one row per date with games before it, by season and game_date. */
export function leagueWindow({ games, dates, days, sums }: LeagueWindow): Sql {
  const columns = (write: (name: Sql, value: Sql) => Sql) =>
    joinSql(Object.entries(sums).map(([name, value]) => sql`${write(identifier(name), value)} AS ${identifier(name)}`));
  return sql`league_day AS (
      SELECT season, game_date, ${columns((_, value) => sql`SUM(${weighed(value)})`)} FROM ${games} AS g GROUP BY season, game_date
    ), league AS (
      SELECT asked.season, asked.game_date, ${columns((name) => sql`SUM(league_day.${name})`)}
      FROM (SELECT DISTINCT season, game_date FROM ${dates} AS d) AS asked
      JOIN league_day ON league_day.season = asked.season
        AND league_day.game_date BETWEEN DATE_SUB(asked.game_date, INTERVAL ${days} DAY) AND DATE_SUB(asked.game_date, INTERVAL 1 DAY)
      GROUP BY asked.season, asked.game_date
    )`;
}

/** A sum of the joined `league` row: NULL without games or with an unknown value among them. */
export const leagueSum = (sum: string): Sql => known(sql`league.${identifier(sum)}`);
