const GROUPED = new Intl.NumberFormat('en-US');

/** `52,201`. */
export const count = (value: number): string => GROUPED.format(value);

/** `1 unit`, `2 units`. */
export const plural = (value: number, noun: string, nouns = `${noun}s`): string => `${count(value)} ${value === 1 ? noun : nouns}`;

/** `1.8 s`, `2 min 5 s`. */
export function duration(milliseconds: number): string {
  // Rounded before it is split: 119.6 s are 2 minutes, not 1 minute and 60 seconds.
  const tenths = Math.round(milliseconds / 100);
  if (tenths < 600) return `${(tenths / 10).toFixed(1)} s`;
  const seconds = Math.round(milliseconds / 1000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** `512 B`, `12.5 MiB`, `1.2 GiB`. */
export function bytes(value: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'] as const;
  const power = value < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log2(value) / 10));
  return `${power === 0 ? value : (value / 2 ** (10 * power)).toFixed(1)} ${units[power]}`;
}
