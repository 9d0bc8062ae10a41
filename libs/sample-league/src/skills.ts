export type Position = 'G' | 'F' | 'C';

/** What a player is like, whatever his talent; each around 0 with deviation 1, constant over a career. */
export interface Style {
  readonly ballHandling: number;
  readonly shooting: number;
  readonly range: number;
  readonly passing: number;
  readonly rebounding: number;
  readonly defence: number;
  readonly aggression: number;
}

/** Which event on the floor is to fall to one of the five: an index into {@link Skills.weights}. */
export const Duty = { usage: 0, assist: 1, turnover: 2, offensiveRebound: 3, defensiveRebound: 4, steal: 5, block: 6, foul: 7 } as const;
export type Duty = (typeof Duty)[keyof typeof Duty];
export const DUTIES = 8;

export interface Skills {
  readonly threeShare: number;
  readonly twoPct: number;
  readonly threePct: number;
  readonly freeThrowPct: number;
  /** Chance that a two-point attempt draws a shooting foul. */
  readonly foulsDrawn: number;
  /** Taken off the opponents' shooting, as a share of all five. */
  readonly defence: number;
  /** By {@link Duty}: how often an event falls to this player rather than to the other four. */
  readonly weights: Float64Array;
}

/** Where positions differ, before talent and style. */
const BASE = {
  G: { three: 0.45, two: 0.508, threePct: 0.354, line: 0.81, fouled: 0.125, assist: 1.7, oreb: 0.35, dreb: 0.75, steal: 1.2, block: 0.35 },
  F: { three: 0.43, two: 0.528, threePct: 0.351, line: 0.77, fouled: 0.13, assist: 0.9, oreb: 0.9, dreb: 1.05, steal: 1, block: 0.9 },
  C: { three: 0.18, two: 0.578, threePct: 0.335, line: 0.7, fouled: 0.16, assist: 0.75, oreb: 2.3, dreb: 1.75, steal: 0.75, block: 2.2 },
} as const;

export function skillsOf(position: Position, talent: number, style: Style): Skills {
  const base = BASE[position];
  const weights = new Float64Array(DUTIES);
  weights[Duty.usage] = Math.exp(0.285 * talent + 0.2 * style.aggression);
  weights[Duty.assist] = base.assist * Math.exp(0.28 * talent + 0.4 * style.passing);
  weights[Duty.turnover] = Math.exp(0.26 * talent + 0.12 * style.passing - 0.18 * style.ballHandling);
  weights[Duty.offensiveRebound] = base.oreb * Math.exp(0.05 * talent + 0.4 * style.rebounding);
  weights[Duty.defensiveRebound] = base.dreb * Math.exp(0.14 * talent + 0.28 * style.rebounding);
  weights[Duty.steal] = base.steal * Math.exp(0.08 * talent + 0.3 * style.ballHandling);
  weights[Duty.block] = base.block * Math.exp(0.1 * talent + 0.5 * style.defence);
  weights[Duty.foul] = Math.exp(-0.12 * talent - 0.12 * style.defence) * (position === 'C' ? 1.35 : 1);
  return {
    threeShare: clamp(base.three + 0.12 * style.range - 0.01 * talent, 0.01, 0.8),
    twoPct: clamp(base.two + 0.019 * talent - 0.006 * style.aggression + 0.015 * style.shooting, 0.4, 0.72),
    threePct: clamp(base.threePct + 0.011 * talent + 0.018 * style.shooting + 0.008 * style.range, 0.22, 0.46),
    freeThrowPct: clamp(base.line + 0.015 * talent + 0.06 * style.shooting, 0.42, 0.94),
    foulsDrawn: clamp(base.fouled + 0.022 * talent + 0.02 * style.aggression, 0.03, 0.3),
    defence: 0.026 * talent + 0.012 * style.defence,
    weights,
  };
}

function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(high, value));
}
