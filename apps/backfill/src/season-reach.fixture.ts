import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Reach, tableId } from '@nba/kernel';
import type { Processor } from '@nba/pipeline';
import type { ChangedRow, ChangedRows } from './changed-rows.fixture';
import { registry } from '@nba/wiring';
import { type LakeFolder, type ScheduleDocument, gameDateOf, gamesOf } from './lake-folder.fixture';

const SEASON = '2024-25';
const DAY_MS = 86_400_000;
const daysBetween = (from: string, to: string): number => Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);

/** Who played when in the season of a lake: what a lookback can see, worked out from its documents without any of our code. */
export class SeasonReach {
  /** Dates with regular-season games, in order. */
  readonly dates: readonly string[];
  private readonly teamsByDate = new Map<string, Set<number>>();
  private readonly datesByPlayer = new Map<number, string[]>();
  private readonly teamsByPlayer = new Map<number, Set<number>>();
  private readonly known = new Map<string, readonly string[]>();

  constructor(lake: LakeFolder) {
    const stamps = readdirSync(join(lake.folder, 'nba-com/schedule', SEASON)).sort();
    const schedule = JSON.parse(lake.text(`nba-com/schedule/${SEASON}/${stamps.at(-1)}`)) as ScheduleDocument;
    for (const game of gamesOf(schedule).filter(({ gameId }) => gameId.startsWith('002'))) {
      const teams = this.teamsByDate.get(gameDateOf(game)) ?? new Set<number>();
      this.teamsByDate.set(gameDateOf(game), teams.add(game.homeTeam.teamId).add(game.awayTeam.teamId));
    }
    this.dates = [...this.teamsByDate.keys()].sort();
    for (const date of this.dates) {
      for (const line of lake.lines('player-boxscores', date)) {
        const [player, team] = [Number(line['PLAYER_ID']), Number(line['TEAM_ID'])];
        void (this.datesByPlayer.get(player)?.push(date) ?? this.datesByPlayer.set(player, [date]));
        this.teamsByPlayer.set(player, (this.teamsByPlayer.get(player) ?? new Set<number>()).add(team));
      }
    }
  }

  /** The dates on which a player played. */
  gamesOfPlayer(player: number): readonly string[] {
    return this.datesByPlayer.get(player) ?? [];
  }

  gamesOfTeam(team: number): readonly string[] {
    return this.remember(`team ${team}`, () => this.dates.filter((date) => this.teamsByDate.get(date)?.has(team)));
  }

  /** The dates on which one of the teams that a player played for this season plays. */
  gamesOfTeamsOf(player: number): readonly string[] {
    return this.remember(`teams of ${player}`, () => {
      const teams = [...(this.teamsByPlayer.get(player) ?? [])];
      return this.dates.filter((date) => teams.some((team) => this.teamsByDate.get(date)?.has(team)));
    });
  }

  /**
   * The dates whose unit may look back, that far, at a row of a date: of a player those on which a team of his plays, up to
   * his next game of that number; of a team those on which it plays.
   */
  datesReached(reach: Reach, { teamId, playerId }: Pick<ChangedRow, 'teamId' | 'playerId'>, changed: string): readonly string[] {
    if (reach.kind === 'same-date') return [changed];
    const subject = reach.per === 'player' ? Number(playerId) : reach.per === 'team' ? Number(teamId) : 0;
    const key = [reach.kind, 'count' in reach ? reach.count : '', reach.per, subject, changed].join(' ');
    return this.remember(key, () => this.findReached(reach, subject, changed));
  }

  private remember(key: string, find: () => readonly string[]): readonly string[] {
    const found = this.known.get(key) ?? find();
    this.known.set(key, found);
    return found;
  }

  private findReached(reach: Reach, subject: number, changed: string): readonly string[] {
    const own = reach.per === 'player' ? this.gamesOfPlayer(subject) : reach.per === 'team' ? this.gamesOfTeam(subject) : this.dates;
    const looking = reach.per === 'player' ? this.gamesOfTeamsOf(subject) : own;
    const last = reach.kind === 'games' ? (own.filter((date) => date > changed)[reach.count - 1] ?? '9999-12-31') : '9999-12-31';
    return looking.filter((date) => date > changed && date <= last && (reach.kind !== 'days' || daysBetween(changed, date) <= reach.count));
  }

  /** The dates on which units of a processor look at a row that differs, in a column that they read. */
  datesLookingAt(changes: ChangedRows, { upstreams }: Processor): ReadonlySet<string> {
    const dates = new Set<string>();
    for (const { processor: upstream, lookbacks } of Object.values(upstreams)) {
      for (const [changed, rows] of changes.get(tableId(upstream.table)) ?? []) {
        for (const { reach, columns } of lookbacks) {
          const read = rows.filter((row) => row.columns === null || row.columns.some((column) => columns.includes(column)));
          for (const row of read) for (const date of this.datesReached(reach, row, changed)) dates.add(date);
        }
      }
    }
    return dates;
  }

  /** By processor the dates that wait for box scores of one date: those that look back at it, by their teams' games, and what waits for these. */
  datesWaitingFor(missing: string): ReadonlyMap<string, ReadonlySet<string>> {
    const waiting = new Map<string, ReadonlySet<string>>();
    const holesOf = ({ name, phase }: Processor): ReadonlySet<string> => (name !== 'NbacScheduleProcessor' && phase === 2 ? new Set([missing]) : (waiting.get(name) ?? new Set()));
    for (const processor of registry.processors.filter(({ phase }) => phase > 2)) {
      waiting.set(processor.name, new Set(this.dates.filter((date) => Object.values(processor.upstreams).some(({ processor: upstream, lookbacks }) => {
        const holes = holesOf(upstream);
        return holes.size > 0 && lookbacks.some(({ reach, effect }) => effect === 'blocks' && this.windowOf(reach, date).some((one) => holes.has(one)));
      }))));
    }
    return waiting;
  }

  /** The dates that a unit looks back at, by the schedules of the teams that play on its date. */
  private windowOf(reach: Reach, date: string): readonly string[] {
    if (reach.kind === 'same-date') return [date];
    return [...(this.teamsByDate.get(date) ?? [])].flatMap((team) => {
      const before = this.gamesOfTeam(team).filter((one) => one < date);
      return reach.kind === 'games' ? before.slice(-reach.count) : before.filter((one) => reach.kind !== 'days' || daysBetween(one, date) <= reach.count);
    });
  }
}
