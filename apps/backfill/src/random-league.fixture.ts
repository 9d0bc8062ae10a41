import { type GameDate, type Season, DEFAULT_GAME_TYPES, addDays, columnList, columnNames, parseGameDate, sql } from '@nba/kernel';
import { LocalEventBus } from '@nba/events-local';
import { Backfill, type BackfillOutcome, type BackfillRequest, RUN_DEFAULTS } from '@nba/pipeline';
import { parseScope } from '@nba/schedule';
import { FixedClock, MemoryLake, memoryWarehouse } from '@nba/testing';
import { registry } from '@nba/wiring';
import type { Line } from './lake-folder.fixture';

/** Before the seasons that are known beforehand: nobody expects 82 games a team of it. */
export const SEASON = '2019-20' as Season;
const FIRST = parseGameDate('2019-10-22');

export const TEAMS: readonly (readonly [id: number, tricode: string])[] = [
  [1610612738, 'BOS'], [1610612752, 'NYK'], [1610612747, 'LAL'], [1610612743, 'DEN'],
];

/** A game of the random league; teams by their place in the list. */
export interface Game {
  readonly id: string;
  readonly date: GameDate;
  readonly status: 1 | 3;
  readonly home: number;
  readonly away: number;
}

/** What a player did in a game: all else of his line follows from it. */
export interface Performance {
  readonly gameId: string;
  readonly team: number;
  readonly player: number;
  readonly twos: number;
  readonly threes: number;
  readonly freeThrows: number;
  readonly assists: number;
  readonly minutes: number;
}

export const pointsOf = ({ twos, threes, freeThrows }: Performance): number => 2 * twos + 3 * threes + freeThrows;
export const dayOf = (day: number): GameDate => addDays(FIRST, day);

const PLAYER_HEADERS = ['SEASON_ID', 'PLAYER_ID', 'PLAYER_NAME'];
const HEADERS = ['TEAM_ID', 'TEAM_ABBREVIATION', 'TEAM_NAME', 'GAME_ID', 'GAME_DATE', 'MATCHUP', 'WL', 'MIN', 'FGM', 'FGA', 'FG3M', 'FG3A',
  'FTM', 'FTA', 'OREB', 'DREB', 'REB', 'AST', 'STL', 'BLK', 'TOV', 'PF', 'PTS', 'PLUS_MINUS'];
const SUMMED = ['MIN', 'FGM', 'FGA', 'FG3M', 'FG3A', 'FTM', 'FTA', 'OREB', 'DREB', 'REB', 'AST', 'STL', 'BLK', 'TOV', 'PF', 'PTS'];

function lineOf(game: Game, one: Performance): Line {
  const [teamId, tricode] = TEAMS[one.team] as readonly [number, string];
  const other = TEAMS[one.team === game.home ? game.away : game.home]?.[1];
  const made = one.twos + one.threes;
  return {
    SEASON_ID: '22019', PLAYER_ID: 1000 + one.player, PLAYER_NAME: `Player ${one.player}`, TEAM_ID: teamId, TEAM_ABBREVIATION: tricode, TEAM_NAME: tricode, GAME_ID: game.id, GAME_DATE: game.date,
    MATCHUP: one.team === game.home ? `${tricode} vs. ${other}` : `${tricode} @ ${other}`, WL: null, MIN: one.minutes, FGM: made, FGA: made + 1 + (one.player % 5), FG3M: one.threes, FG3A: one.threes + 1,
    FTM: one.freeThrows, FTA: one.freeThrows + (one.player % 2), OREB: one.player % 3, DREB: 2, REB: 2 + (one.player % 3), AST: one.assists, STL: 1, BLK: 0, TOV: one.player % 4, PF: one.player % 6,
    PTS: pointsOf(one), PLUS_MINUS: 0,
  };
}

function teamLines(game: Game, performances: readonly Performance[]): Line[] {
  const lines = performances.map((one) => lineOf(game, one));
  return [game.home, game.away].flatMap((team) => {
    const own = lines.filter((line) => line['TEAM_ID'] === TEAMS[team]?.[0]);
    return own.length === 0 ? [] : [{ ...own[0], ...Object.fromEntries(SUMMED.map((stat) => [stat, own.reduce((sum, line) => sum + Number(line[stat]), 0)])) }];
  });
}

const gameLog = (headers: readonly string[], lines: readonly Line[]): string =>
  JSON.stringify({ resource: 'leaguegamelog', resultSets: [{ name: 'LeagueGameLog', headers, rowSet: lines.map((line) => headers.map((header) => line[header])) }] });

