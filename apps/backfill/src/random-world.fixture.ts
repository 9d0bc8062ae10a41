import { type GameDate, addDays, sql } from '@nba/kernel';
import fc from 'fast-check';
import { registry } from '@nba/wiring';
import { KINDS } from './lake-folder.fixture';
import { type Game, type Performance, type RandomLeague, SEASON, TEAMS, boxScoreTexts, dayOf, scheduleText } from './random-league.fixture';

/** What a league begins with. Draws decide who is absent, who is traded and what he does. */
export interface Beginning {
  readonly games: readonly Game[];
  readonly draws: readonly number[];
}

/** Something that happens to the lake, or behind the program's back. `at` picks one of what there is. */
export type Event =
  | { readonly kind: 'scored' | 'assisted' | 'rested' | 'went' | 'came' | 'moved' | 'lost' | 'broken' | 'arrived' | 'played' | 'unplayed'; readonly at: number }
  | { readonly kind: 'postponed'; readonly at: number; readonly days: number }
  | { readonly kind: 'vanished'; readonly at: number; readonly table: number; readonly whole: boolean };

const PLAYERS_A_TEAM = 4;
/** From this game on each team's last player is with the one before it in the list. */
const TRADE = 12;
/** Two games on most nights: so many that windows of ten and fifteen games have an end. */
const PAIRINGS: readonly (readonly (readonly [home: number, away: number])[])[] =
  [[[0, 1], [2, 3]], [[2, 0], [3, 1]], [[0, 3], [1, 2]], [[1, 0], [3, 2]], [[0, 2], [1, 3]], [[3, 0], [2, 1]], [[0, 1]], [[2, 3]], [[3, 1]]];
const night = fc.record({ pairing: fc.constantFrom(...PAIRINGS), rest: fc.constantFrom(1, 1, 2, 2, 3, 6), played: fc.nat(14).map((n) => n > 0) });

export const beginnings: fc.Arbitrary<Beginning> = fc.record({
  games: fc.array(night, { minLength: 14, maxLength: 20 }).map((nights) => {
    let day = 0;
    const games: Game[] = [];
    for (const { pairing, rest, played } of nights) {
      day += rest;
      for (const [home, away] of pairing) games.push({ id: `00219${String(games.length + 1).padStart(5, '0')}`, date: dayOf(day), status: played ? 3 : 1, home, away });
    }
    return games;
  }),
  draws: fc.array(fc.nat(99), { minLength: 211, maxLength: 211 }),
});

const at = fc.nat(9999);
type Plain = Exclude<Event, { readonly kind: 'postponed' | 'vanished' }>;
const plain = (...kinds: Plain['kind'][]): fc.Arbitrary<Event> => fc.record({ kind: fc.constantFrom(...kinds), at });
/** One value of one player in one game; points change the score too. */
export const edits = plain('scored', 'assisted', 'rested');
export const events: fc.Arbitrary<Event> = fc.oneof(
  { weight: 4, arbitrary: edits },
  { weight: 6, arbitrary: plain('went', 'came', 'moved', 'lost', 'broken', 'arrived', 'played', 'unplayed') },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('postponed' as const), at, days: fc.integer({ min: -4, max: 25 }) }) },
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('vanished' as const), at, table: fc.nat(registry.processors.length - 1), whole: fc.boolean() }) },
);

/** Some things that happen between two repairs: most of them to the same line, or to its game or date. */
export const steps: fc.Arbitrary<readonly Event[]> = fc.tuple(at, fc.array(fc.tuple(events, fc.nat(2)), { minLength: 1, maxLength: 3 }))
  .map(([focus, some]) => some.map(([event, near]) => (near > 0 ? { ...event, at: focus } : event)));

/** What the world knows of a league: its games, and who did what in them. Writes documents as things happen. */
export class World {
  performances: Performance[] = [];
  /** The lake's documents by kind and date. */
  private readonly published = new Map<string, string[]>();

  private constructor(private readonly league: RandomLeague, private readonly draws: readonly number[], public games: readonly Game[]) {}

