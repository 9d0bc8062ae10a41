import { type GameDate, addDays, sql } from '@nba/kernel';
import fc from 'fast-check';
import { RANDOM_PROCESSORS, type RandomGame, type RandomLeague, dayOf } from './random-league.fixture';
import type { ToyLine } from './toy-processors.fixture';

/** What a league begins with. Draws decide who is absent and who is traded: one a player and game. */
export interface Beginning {
  readonly nights: readonly (readonly RandomGame[])[];
  readonly draws: readonly number[];
}

/** Something that happens to the lake, or behind the program's back. `at` picks one of what there is. */
export type Event =
  | { readonly kind: 'edited'; readonly at: number; readonly points: number }
  | { readonly kind: 'assisted' | 'went' | 'came' | 'moved' | 'withdrawn' | 'arrived' | 'broken' | 'played' | 'unplayed'; readonly at: number }
  | { readonly kind: 'postponed'; readonly at: number; readonly days: number }
  | { readonly kind: 'vanished'; readonly at: number; readonly table: number; readonly whole: boolean };

const TEAMS = [1, 2, 3, 4];
/** Who plays when nobody else of his team does. */
const SUBSTITUTE = 9;
const PAIRINGS: readonly (readonly (readonly [home: number, away: number])[])[] = [[[1, 2], [3, 4]], [[1, 3], [2, 4]], [[1, 4], [2, 3]], [[2, 1]], [[3, 4]], [[4, 1]], [[2, 3]]];
export const HIGH = 20;

const night = fc.record({ pairing: fc.constantFrom(...PAIRINGS), rest: fc.constantFrom(1, 1, 2, 4), played: fc.integer({ min: 0, max: 7 }).map((n) => n > 0) });

export const beginnings: fc.Arbitrary<Beginning> = fc.record({
  nights: fc.array(night, { minLength: 5, maxLength: 8 }).map((nights) => {
    let day = 0;
    let id = 0;
    return nights.map(({ pairing, rest, played }): RandomGame[] => {
      day += rest;
      return pairing.map(([home, away]) => ({ id: `00224${String(++id).padStart(5, '0')}`, date: dayOf(day), status: played ? 3 : 1, home, away }));
    });
  }),
  draws: fc.array(fc.nat(9), { minLength: 97, maxLength: 97 }),
});

const at = fc.nat(9999);
export const edits: fc.Arbitrary<Event> = fc.record({ kind: fc.constant('edited' as const), at, points: fc.constantFrom(3, 11, 25) });
export const events: fc.Arbitrary<Event> = fc.oneof(
  { weight: 3, arbitrary: edits },
  { weight: 9, arbitrary: fc.record({ kind: fc.constantFrom('assisted' as const, 'went' as const, 'came' as const, 'moved' as const, 'withdrawn' as const, 'arrived' as const, 'broken' as const, 'played' as const, 'unplayed' as const), at }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('postponed' as const), at, days: fc.integer({ min: -3, max: 12 }) }) },
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('vanished' as const), at, table: fc.nat(RANDOM_PROCESSORS.length - 1), whole: fc.boolean() }) },
);

/** Some things that happen between two repairs: most of them to the same line, or to its game or date. */
export const steps: fc.Arbitrary<readonly Event[]> = fc.tuple(at, fc.array(fc.tuple(events, fc.nat(2)), { minLength: 1, maxLength: 3 }))
  .map(([focus, some]) => some.map(([event, near]) => (near > 0 ? { ...event, at: focus } : event)));

/** What the world knows of a league: its games, and who did what in them. Writes documents as things happen. */
export class World {
  games: RandomGame[];
  /** The lines of a date's played games, as the newest readable document has them. */
  readonly lines = new Map<GameDate, ToyLine[]>();
  /** Each date's documents in the lake, oldest first; null for one that cannot be read. */
  private readonly documents = new Map<GameDate, { readonly path: string; readonly lines: ToyLine[] | null }[]>();

  private constructor(private readonly league: RandomLeague, private readonly draws: readonly number[], games: RandomGame[]) {
    this.games = games;
  }

