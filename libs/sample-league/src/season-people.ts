import type { DayNumber } from './civil-date';
import { outSpells, type OutSpell } from './injuries';
import type { League } from './league';
import type { Player } from './player';
import { planTransactions, type Transaction, type TransactionScope } from './transactions';
import type { SeasonSchedule } from './season-schedule';
import type { Team } from './teams';

const FEWEST_DRESSED = 11;

/** Who can play for a team on a given day of one season. Days are asked in order: transactions happen on the way. */
export class SeasonPeople {
  private readonly pending: Transaction[];
  private readonly spells = new Map<number, readonly OutSpell[]>();
  private readonly scope: TransactionScope;

  constructor(
    league: League,
    private readonly schedule: SeasonSchedule,
    private readonly seed: number,
  ) {
    this.scope = { league, reserved: new Set() };
    this.pending = planTransactions(schedule, seed);
  }

  /** Carries out what was agreed before that day. */
  advanceTo(day: DayNumber): void {
    for (let next = this.pending[0]; next !== undefined && next.day < day; next = this.pending[0]) {
      this.pending.shift();
      next.apply(this.scope);
    }
  }

  /** The players fit to play; if too few are, those who will be back soonest play hurt. */
  available(team: Team, day: DayNumber): Player[] {
    const fit: Player[] = [];
    const out: { player: Player; back: DayNumber }[] = [];
    for (const player of this.scope.league.roster(team)) {
      const spell = this.spellsOf(player).find(({ from, to }) => day >= from && day <= to);
      if (spell === undefined || this.scope.reserved.has(player)) fit.push(player);
      else out.push({ player, back: spell.to });
    }
    out.sort((x, y) => x.back - y.back);
    for (const { player } of out) {
      if (fit.length >= FEWEST_DRESSED) break;
      fit.push(player);
    }
    return fit;
  }

  private spellsOf(player: Player): readonly OutSpell[] {
    const known = this.spells.get(player.id);
    if (known !== undefined) return known;
    const spells = outSpells(player, this.schedule.calendar, this.seed);
    this.spells.set(player.id, spells);
    return spells;
  }
}
