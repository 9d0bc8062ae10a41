/** FNV-1a with a final avalanche, so that names differing in one character seed unrelated streams. */
function hash(text: string, salt: number): number {
  let h = (0x811c9dc5 ^ salt) >>> 0;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** A seeded stream of pseudo-random numbers (sfc32): the same seed and purpose give the same numbers everywhere. */
export class Random {
  /** Typed, so that the engine keeps 32-bit integers: ten million draws make a league. */
  private readonly state: Int32Array;

  /**
   * One stream per purpose (`'game', '0022100001'`): an extra draw in one place
   * must not reshuffle the rest of the league.
   */
  static for(seed: number, ...purpose: readonly (string | number)[]): Random {
    return new Random(`${seed}/${purpose.join('/')}`);
  }

  private constructor(name: string) {
    this.state = Int32Array.of(hash(name, 0x9e3779b9), hash(name, 0x243f6a88), hash(name, 0xb7e15162), 1);
    for (let i = 0; i < 12; i++) this.next();
  }

  /** Uniform in [0, 1). */
  next(): number {
    const { state } = this;
    const [a = 0, b = 0, c = 0, counter = 0] = [state[0], state[1], state[2], state[3]];
    const sum = (a + b + counter) | 0;
    state[0] = b ^ (b >>> 9);
    state[1] = (c + (c << 3)) | 0;
    state[2] = (((c << 21) | (c >>> 11)) + sum) | 0;
    state[3] = counter + 1;
    return (sum >>> 0) / 4294967296;
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  /** An integer in [from, to], both inclusive. */
  integer(from: number, to: number): number {
    return from + Math.floor(this.next() * (to - from + 1));
  }

  between(from: number, to: number): number {
    return from + this.next() * (to - from);
  }

  /**
   * Mean 0, deviation 1, near enough to normal and never beyond ±4.3:
   * a sum of uniforms has no outliers that would break a season.
   */
  normal(): number {
    let sum = 0;
    for (let i = 0; i < 6; i++) sum += this.next();
    return (sum - 3) * Math.SQRT2;
  }

  pick<T>(items: readonly T[]): T {
    const item = items[Math.floor(this.next() * items.length)];
    if (item === undefined) throw new RangeError('Random.pick needs at least one item');
    return item;
  }

  /** A shuffled copy. */
  shuffle<T>(items: readonly T[]): T[] {
    const keyed = items.map((item) => ({ item, key: this.next() }));
    return keyed.sort((x, y) => x.key - y.key).map(({ item }) => item);
  }
}
