import { type Gap, type CompletenessReport } from '@nba/completeness';
import type { GameCalendar } from '@nba/schedule';
import type { GameGap } from './pipeline-survey';

interface Found {
  readonly first: Gap;
  readonly teams: Set<string>;
  readonly players: Set<string>;
  readonly tables: Set<string>;
}

/** The gaps of all tables, gathered by game: one line for a game however many tables lack it. In the order of their dates. */
export function findGameGaps(reports: readonly CompletenessReport[], calendar: GameCalendar): GameGap[] {
  const games = new Map(calendar.games.map((game) => [game.gameId, `${game.away.tricode}@${game.home.tricode}`]));
  const found = new Map<string, Found>();
  for (const { table, gaps } of reports) {
    for (const gap of gaps) {
      const key = `${gap.date} ${gap.gameId ?? ''} ${gap.kind}`;
      const known = found.get(key) ?? { first: gap, teams: new Set(), players: new Set(), tables: new Set() };
      found.set(key, known);
      known.tables.add(table);
      if (gap.teamId !== undefined) known.teams.add(gap.team ?? String(gap.teamId));
      if (gap.playerId !== undefined) known.players.add(gap.player ?? String(gap.playerId));
    }
  }
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, { first, teams, players, tables }]) => ({
    kind: first.kind, date: first.date, gameId: first.gameId ?? null, game: games.get(first.gameId ?? '') ?? null,
    teams: [...teams].sort(), players: [...players].sort(), tables: [...tables],
  }));
}
