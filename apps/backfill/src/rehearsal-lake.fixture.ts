import { existsSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type GameDate, addDays, parseGameDate } from '@nba/kernel';
import { type FeedGame, KINDS, type Kind, LakeFolder, REAL_LAKE, SHARED, type ScheduleDocument, gameDateOf, gamesOf, realSchedule, scheduleOn } from './lake-folder.fixture';

/** What is fetched once a day: the box scores of a game date, or the schedule of a morning. */
export type Scrape = Kind | 'schedule';

export interface RehearsalOptions {
  /** The first morning with a schedule version of its own. Default is five days before the season's first game. */
  readonly from?: string;
}

/** What the reader of the schedule reads of a game. Whole games would make a season of versions three times as large: 310 MB. */
interface RehearsedGame extends FeedGame {
  readonly gameDateTimeUTC: string;
  readonly gameLabel: string;
  readonly arenaName: string;
  readonly arenaCity: string;
  readonly postponedStatus: string;
  readonly isNeutral: boolean;
}

interface RealGame extends RehearsedGame {
  /** Eastern time, although it ends in `Z`. */
  readonly gameDateTimeEst: string;
}

/** A game that stood on another date before. */
interface Move {
  readonly game: RealGame;
  readonly oldDate: GameDate;
  /** The first morning on which the schedule shows the new date. */
  knownOn: GameDate;
}

interface MoveFact {
  readonly season: string;
  readonly game_id: string;
  readonly original_date: string;
}

const DAYS_BEFORE_THE_FIRST_GAME = 5;
const DAYS_AFTER_THE_LAST_GAME = 3;
/** How long beforehand a move is known that nobody was surprised by. */
const NOTICE_DAYS = 21;

/**
 * A season of the shared lake as it would have grown day by day: on every morning at 05:30 Eastern a schedule version,
 * before it the box scores of the day before. Games of that morning's date and later have status 1 and no score;
 * postponed and moved games stand on their old date as long as nobody knew better. The brackets of play-in, playoffs and
 * Cup final are known from the start, as only their results are of the future here.
 */
export class RehearsalLake extends LakeFolder {
  /** The first and the last morning that are worth a version: some days before the first game and after the last. */
  readonly first: GameDate;
  readonly last: GameDate;
  private readonly from: GameDate;
  private readonly games: readonly RealGame[];
  private readonly moves: ReadonlyMap<string, Move>;
  /** The next morning to come. */
  private next: GameDate;
  private withheld = new Set<string>();
  private corrupted = new Set<string>();

  /** @param folder need not exist; nothing is written before {@link advanceTo} */
  constructor(folder: string, readonly season: string, { from }: RehearsalOptions = {}) {
    super(folder);
    this.games = gamesOf(realSchedule(season)) as RealGame[];
    this.moves = findMoves(season, this.games);
    const dates = this.games.filter(({ gameId }) => gameId.startsWith('002')).map(gameDateOf).sort();
    this.first = addDays(parseGameDate(dates[0] ?? ''), -DAYS_BEFORE_THE_FIRST_GAME);
    this.last = addDays(parseGameDate(dates.at(-1) ?? ''), DAYS_AFTER_THE_LAST_GAME);
    this.from = from === undefined ? this.first : parseGameDate(from);
    this.next = this.from < this.first ? this.from : this.first;
  }

  /** Writes what has arrived by the morning of a day, that morning's schedule included, and is not written yet. */
  advanceTo(day: string): void {
    const morning = parseGameDate(day);
    for (; this.next <= morning; this.next = addDays(this.next, 1)) {
      for (const kind of KINDS) this.arrive(kind, addDays(this.next, -1));
      if (this.next >= this.from) this.arrive('schedule', this.next);
    }
  }

  /** The schedule as it was known at 05:30 Eastern of a morning, its games grouped by the dates they then had. */
  scheduleOf(morning: string): ScheduleDocument {
    const groups = new Map<string, FeedGame[]>();
    for (const game of this.games) {
      const known = this.asKnown(game, morning);
      const group = groups.get(gameDateOf(known));
      if (group) group.push(known);
      else groups.set(gameDateOf(known), [known]);
    }
    const gameDates = [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([date, games]) => ({ gameDate: `${date.slice(5, 7)}/${date.slice(8)}/${date.slice(0, 4)} 00:00:00`, games }));
    return scheduleOn(morning, { leagueSchedule: { seasonYear: this.season, gameDates } });
  }

