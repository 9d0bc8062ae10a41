import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Row, type Warehouse, gameTypeOf } from '@nba/kernel';
import { memoryWarehouse } from '@nba/testing';
import { players, schedule, teams } from './raw-tables.fixture';

const LAKE = join(__dirname, '../../../../shared/lake/nba-com');
const DAYS: Readonly<Record<string, readonly [first: string, last: string]>> = { '2022-23': ['2022-10-01', '2023-09-30'], '2024-25': ['2024-10-01', '2025-09-30'] };

/** Describes what is shown on real data; where there is none it is skipped, and says so. */
export function describeOnRealData(name: string, body: () => void): void {
  if (existsSync(LAKE)) return describe(name, body);
  process.stderr.write(`Skipped, because there are no real seasons at ${LAKE}: ${name}\n`);
  describe.skip(`${name} (needs ${LAKE})`, body);
}

interface FeedGame {
  readonly gameId: string;
  readonly gameStatus: number;
  readonly gameDateEst: string;
  readonly homeTeam: { readonly teamId: number; readonly teamTricode: string; readonly score: number };
  readonly awayTeam: FeedGame['homeTeam'];
}
interface GameLog {
  readonly resultSets: readonly [{ readonly headers: readonly string[]; readonly rowSet: readonly (readonly unknown[])[] }];
}

/** The raw tables of the real seasons, as far as completeness looks at them: who, when, in which game. Read anew, by other code than the pipeline's. */
export async function realWarehouse(seasons: readonly string[]): Promise<Warehouse> {
  const warehouse = await memoryWarehouse([schedule, players, teams]);
  await warehouse.append(schedule, seasons.flatMap(scheduleRows));
  await warehouse.append(players, seasons.flatMap((season) => boxscoreRows('player-boxscores', season)));
  await warehouse.append(teams, seasons.flatMap((season) => boxscoreRows('team-boxscores', season)));
  return warehouse;
}

const newestIn = (folder: string): string => readFileSync(join(folder, readdirSync(folder).sort().at(-1) as string), 'utf8');
const NOTHING = (table: { columns: object }): Row => Object.fromEntries(Object.keys(table.columns).map((name) => [name, null]));

function scheduleRows(season: string): Row[] {
  const { leagueSchedule } = JSON.parse(newestIn(join(LAKE, 'schedule', season))) as { leagueSchedule: { gameDates: readonly { games: readonly FeedGame[] }[] } };
  return leagueSchedule.gameDates.flatMap(({ games }) => games).filter(({ homeTeam }) => homeTeam.teamId > 0).map((game) => ({
    ...NOTHING(schedule), season, game_id: game.gameId, game_date: game.gameDateEst.slice(0, 10), game_type: gameTypeOf(game.gameId) ?? 'other', game_status: game.gameStatus,
    home_team_id: game.homeTeam.teamId, home_team_tricode: game.homeTeam.teamTricode, away_team_id: game.awayTeam.teamId, away_team_tricode: game.awayTeam.teamTricode,
  }));
}

function boxscoreRows(kind: 'player-boxscores' | 'team-boxscores', season: string): Row[] {
  const [first, last] = DAYS[season] as readonly [string, string];
  return readdirSync(join(LAKE, kind)).filter((date) => date >= first && date <= last).flatMap((date) => {
    const { headers, rowSet } = (JSON.parse(newestIn(join(LAKE, kind, date))) as GameLog).resultSets[0];
    return rowSet.map((cells): Row => {
      const cell = (name: string) => cells[headers.indexOf(name)];
      const line = { season, game_id: String(cell('GAME_ID')), game_date: date, team_id: Number(cell('TEAM_ID')), team_tricode: String(cell('TEAM_ABBREVIATION')) };
      return kind === 'team-boxscores' ? { ...NOTHING(teams), ...line } : { ...NOTHING(players), ...line, player_id: Number(cell('PLAYER_ID')), player_name: String(cell('PLAYER_NAME')) };
    });
  });
}