  static async begin(league: RandomLeague, { nights, draws }: Beginning): Promise<World> {
    const world = new World(league, draws, nights.flat());
    await league.scrapeSchedule(world.games);
    for (const date of world.playedDates()) await world.scrape(date, world.gamesOn(date).flatMap((game) => world.boxScoreOf(game)));
    return world;
  }

  playedDates(): GameDate[] {
    return [...new Set(this.games.filter(({ status }) => status === 3).map(({ date }) => date))].sort();
  }

  /** The dates of a player's rows, in order. */
  datesOf(player: number): GameDate[] {
    return this.playedDates().filter((date) => this.lines.get(date)?.some(([, , one]) => one === player));
  }

  /** Teams that a player has a row for. */
  teamsOf(player: number): Set<number> {
    return new Set([...this.lines.values()].flat().filter(([, , one]) => one === player).map(([, team]) => team));
  }

  teamsOn(date: GameDate): Set<number> {
    return new Set(this.games.filter((game) => game.date === date).flatMap(({ home, away }) => [home, away]));
  }

  /** The line that an event is about; undefined when the league has none. */
  lineAt(index: number): { readonly date: GameDate; readonly line: ToyLine } | undefined {
    const all = this.playedDates().flatMap((date) => (this.lines.get(date) ?? []).map((line) => ({ date, line })));
    return all[index % Math.max(1, all.length)];
  }

  /** @returns whether anything came of it */
  async happens(event: Event): Promise<boolean> {
    const found = this.lineAt(event.at);
    const dates = this.playedDates();
    const date = found?.date ?? dates[event.at % Math.max(1, dates.length)];
    switch (event.kind) {
      case 'edited': return found !== undefined && this.replaceLine(found.date, found.line, [[...found.line.slice(0, 3), event.points, found.line[4]] as unknown as ToyLine]);
      case 'assisted': return found !== undefined && this.replaceLine(found.date, found.line, [[...found.line.slice(0, 4), found.line[4] + 1] as unknown as ToyLine]);
      case 'went': return found !== undefined && this.replaceLine(found.date, found.line, []);
      case 'moved': return found !== undefined && this.replaceLine(found.date, found.line, [this.forTheOther(found.line)]);
      case 'came': return date !== undefined && this.comes(date, event.at);
      case 'withdrawn': return date !== undefined && this.withdraw(date);
      case 'arrived': return date !== undefined && this.scrape(date, this.lines.get(date) ?? []);
      case 'broken': return date !== undefined && this.breaks(date);
      case 'played': return this.changesGame(event.at, (game) => game.status === 1, (game) => ({ ...game, status: 3 }));
      case 'unplayed': return this.changesGame(event.at, ({ id, status }) => status === 3 && (!found || id === found.line[0]), (game) => ({ ...game, status: 1 }));
      case 'postponed': return this.changesGame(event.at, ({ id }) => !found || id === found.line[0], (game) => ({ ...game, status: 1, date: this.freeDate(game, event.days) }));
      case 'vanished': return found !== undefined && this.vanishes(found, event.table, event.whole);
    }
  }

  /** Every date has a document that can be read again, and every team a player in it. */
  async heal(): Promise<void> {
    for (const date of this.playedDates()) {
      await this.scrape(date, this.gamesOn(date).flatMap((game) => {
        const known = (this.lines.get(date) ?? []).filter(([id]) => id === game.id);
        const without = [game.home, game.away].filter((team) => !known.some(([, of]) => of === team));
        return [...known, ...without.map((team): ToyLine => [game.id, team, team * 10 + SUBSTITUTE, 12, 5])];
      }));
    }
  }

  private gamesOn(date: GameDate): RandomGame[] {
    return this.games.filter((game) => game.date === date && game.status === 3);
  }

  private draw(player: number, game: RandomGame): number {
    return this.draws[(player * 31 + Number(game.id) * 7) % this.draws.length] ?? 0;
  }

  /** Players t1 to t3 of team t; the third is with the next team from the fourth game on, and each is absent now and then. One is always there. */
  private boxScoreOf(game: RandomGame): ToyLine[] {
    return [game.home, game.away].flatMap((team) => {
      const third = Number(game.id.slice(-5)) >= 4 ? (((team % TEAMS.length) + 1) * 10) + 3 : team * 10 + 3;
      return [team * 10 + 1, team * 10 + 2, third].filter((player, i) => i === 0 || this.draw(player, game) > 2)
        .map((player): ToyLine => [game.id, team, player, (player * 7 + this.draw(player, game) * 3) % 26, 5]);
    });
  }