  /**
   * A scrape that fails: its document does not arrive; where it has, it is taken away as if it never had.
   * @param date the game date of box scores, the morning of a schedule
   * @throws Error where there is no such scrape, as for box scores of a date without games
   */
  withhold(scrape: Scrape, date: string): void {
    const { file } = this.expected(scrape, date);
    this.withheld.add(nameOf(scrape, date));
    if (!existsSync(join(this.folder, file))) return;
    rmSync(join(this.folder, file));
    const place = dirname(join(this.folder, file));
    if (readdirSync(place).length === 0) rmSync(place, { recursive: true });
  }

  /**
   * The same document, under a later stamp beside the one that failed. It is written at once: until the clock has
   * reached its stamp it does not exist.
   * @param stamp `YYYYMMDD_HHMMSS` in UTC, later than the scrape's own
   * @returns where it lies, from the lake's root
   */
  deliver(scrape: Scrape, date: string, stamp: string): string {
    const { file, text } = this.expected(scrape, date);
    const later = join(dirname(file), `${stamp}.json`);
    if (!/^\d{8}_\d{6}$/.test(stamp) || later <= file) throw new Error(`${stamp} must be a stamp later than that of ${file}`);
    return this.write(later, text);
  }

  /** A scrape that breaks off: its document arrives, or lies there already, as the first two thirds of itself. */
  corrupt(scrape: Scrape, date: string): void {
    const { file, text } = this.expected(scrape, date);
    this.corrupted.add(nameOf(scrape, date));
    if (existsSync(join(this.folder, file))) this.write(file, truncated(text));
  }

  /** A copy that stands on the same morning and lives on by itself. */
  override copy(folder: string): RehearsalLake {
    super.copy(folder);
    const twin = new RehearsalLake(folder, this.season, { from: this.from });
    twin.next = this.next;
    twin.withheld = new Set(this.withheld);
    twin.corrupted = new Set(this.corrupted);
    return twin;
  }

  private arrive(scrape: Scrape, date: GameDate): void {
    const document = this.withheld.has(nameOf(scrape, date)) ? undefined : this.document(scrape, date);
    if (document) this.write(document.file, this.corrupted.has(nameOf(scrape, date)) ? truncated(document.text) : document.text);
  }

  private expected(scrape: Scrape, date: string): { readonly file: string; readonly text: string } {
    const document = this.document(scrape, parseGameDate(date));
    if (!document) throw new Error(`The shared lake has no ${scrape} of ${date} in ${this.season}`);
    return document;
  }

  /** What a scrape brings, and where it lies; undefined for box scores of a date that has none. */
  private document(scrape: Scrape, date: GameDate): { readonly file: string; readonly text: string } | undefined {
    if (scrape === 'schedule') {
      return { file: `nba-com/schedule/${this.season}/${morningStamp(date)}.json`, text: JSON.stringify(this.scheduleOf(date)) };
    }
    const folder = `nba-com/${scrape}/${date}`;
    if (date < this.first || date > this.last || !existsSync(join(REAL_LAKE, folder))) return undefined;
    // They lie under 06:00 UTC of the day after, some hours before that morning's schedule in winter and in summer.
    const file = `${folder}/${readdirSync(join(REAL_LAKE, folder)).sort().at(-1)}`;
    return { file, text: readFileSync(join(REAL_LAKE, file), 'utf8') };
  }

  /** A game of its own, to be changed, on the date that it had then. */
  private asKnown(game: RealGame, morning: string): RehearsedGame {
    const known = rehearsed(game);
    const move = this.moves.get(game.gameId);
    if (move === undefined || move.knownOn <= morning) return known;
    // The hour that it once had is not known; that of the new date stands for it.
    const gameDateTimeUTC = easternInstant(move.oldDate, game.gameDateTimeEst.slice(11, 19));
    return { ...known, gameDateEst: `${move.oldDate}T00:00:00Z`, gameDateTimeUTC, postponedStatus: 'N' };
  }
}