/** The two box-score documents of a date. */
export function boxScoreTexts(games: readonly Game[], performances: readonly Performance[]): Readonly<Record<'player-boxscores' | 'team-boxscores', string>> {
  const of = (game: Game) => performances.filter(({ gameId }) => gameId === game.id);
  return {
    'player-boxscores': gameLog([...PLAYER_HEADERS, ...HEADERS], games.flatMap((game) => of(game).map((one) => lineOf(game, one)))),
    'team-boxscores': gameLog(['SEASON_ID', ...HEADERS], games.flatMap((game) => teamLines(game, of(game)))),
  };
}

/** A season's schedule: the score of a played game is what its players made. */
export function scheduleText(games: readonly Game[], performances: readonly Performance[]): string {
  const side = (game: Game, team: number) => ({
    teamId: TEAMS[team]?.[0], teamTricode: TEAMS[team]?.[1],
    score: game.status === 3 ? performances.filter((one) => one.gameId === game.id && one.team === team).reduce((sum, one) => sum + pointsOf(one), 0) : 0,
  });
  const dates = [...new Set(games.map(({ date }) => date))].sort();
  const gameDates = dates.map((date) => ({
    gameDate: `${date.slice(5, 7)}/${date.slice(8)}/${date.slice(0, 4)} 00:00:00`,
    games: games.filter((game) => game.date === date).map((game) => ({
      gameId: game.id, gameStatus: game.status, gameStatusText: game.status === 3 ? 'Final' : '7:30 pm ET', gameDateEst: `${date}T00:00:00Z`, gameDateTimeUTC: `${date}T23:30:00Z`, gameLabel: '',
      arenaName: 'Arena', arenaCity: 'City', postponedStatus: 'N', isNeutral: false, homeTeam: side(game, game.home), awayTeam: side(game, game.away),
    })),
  }));
  return JSON.stringify({ leagueSchedule: { seasonYear: SEASON, leagueId: '00', gameDates } });
}

/** The rows of every table, by table and date: what a unit stores. */
export type Contents = ReadonlyMap<string, string>;

/** A lake and everything that is made from it by the real processors, in memory. Close it. */
export class RandomLeague {
  private constructor(
    readonly lake: MemoryLake,
    readonly clock: FixedClock,
    readonly warehouse: Awaited<ReturnType<typeof memoryWarehouse>>,
  ) {}

  /** Nothing scraped, nothing loaded; or another's lake and clock with an empty warehouse. */
  static async open({ lake, clock }: { readonly lake: MemoryLake; readonly clock: FixedClock } = { lake: new MemoryLake(), clock: new FixedClock('2019-12-15T12:00:00Z') }): Promise<RandomLeague> {
    return new RandomLeague(lake, clock, await memoryWarehouse([], clock));
  }

  close(): Promise<void> {
    return this.warehouse.close();
  }

  /** Writes a document a second after the last. @returns its path */
  async scrape(folder: string, text: string): Promise<string> {
    this.clock.advance(1000);
    const path = `nba-com/${folder}/${this.clock.now().toISOString().slice(0, 19).replace('T', '_').replace(/[-:]/g, '')}.json`;
    await this.lake.write(path, text);
    return path;
  }

  /** Everything that is not complete, as `backfill repair` asks for it; a second later than the last run. */
  repair(request: Partial<BackfillRequest> = {}): Promise<BackfillOutcome> {
    this.clock.advance(1000);
    const { warehouse, lake, clock } = this;
    return new Backfill({ registry, warehouse, lake, bus: new LocalEventBus(), clock, settings: { gameTypes: DEFAULT_GAME_TYPES } })
      .run({ ...RUN_DEFAULTS, phases: [2, 3, 4], scope: parseScope({ season: [SEASON] }), trigger: 'spec', holder: 'spec', ...request });
  }

  /** All columns but the name of the document that a game's schedule was read from. */
  async contents(): Promise<Contents> {
    const contents = new Map<string, string>();
    for (const { table } of registry.processors) {
      const columns = columnList(columnNames(table).filter((column) => column !== 'source_document'));
      for (const row of await this.warehouse.query(`${sql`SELECT ${columns} FROM ${table}`.text} ORDER BY game_date, ${columnList(table.key).text}`)) {
        const unit = `${table.name} ${row['game_date']}`;
        contents.set(unit, `${contents.get(unit) ?? ''}${JSON.stringify(row)}\n`);
      }
    }
    return contents;
  }
}
