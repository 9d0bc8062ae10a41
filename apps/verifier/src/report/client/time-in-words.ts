/** `340 ms`, `2.4 s`, `3 min 5 s`; a dash for a time that is not known. */
export function timeInWords(_: unknown, ms: number): string {
  if (ms < 0) return '–';
  if (ms < 10) return `${Math.round(ms * 10) / 10} ms`;
  if (ms < 999.5) return `${Math.round(ms)} ms`;
  if (ms < 59_950) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
