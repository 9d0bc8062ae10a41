import type { GameDate } from './game-date';

/** One thing that is wrong, with everything that it holds up: mend it, and the rest follows. */
export interface RootCause {
  /** The same for as long as the same thing is wrong: `NbacPlayerBoxscoreProcessor DOCUMENT_MISSING`. */
  readonly key: string;
  /** One line for an operator, as an alert's title. */
  readonly title: string;
  /** The dates on which the root itself is wrong, in order. */
  readonly dates: readonly GameDate[];
  /** Units that wait for it, directly or through others. */
  readonly heldUp: readonly HeldUpUnits[];
  /** The root's own words: the errors that were recorded, once each. */
  readonly errors: readonly string[];
  /** The exact command that mends it, or that goes on when it has been mended. */
  readonly resolution: string;
}

export interface HeldUpUnits {
  readonly processor: string;
  readonly dates: readonly GameDate[];
}
