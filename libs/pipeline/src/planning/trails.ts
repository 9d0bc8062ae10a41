import type { GameDate, Reach } from '@nba/kernel';
import { IDENTITY } from '../definition/relation';
import type { ReachingChange, RecordedChange, Subject } from './reaching-changes';

/** Where the rows of one player or team lie in an upstream table. */
export interface Trail {
  /** The date of each row, in order. */
  readonly dates: readonly GameDate[];
  /** The teams the rows are for. */
  readonly teamIds: ReadonlySet<number>;
}

/** What it takes to follow changes of one upstream table to the units that they reach. */
export interface TrailFacts {
  subjectsOf(change: RecordedChange): readonly Subject[];
  /** Of somebody whom the changes name: nobody else may have been read. Undefined when he has no row. */
  trailOf(per: 'player' | 'team', id: number): Trail | undefined;
  /** The teams that are scheduled to play on a date. */
  teamsOn(date: GameDate): ReadonlySet<number>;
  /** The players that the unit of a date holds rows of, among those whom the changes name: nobody else may be asked about. */
  playersOf(date: GameDate): ReadonlySet<number>;
  /** Whether nobody else can come to be in the unit by a change of this table: its players are those of another table's date. */
  readonly holdsAllPlayers: boolean;
}

/**
 * Whether a change that lies in the days of a unit's lookback is of somebody whom the unit looks at, and within as many of
 * his games as it looks back.
 *
 * Rows between the change and the unit are counted as they are stored now. That is never too few for a unit that should
 * run: take the newest row in which the window of the unit's run and the window of today differ. All rows after it are the
 * same in both, so they are fewer than the window holds, and that row's own change is found to reach the unit.
 */
export function leadsTo({ change, lookback: { reach } }: ReachingChange, date: GameDate, facts: TrailFacts): boolean {
  if (reach.kind === 'same-date' || reach.per === 'game' || reach.per === 'league') return true;
  // Whose rows they were before is not recorded.
  if (change.kind === 'unknown' || change.columns?.some((column) => IDENTITY.includes(column))) return true;
  const { per } = reach;
  return facts.subjectsOf(change).some((subject) => {
    const id = per === 'player' ? subject.playerId : subject.teamId;
    if (id === null) return true;
    const trail = facts.trailOf(per, id);
    return looksAt(per, id, subject, trail, date, facts) && isWithinGames(reach, change.date, date, trail);
  });
}

/**
 * A unit looks at the teams that play on its date, at the players it holds, and at those who may come to be in it: who were of
 * such a team this season, unless its players are told by another table, whose own change of the date then reaches it.
 */
function looksAt(per: 'player' | 'team', id: number, { teamId }: Subject, trail: Trail | undefined, date: GameDate, facts: TrailFacts): boolean {
  const playing = facts.teamsOn(date);
  if (per === 'team') return playing.has(id);
  if (facts.playersOf(date).has(id)) return true;
  if (facts.holdsAllPlayers) return false;
  const teams = [...(trail?.teamIds ?? []), ...(teamId === null ? [] : [teamId])];
  // A row that names no team may be anybody's.
  return teams.length === 0 || teams.some((team) => playing.has(team));
}

function isWithinGames(reach: Reach, changed: GameDate, date: GameDate, trail: Trail | undefined): boolean {
  if (reach.kind !== 'games') return true;
  let between = 0;
  for (const one of trail?.dates ?? []) {
    if (one >= date) break;
    if (one > changed) between += 1;
    if (between >= reach.count) return false;
  }
  return true;
}