  static async begin(league: RandomLeague, { games, draws }: Beginning): Promise<World> {
    const world = new World(league, draws, games);
    for (const game of games.filter(({ status }) => status === 3)) world.play(game);
    await world.heal();
    return world;
  }

  /** Every document once more: the schedule, and the box scores of each date with played games. */
  async heal(): Promise<void> {
    await this.publishSchedule();
    for (const date of this.playedDates()) await this.publish(date);
  }

  performanceAt(index: number): { readonly one: Performance; readonly date: GameDate } | undefined {
    const one = this.performances[index % Math.max(1, this.performances.length)];
    const date = this.games.find(({ id }) => id === one?.gameId)?.date;
    return one && date ? { one, date } : undefined;
  }

  /** The dates on which a player, or a team, has played, in order. */
  datesOf(who: { readonly player: number } | { readonly team: number }): GameDate[] {
    const ids = new Set(this.performances.filter((one) => ('player' in who ? one.player === who.player : one.team === who.team)).map(({ gameId }) => gameId));
    return this.games.filter(({ id, status }) => status === 3 && ids.has(id)).map(({ date }) => date).sort();
  }

  teamsOf(player: number): Set<number> {
    return new Set(this.performances.filter((one) => one.player === player).map(({ team }) => team));
  }

  teamsOn(date: GameDate): Set<number> {
    return new Set(this.games.filter((game) => game.date === date).flatMap(({ home, away }) => [home, away]));
  }

  playedDates(): GameDate[] {
    return [...new Set(this.games.filter(({ status }) => status === 3).map(({ date }) => date))].sort();
  }

  async happens(event: Event): Promise<void> {
    const found = this.performanceAt(event.at);
    const dates = this.playedDates();
    const date = found?.date ?? dates[event.at % Math.max(1, dates.length)];
    switch (event.kind) {
      case 'scored': return found && this.replaces(found.one, [{ ...found.one, threes: found.one.threes + 1 }]);
      case 'assisted': return found && this.replaces(found.one, [{ ...found.one, assists: found.one.assists + 1 }]);
      case 'rested': return found && this.replaces(found.one, [{ ...found.one, minutes: found.one.minutes - 1 }]);
      case 'went': return found && this.replaces(found.one, []);
      case 'moved': return found && this.replaces(found.one, [{ ...found.one, team: this.otherTeam(found.one) }]);
      case 'came': return found && this.replaces(found.one, this.withOneMore(found.one, event.at));
      case 'lost': return date && this.publish(date, 'none', event.at);
      case 'broken': return date && this.publish(date, 'no JSON', event.at);
      case 'arrived': return date && this.publish(date);
      case 'played': return this.changes(event.at, ({ status }) => status === 1, (game) => ({ ...game, status: 3 }));
      case 'unplayed': return this.changes(event.at, ({ id, status }) => status === 3 && (!found || id === found.one.gameId), (game) => ({ ...game, status: 1 }));
      case 'postponed': return this.changes(event.at, ({ id }) => !found || id === found.one.gameId, (game) => ({ ...game, status: 1, date: this.freeDate(game, event.days) }));
      case 'vanished': return found && this.vanishes(found, event.table, event.whole);
    }
  }

  private draw(...of: readonly number[]): number {
    return this.draws[of.reduce((sum, one, i) => sum + one * (17 + 14 * i), 0) % this.draws.length] ?? 0;
  }

  /** Player n of a team: some are absent, and each team's last is traded. */
  private play(game: Game): void {
    const nth = Number(game.id.slice(-5));
    for (const team of [game.home, game.away]) {
      for (let n = 0; n < PLAYERS_A_TEAM; n++) {
        const player = n === PLAYERS_A_TEAM - 1 && nth > TRADE ? ((team + 1) % TEAMS.length) * 10 + n : team * 10 + n;
        if (n > 0 && this.draw(player, nth) < 30) continue;
        const drawn = this.draw(player, nth, 1);
        this.performances.push({ gameId: game.id, team, player, twos: drawn % 7, threes: drawn % 4, freeThrows: drawn % 5, assists: drawn % 9, minutes: 30 + (drawn % 11) });
      }
    }
  }

