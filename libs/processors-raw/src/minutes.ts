/** Longest time a row may name, in minutes: a team's five players in a game of a dozen overtimes. */
const MOST_MINUTES = 600;

const CLOCK = /^(\d{1,3}):([0-5]\d)$/;
const ISO_DURATION = /^PT(\d{1,3})M([0-5]\d)(?:\.(\d{1,3}))?S$/;

/**
 * Playing time in whole seconds from any form the feeds use: `34`, `34.2` (minutes), `"34:12"`, `"PT34M12.00S"`.
 * Fractions of a second are rounded to the nearest. Anything else is undefined, never a guess.
 */
export function secondsPlayed(value: unknown): number | undefined {
  const seconds = typeof value === 'number' ? value * 60 : typeof value === 'string' ? secondsOfText(value) : NaN;
  return seconds >= 0 && seconds <= MOST_MINUTES * 60 ? Math.round(seconds) + 0 : undefined;
}

function secondsOfText(text: string): number {
  const match = CLOCK.exec(text) ?? ISO_DURATION.exec(text);
  return match ? Number(match[1]) * 60 + Number(`${match[2]}.${match[3] ?? '0'}`) : NaN;
}
