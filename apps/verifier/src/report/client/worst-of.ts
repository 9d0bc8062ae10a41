/** The condition that a day is called after, of its units' conditions by name; the names come from the worst to the best. */
export function worstOf(_: unknown, worstFirst: readonly string[], names: readonly string[]): string {
  const rank = (name: string): number => {
    const at = worstFirst.indexOf(name);
    // One that is not known is no better than what is to be run.
    return at === -1 ? 0 : at;
  };
  return [...names].sort((a, b) => rank(a) - rank(b))[0] ?? 'later';
}
