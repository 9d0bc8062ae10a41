/** A link within the repository: where it stands and where it leads. */
export interface Link {
  /** 1 for the first line. */
  readonly line: number;
  /** As written: `../adr/README.md#context`. */
  readonly target: string;
}

/** The links and pictures of a Markdown text that lead to files or headings; addresses on the web are left out, as is what stands in code. */
export function findLinks(markdown: string): Link[] {
  return withoutCode(markdown).split('\n').flatMap((text, i) =>
    [...text.matchAll(/\]\(\s*<?([^)\s>]+)>?[^)]*\)/g)].flatMap(([, target = '']) => (/^[a-z][a-z+.-]*:/i.test(target) ? [] : [{ line: i + 1, target }])));
}

/** The anchors of a Markdown text, as GitHub makes them of its headings. */
export function findAnchors(markdown: string): Set<string> {
  const seen = new Map<string, number>();
  const headings = withoutBlocks(markdown).split('\n').flatMap((line) => /^#{1,6}\s+(.*?)\s*#*$/.exec(line)?.[1] ?? []);
  return new Set(headings.map((heading) => {
    const slug = slugOf(heading);
    const times = seen.get(slug) ?? 0;
    seen.set(slug, times + 1);
    return times === 0 ? slug : `${slug}-${times}`;
  }));
}

/** The anchor of a heading: lower case, marks dropped, blanks as hyphens. */
export function slugOf(heading: string): string {
  const text = heading.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1');
  return text.toLowerCase().replace(/[^\p{Letter}\p{Number}\s_-]/gu, '').replace(/\s/g, '-');
}

/** Lines keep their numbers. */
function withoutBlocks(markdown: string): string {
  return markdown.replace(/^(```|~~~)[\s\S]*?^\1/gm, (block) => block.replace(/[^\n]/g, ''));
}

const withoutCode = (markdown: string): string => withoutBlocks(markdown).replace(/`[^`\n]*`/g, '');