/**
 * A rehearsal lake up to a morning; box scores of before `from` are there too.
 * @param range mornings with a schedule version, both ends included; default is the whole season
 */
export function writeRehearsalLake(folder: string, season: string, { from, to }: RehearsalOptions & { readonly to?: string } = {}): RehearsalLake {
  const lake = new RehearsalLake(folder, season, { from });
  lake.advanceTo(to ?? lake.last);
  return lake;
}

/** The stamp of the schedule of a morning: 05:30 Eastern, before the daily run at 06:00. */
export function morningStamp(day: GameDate): string {
  return easternInstant(day, '05:30:00').replace('T', '_').replace(/[-:Z]/g, '');
}

/**
 * A postponed game goes to its new date on the morning after the day on which it was to be played. A game that was moved
 * ahead of time goes there three weeks before the earlier of its two dates: the facts do not say when it was told. A team
 * plays once a day, so it goes earlier where another game is to take its place.
 */
function findMoves(season: string, games: readonly RealGame[]): ReadonlyMap<string, Move> {
  const golden = JSON.parse(readFileSync(join(SHARED, 'golden/golden.json'), 'utf8')) as Readonly<Record<string, readonly MoveFact[]>>;
  const movesOf = (name: string, knownOn: (oldDate: GameDate, newDate: GameDate) => GameDate): Move[] =>
    (golden[name] ?? []).filter((fact) => fact.season === season).map(({ game_id, original_date }) => {
      const game = games.find(({ gameId }) => gameId === game_id);
      if (!game) throw new Error(`golden.json: ${name} names ${game_id}, which the schedule of ${season} does not list`);
      const oldDate = parseGameDate(original_date);
      return { game, oldDate, knownOn: knownOn(oldDate, parseGameDate(gameDateOf(game))) };
    });
  const postponed = movesOf('postponed_games', (oldDate) => addDays(oldDate, 1));
  const moved = movesOf('moved_games_2023_24_and_2024_25', (oldDate, newDate) => addDays(oldDate < newDate ? oldDate : newDate, -NOTICE_DAYS));
  const all = [...postponed, ...moved];
  for (let hasChanged = true; hasChanged; ) {
    hasChanged = false;
    for (const move of moved) {
      const pushing = all.filter((other) => gameDateOf(other.game) === move.oldDate && other.knownOn < move.knownOn && shareTeam(other.game, move.game));
      const [earliest] = pushing.map(({ knownOn }) => knownOn).sort();
      if (earliest === undefined) continue;
      move.knownOn = earliest;
      hasChanged = true;
    }
  }
  return new Map(all.map((move) => [move.game.gameId, move]));
}

function shareTeam(a: FeedGame, b: FeedGame): boolean {
  return [b.homeTeam.teamId, b.awayTeam.teamId].some((id) => id === a.homeTeam.teamId || id === a.awayTeam.teamId);
}

function rehearsed(game: RealGame): RehearsedGame {
  const { gameId, gameStatus, gameStatusText, gameDateEst, gameDateTimeUTC, gameLabel, arenaName, arenaCity, postponedStatus, isNeutral } = game;
  const team = ({ teamId, teamTricode, score }: FeedGame['homeTeam']): FeedGame['homeTeam'] => ({ teamId, teamTricode, score });
  return {
    gameId, gameStatus, gameStatusText, gameDateEst, gameDateTimeUTC, gameLabel, arenaName, arenaCity, postponedStatus, isNeutral,
    homeTeam: team(game.homeTeam), awayTeam: team(game.awayTeam),
  };
}

const OFFSET = new Intl.DateTimeFormat('en-US', { timeZone: 'America/New_York', timeZoneName: 'longOffset' });

/** An Eastern day and time of day as the feed writes instants, `2025-01-12T00:30:00Z`. The clocks change before 05:30, and no game is played at that hour. */
function easternInstant(day: GameDate, time: string): string {
  const offset = /GMT(.+)$/.exec(OFFSET.format(new Date(`${day}T12:00:00Z`)))?.[1] ?? '';
  return new Date(`${day}T${time}${offset}`).toISOString().replace('.000', '');
}

const nameOf = (scrape: Scrape, date: string): string => `${scrape} of ${date}`;
const truncated = (text: string): string => text.slice(0, Math.floor((text.length * 2) / 3));