  private async scrape(date: GameDate, lines: ToyLine[] | null): Promise<true> {
    const path = await this.league.scrape(date, lines ?? 'no JSON');
    this.documents.set(date, [...(this.documents.get(date) ?? []), { path, lines }]);
    if (lines) this.lines.set(date, lines);
    return true;
  }

  private async replaceLine(date: GameDate, line: ToyLine, by: readonly ToyLine[]): Promise<boolean> {
    return this.scrape(date, (this.lines.get(date) ?? []).flatMap((one) => (one === line ? by : [one])));
  }

  private forTheOther([id, team, ...rest]: ToyLine): ToyLine {
    const game = this.games.find((one) => one.id === id);
    return [id, game?.home === team ? game.away : game?.home ?? team, ...rest];
  }

  private async comes(date: GameDate, index: number): Promise<boolean> {
    const known = this.lines.get(date) ?? [];
    const absent = TEAMS.flatMap((team) => [1, 2, 3].map((n) => team * 10 + n)).filter((player) => !known.some(([, , one]) => one === player));
    const [player, games] = [absent[index % Math.max(1, absent.length)], this.gamesOn(date)];
    const game = games[index % Math.max(1, games.length)];
    if (player === undefined || !game) return false;
    return this.scrape(date, [...known, [game.id, index % 3 === 0 ? game.away : game.home, player, index % 29, 1]]);
  }

  /** The newest document is taken away: what the one before it said holds again. */
  private async withdraw(date: GameDate): Promise<boolean> {
    const documents = this.documents.get(date) ?? [];
    const newest = documents.pop();
    if (!newest) return false;
    this.league.lake.remove(newest.path);
    const before = documents.at(-1)?.lines;
    if (before) this.lines.set(date, before);
    return true;
  }

  private async breaks(date: GameDate): Promise<boolean> {
    return this.scrape(date, null);
  }

  private async changesGame(index: number, may: (game: RandomGame) => boolean, change: (game: RandomGame) => RandomGame): Promise<boolean> {
    const candidates = this.games.filter(may);
    const game = candidates[index % Math.max(1, candidates.length)];
    if (!game) return false;
    const changed = change(game);
    this.games = this.games.map((one) => (one === game ? changed : one));
    await this.league.scrapeSchedule(this.games);
    for (const date of new Set([game.date, changed.date])) {
      const finals = this.gamesOn(date);
      const known = this.lines.get(date) ?? [];
      // A date without played games keeps the documents it had; whoever was in the game has a line on its new date.
      if (finals.length > 0) await this.scrape(date, finals.flatMap((one) => { const own = known.filter(([id]) => id === one.id); return own.length > 0 ? own : this.boxScoreOf(one); }));
      else this.lines.set(date, []);
    }
    return true;
  }

  /** The first date from so many days on, on which neither team plays. */
  private freeDate({ id, date, home, away }: RandomGame, days: number): GameDate {
    const isFree = (on: GameDate): boolean => !this.games.some((one) => one.id !== id && one.date === on && [one.home, one.away].some((team) => team === home || team === away));
    let on = addDays(date, days);
    while (on < dayOf(0) || !isFree(on)) on = addDays(on, 1);
    return on;
  }

  /** Rows of a line's date, or only those of its player or his team. */
  private async vanishes({ date, line: [, team, player] }: NonNullable<ReturnType<World['lineAt']>>, nth: number, whole: boolean): Promise<true> {
    const table = (RANDOM_PROCESSORS[nth] ?? RANDOM_PROCESSORS[0]).table;
    const whose = 'player_id' in table.columns ? `player_id = ${player}` : 'team_id' in table.columns ? `team_id = ${team}` : `home_team_id = ${team}`;
    await this.league.warehouse.query(`${sql`DELETE FROM ${table}`.text} WHERE game_date = CAST('${date}' AS DATE) AND ${whole ? 'TRUE' : whose}`);
    return true;
  }
}
