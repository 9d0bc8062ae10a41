import { inventName } from './names';
import { FIRST_PLAYER_ID, grownOlder, newPlayer, retires, type Player } from './player';
import { Random } from './random';
import type { Position } from './skills';
import { TEAMS, type Team } from './teams';

const POSITIONS: readonly Position[] = ['G', 'F', 'C', 'G', 'F', 'G', 'F', 'C', 'G', 'F', 'G', 'F', 'C', 'G', 'F'];
const ROSTER_SIZE = POSITIONS.length;
const MOST_CENTRES = 4;
const KEPT_OVER_SUMMER = 12;
const FREE_AGENTS_LEFT = 60;
const FOUNDING_FREE_AGENTS = 45;

/** Who belongs to which team, season after season. It knows nothing of games: a season's people never depend on results. */
export class League {
  private readonly rosters = new Map<number, Player[]>();
  private readonly names = new Set<string>();
  private nextId = FIRST_PLAYER_ID;
  private freeAgents: Player[] = [];

  constructor(private readonly seed: number) {
    const random = Random.for(seed, 'founding');
    const somebody = (position: Position, talent: number): Player => this.create(position, founderAge(random), talent);
    for (const team of TEAMS) {
      const quality = 0.45 * random.normal();
      this.rosters.set(team.id, POSITIONS.map((position) => somebody(position, Math.min(2.7, quality + 0.1 + 0.95 * random.normal()))));
    }
    for (let i = 0; i < FOUNDING_FREE_AGENTS; i++) this.freeAgents.push(somebody(random.pick(POSITIONS), -0.9 + 0.4 * random.normal()));
    this.sortFreeAgents();
  }

  roster(team: Team): readonly Player[] {
    return this.playersOf(team);
  }

  /** The player leaves one team for another. @throws RangeError if he is not with the first. */
  move(player: Player, from: Team, to: Team): void {
    const old = this.playersOf(from);
    const place = old.indexOf(player);
    if (place < 0) throw new RangeError(`${player.name} does not play for ${from.tricode}`);
    old.splice(place, 1);
    this.playersOf(to).push(player);
  }

  /** The best free agent signs; a full team waives its weakest player for him. */
  sign(team: Team, mostPlayers: number): void {
    const signed = this.freeAgents.shift();
    if (signed === undefined) return;
    const roster = this.playersOf(team);
    if (roster.length >= mostPlayers) {
      const waived = roster.reduce((weakest, player) => (player.talent < weakest.talent ? player : weakest));
      roster.splice(roster.indexOf(waived), 1);
    }
    roster.push(signed);
  }

  /** Everybody a year older; retirements, contracts that end, the draft, free agency. */
  summer(season: string): void {
    const random = Random.for(this.seed, 'summer', season);
    for (const team of TEAMS) {
      const stays: Player[] = [];
      for (const player of this.playersOf(team)) {
        const aging = Random.for(this.seed, 'ageing', season, player.id);
        if (!retires(player, aging)) stays.push(grownOlder(player, aging));
      }
      stays.sort((x, y) => worth(y) - worth(x));
      const kept = stays.filter((_, rank) => rank < KEPT_OVER_SUMMER && !random.chance(rank < 3 ? 0.05 : 0.15));
      this.freeAgents.push(...stays.filter((player) => !kept.includes(player)));
      this.rosters.set(team.id, kept);
    }
    this.draft(random);
    this.fillRosters(random);
  }

  private draft(random: Random): void {
    const rounds = [
      { mean: 0.1, spread: 0.6 },
      { mean: -0.8, spread: 0.45 },
    ];
    for (const { mean, spread } of rounds) {
      for (const team of this.weakestFirst()) {
        const talent = mean + spread * random.normal();
        this.playersOf(team).push(this.create(random.pick(POSITIONS), random.integer(19, 22), talent));
      }
    }
  }

  private fillRosters(random: Random): void {
    this.sortFreeAgents();
    for (;;) {
      // In no order of strength: free agents choose cities, and some teams stay good for years.
      const short = random.shuffle(TEAMS.filter((team) => this.playersOf(team).length < ROSTER_SIZE));
      if (short.length === 0) break;
      for (const team of short) {
        const roster = this.playersOf(team);
        const wanted = this.freeAgents.findIndex(({ position }) => hasRoomFor(position, roster));
        const [signed] = wanted < 0 ? [] : this.freeAgents.splice(wanted, 1);
        roster.push(signed ?? this.create(neededPosition(roster), 22, -1.2 + 0.3 * random.normal()));
      }
    }
    this.freeAgents = this.freeAgents.slice(0, FREE_AGENTS_LEFT);
  }

  private create(position: Position, age: number, talent: number): Player {
    const id = this.nextId++;
    const random = Random.for(this.seed, 'player', id);
    return newPlayer(id, inventName(random, this.names), position, age, talent, random);
  }

  private weakestFirst(): Team[] {
    const strength = new Map(TEAMS.map((team) => [team, this.playersOf(team).reduce((sum, { talent }) => sum + Math.max(0, talent + 1), 0)]));
    return [...TEAMS].sort((x, y) => (strength.get(x) ?? 0) - (strength.get(y) ?? 0));
  }

  private sortFreeAgents(): void {
    this.freeAgents.sort((x, y) => y.talent - x.talent || x.id - y.id);
  }

  private playersOf(team: Team): Player[] {
    const roster = this.rosters.get(team.id);
    if (roster === undefined) throw new RangeError(`Team ${team.id} has no roster`);
    return roster;
  }
}

/** Teams keep the young a little longer than their talent says. */
function worth(player: Player): number {
  return player.talent + Math.max(0, 25 - player.age) * 0.12;
}

function founderAge(random: Random): number {
  return Math.max(19, Math.min(38, Math.round(26 + 4 * random.normal())));
}

function hasRoomFor(position: Position, roster: readonly Player[]): boolean {
  const same = roster.filter((player) => player.position === position).length;
  return same < (position === 'C' ? MOST_CENTRES : 7);
}

function neededPosition(roster: readonly Player[]): Position {
  return (['C', 'G', 'F'] as const).find((position) => hasRoomFor(position, roster)) ?? 'F';
}
