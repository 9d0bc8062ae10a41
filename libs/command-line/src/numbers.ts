const GROUPED = new Intl.NumberFormat('en-US');

/** `52,201`. */
export const count = (value: number): string => GROUPED.format(value);

/** `1 unit`, `2 units`. */
export const plural = (value: number, noun: string): string => `${count(value)} ${noun}${value === 1 ? '' : 's'}`;

/** `1.8 s`, `2 min 5 s`. */
export function duration(milliseconds: number): string {
  // Rounded before it is split: 119.6 s are 2 minutes, not 1 minute and 60 seconds.
  const tenths = Math.round(milliseconds / 100);
  if (tenths < 600) return `${(tenths / 10).toFixed(1)} s`;
  const seconds = Math.round(milliseconds / 1000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
