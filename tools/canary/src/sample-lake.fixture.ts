import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A regular-season game as the schedule's newest document of that morning has it. */
export interface Game {
  readonly id: string;
  readonly date: string;
  readonly isFinal: boolean;
  /** Home and away. */
  readonly teams: readonly [number, number];
  /** Away at home, as in `CHA@ORL`. */
  readonly label: string;
}

interface Feed {
  readonly leagueSchedule: { readonly gameDates: readonly { readonly games: readonly FeedGame[] }[] };
}
type FeedTeam = { readonly teamId: number; readonly teamTricode: string };
type FeedGame = { readonly gameId: string; readonly gameStatus: number; readonly gameDateEst: string; readonly homeTeam: FeedTeam; readonly awayTeam: FeedTeam };

/** What a lake says, read here without any of the libraries under test: the second computation of everything that is expected. */
export class SampleLake {
  readonly games: readonly Game[];

  constructor(private readonly folder: string) {
    const [schedule = ''] = this.stamps('schedule/2021-22'); // the one of 27 December; the other is of the next April
    const { leagueSchedule } = JSON.parse(this.text('schedule/2021-22', schedule)) as Feed;
    this.games = leagueSchedule.gameDates
      .flatMap(({ games }) => games)
      .filter(({ gameId }) => gameId.startsWith('002'))
      .map(({ gameId, gameStatus, gameDateEst, homeTeam, awayTeam }): Game => ({
        id: gameId, date: gameDateEst.slice(0, 10), isFinal: gameStatus === 3, teams: [homeTeam.teamId, awayTeam.teamId], label: `${awayTeam.teamTricode}@${homeTeam.teamTricode}`,
      }))
      .sort((a, b) => (a.date + a.id < b.date + b.id ? -1 : 1));
  }

  get played(): readonly Game[] {
    return this.games.filter(({ isFinal }) => isFinal);
  }

  get playedDates(): readonly string[] {
    return [...new Set(this.played.map(({ date }) => date))];
  }

  /** By id. */
  get teams(): readonly number[] {
    return [...new Set(this.played.flatMap(({ teams }) => teams))].sort();
  }

  gamesOf(team: number): readonly Game[] {
    return this.played.filter(({ teams }) => teams.includes(team));
  }

  /** Assists of each team in each game of a date, by the document with the newest stamp that is not after `asOf`. */
  assists(date: string, asOf: string): ReadonlyMap<string, number> {
    const stamp = this.stamps(`team-boxscores/${date}`).filter((one) => one <= asOf).at(-1) ?? '';
    const { resultSets } = JSON.parse(this.text(`team-boxscores/${date}`, stamp)) as { resultSets: [{ headers: string[]; rowSet: (string | number)[][] }] };
    const { headers, rowSet } = resultSets[0];
    const [game, team, assists] = ['GAME_ID', 'TEAM_ID', 'AST'].map((header) => headers.indexOf(header)) as [number, number, number];
    return new Map(rowSet.map((row) => [`${row[game]} ${row[team]}`, Number(row[assists])]));
  }

  /** The dates of a team's games from one date on, that date's and the next five: whoever looks back five games looks back at it. */
  reach(team: number, from: string): readonly string[] {
    return this.gamesOf(team).filter(({ date }) => date >= from).slice(0, 6).map(({ date }) => date);
  }

  private stamps(partition: string): string[] {
    return readdirSync(join(this.folder, 'nba-com', partition)).map((file) => file.replace('.json', '')).sort();
  }

  private text(partition: string, stamp: string): string {
    return readFileSync(join(this.folder, 'nba-com', partition, `${stamp}.json`), 'utf8');
  }
}
