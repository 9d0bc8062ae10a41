/** What is wrong with the pages that are there, a line each; nothing when they are current. */
export function comparePages(wanted: ReadonlyMap<string, string>, found: ReadonlyMap<string, string>): string[] {
  return [
    ...[...wanted].flatMap(([path, text]) => {
      const there = found.get(path);
      if (there === undefined) return [`${path} is missing`];
      return there === text ? [] : [`${path} is not current`];
    }),
    ...[...found.keys()].filter((path) => !wanted.has(path)).map((path) => `${path} belongs to no table`),
  ].sort();
}
