import type { Appearance } from './appearance';
import { dateText, type DayNumber } from './civil-date';
import type { GameResult, TeamResult } from './game-simulation';
import { stamp, type FetchTime, type SampleDocument } from './sample-document';
import type { ScheduledGame } from './season-schedule';
import type { Team } from './teams';

export interface PlayedGame {
  readonly game: ScheduledGame;
  readonly result: GameResult;
}

const IDENTITY = ['TEAM_ID', 'TEAM_ABBREVIATION', 'TEAM_NAME', 'GAME_ID', 'GAME_DATE', 'MATCHUP', 'WL'];
const COUNTS = [
  'MIN', 'FGM', 'FGA', 'FG_PCT', 'FG3M', 'FG3A', 'FG3_PCT', 'FTM', 'FTA', 'FT_PCT',
  'OREB', 'DREB', 'REB', 'AST', 'STL', 'BLK', 'TOV', 'PF', 'PTS', 'PLUS_MINUS',
];
const PLAYER_HEADERS = ['SEASON_ID', 'PLAYER_ID', 'PLAYER_NAME', ...IDENTITY, ...COUNTS, 'FANTASY_PTS', 'VIDEO_AVAILABLE'];
const TEAM_HEADERS = ['SEASON_ID', ...IDENTITY, ...COUNTS];

/** The player and the team box scores of one date, as `leaguegamelog` answers them. */
export function gameLogDocuments(season: string, day: DayNumber, games: readonly PlayedGame[], fetched: FetchTime): SampleDocument[] {
  const players: string[] = [];
  const teams: string[] = [];
  const date = dateText(day);
  const seasonId = `2${season.slice(0, 4)}`;
  for (const { game, result } of games) {
    addTeam(game, game.home, result.home, result.home.points - result.away.points);
    addTeam(game, game.away, result.away, result.away.points - result.home.points);
  }
  return [
    { path: pathOf('player', day, fetched), text: logText(season, day, 'P', PLAYER_HEADERS, players) },
    { path: pathOf('team', day, fetched), text: logText(season, day, 'T', TEAM_HEADERS, teams) },
  ];

  function addTeam(game: ScheduledGame, team: Team, side: TeamResult, margin: number): void {
    const identity = `${team.id},"${team.tricode}","${team.city} ${team.name}","${game.id}","${date}","${matchupText(game, team)}","${margin > 0 ? 'W' : 'L'}"`;
    const total = new Line();
    for (const appearance of side.appearances) {
      const line = new Line();
      line.add(appearance);
      total.add(appearance);
      const { id, name } = appearance.player;
      players.push(`["${seasonId}",${id},${JSON.stringify(name)},${identity},${line.text(appearance.plusMinus)},${line.fantasyPoints()},1]`);
    }
    teams.push(`["${seasonId}",${identity},${total.text(margin)}]`);
  }
}

/** In games on neutral ground the feed gives both teams the visitors' text. */
function matchupText({ home, away, isNeutral }: ScheduledGame, team: Team): string {
  return team === home && !isNeutral ? `${home.tricode} vs. ${away.tricode}` : `${away.tricode} @ ${home.tricode}`;
}

function pathOf(kind: 'player' | 'team', day: DayNumber, fetched: FetchTime): string {
  return `nba-com/${kind}-boxscores/${dateText(day)}/${stamp(fetched)}.json`;
}

/** Written by hand: over a hundred thousand rows, JSON.stringify takes longer than the whole simulation. */
function logText(season: string, day: DayNumber, kind: 'P' | 'T', headers: readonly string[], rows: readonly string[]): string {
  const date = dateText(day);
  const parameters = JSON.stringify({
    LeagueID: '00',
    Season: season,
    SeasonType: 'Regular Season',
    PlayerOrTeam: kind,
    Counter: 1000,
    Sorter: 'DATE',
    Direction: 'DESC',
    DateFrom: date,
    DateTo: date,
  });
  return `{"resource":"leaguegamelog","parameters":${parameters},"resultSets":[{"name":"LeagueGameLog","headers":${JSON.stringify(headers)},"rowSet":[${rows.join(',')}]}]}`;
}

/** The counted columns of one row; a team's are the sum over its players. */
class Line {
  private minutes = 0;
  private fgm = 0;
  private fga = 0;
  private fg3m = 0;
  private fg3a = 0;
  private ftm = 0;
  private fta = 0;
  private oreb = 0;
  private dreb = 0;
  private ast = 0;
  private stl = 0;
  private blk = 0;
  private tov = 0;
  private pf = 0;
  private pts = 0;

  add(player: Appearance): void {
    this.minutes += player.minutes;
    this.fgm += player.fieldGoalsMade;
    this.fga += player.fieldGoalsAttempted;
    this.fg3m += player.threesMade;
    this.fg3a += player.threesAttempted;
    this.ftm += player.freeThrowsMade;
    this.fta += player.freeThrowsAttempted;
    this.oreb += player.offensiveRebounds;
    this.dreb += player.defensiveRebounds;
    this.ast += player.assists;
    this.stl += player.steals;
    this.blk += player.blocks;
    this.tov += player.turnovers;
    this.pf += player.fouls;
    this.pts += player.points;
  }

  text(plusMinus: number): string {
    const shots = `${this.fgm},${this.fga},${share(this.fgm, this.fga)},${this.fg3m},${this.fg3a},${share(this.fg3m, this.fg3a)},${this.ftm},${this.fta},${share(this.ftm, this.fta)}`;
    const rebounds = `${this.oreb},${this.dreb},${this.oreb + this.dreb}`;
    return `${this.minutes},${shots},${rebounds},${this.ast},${this.stl},${this.blk},${this.tov},${this.pf},${this.pts},${plusMinus}`;
  }

  /** Counted in tenths and divided once, so that no binary dust shows in the text. */
  fantasyPoints(): number {
    const tenths = 10 * this.pts + 12 * (this.oreb + this.dreb) + 15 * this.ast + 30 * (this.stl + this.blk) - 10 * this.tov;
    return tenths / 10;
  }
}

/** Three decimals, halves up; null where nothing was attempted. */
function share(made: number, attempted: number): number | null {
  return attempted === 0 ? null : Math.round((made * 1000) / attempted) / 1000;
}