  /** Nothing happens where a team would be left without a player: no document could say so and be complete. */
  private async replaces(one: Performance, by: readonly Performance[]): Promise<void> {
    const others = this.performances.filter((known) => known !== one && known.gameId === one.gameId);
    if (![...others, ...by].some(({ team }) => team === one.team)) return;
    this.performances = this.performances.flatMap((known) => (known === one ? by : [known]));
    const date = this.games.find(({ id }) => id === one.gameId)?.date;
    await this.publishSchedule();
    if (date) await this.publish(date);
  }

  private otherTeam({ gameId, team }: Performance): number {
    const game = this.games.find(({ id }) => id === gameId);
    return game?.home === team ? game.away : game?.home ?? team;
  }

  private withOneMore(one: Performance, index: number): Performance[] {
    const date = this.games.find(({ id }) => id === one.gameId)?.date;
    const there = new Set(this.games.filter((game) => game.date === date).flatMap(({ id }) => this.performances.filter(({ gameId }) => gameId === id)).map(({ player }) => player));
    const absent = TEAMS.flatMap((_, team) => Array.from({ length: PLAYERS_A_TEAM }, (__, n) => team * 10 + n)).filter((player) => !there.has(player));
    const player = absent[index % Math.max(1, absent.length)];
    return player === undefined ? [one] : [one, { ...one, player }];
  }

  private async changes(index: number, may: (game: Game) => boolean, change: (game: Game) => Game): Promise<void> {
    const candidates = this.games.filter(may);
    const game = candidates[index % Math.max(1, candidates.length)];
    if (!game) return;
    const changed = change(game);
    this.games = this.games.map((one) => (one === game ? changed : one));
    this.performances = this.performances.filter(({ gameId }) => gameId !== game.id);
    if (changed.status === 3) this.play(changed);
    await this.publishSchedule();
    for (const date of new Set([game.date, changed.date])) if (this.playedDates().includes(date)) await this.publish(date);
  }

  private freeDate({ id, date, home, away }: Game, days: number): GameDate {
    const isFree = (on: GameDate): boolean => !this.games.some((one) => one.id !== id && one.date === on && [one.home, one.away].some((team) => team === home || team === away));
    let on = addDays(date, days);
    while (on < dayOf(0) || !isFree(on)) on = addDays(on, 1);
    return on;
  }

  private async publishSchedule(): Promise<void> {
    await this.league.scrape(`schedule/${SEASON}`, scheduleText(this.games, this.performances));
  }

  /** Writes both documents of a date in the place of all it had; or takes one of them away, or writes what cannot be read. */
  private async publish(date: GameDate, instead?: 'none' | 'no JSON', index = 0): Promise<void> {
    const games = this.games.filter((game) => game.date === date && game.status === 3);
    const texts = boxScoreTexts(games, this.performances);
    for (const [i, kind] of KINDS.entries()) {
      for (const path of this.published.get(`${kind}/${date}`) ?? []) this.league.lake.remove(path);
      this.published.delete(`${kind}/${date}`);
      const isBad = instead !== undefined && index % KINDS.length === i;
      if (isBad && instead === 'none') continue;
      this.published.set(`${kind}/${date}`, [await this.league.scrape(`${kind}/${date}`, isBad ? 'no JSON' : texts[kind])]);
    }
  }

  /** Rows of a line's date, or only those of its player or his team. */
  private async vanishes({ date, one }: NonNullable<ReturnType<World['performanceAt']>>, nth: number, whole: boolean): Promise<void> {
    const table = registry.processors[nth]?.table;
    if (!table) return;
    const team = TEAMS[one.team]?.[0];
    const whose = 'player_id' in table.columns ? `player_id = ${1000 + one.player}` : 'team_id' in table.columns ? `team_id = ${team}` : `home_team_id = ${team}`;
    await this.league.warehouse.query(`${sql`DELETE FROM ${table}`.text} WHERE game_date = CAST('${date}' AS DATE) AND ${whole ? 'TRUE' : whose}`);
  }
}
