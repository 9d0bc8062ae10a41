/** Who may run a block of commands: everybody, or only whoever has what the mark in front of it names. */
export type Where = 'here' | 'internet' | 'google-cloud';

/** A part of a section: after which bold word it stands (`Look`, `Mend`, `Over`), or empty. */
export interface CommandBlock {
  readonly part: string;
  readonly where: Where;
  readonly commands: string;
}

export interface RunbookSection {
  /** The section's path: `Scenarios / A normal morning`. */
  readonly title: string;
  /** The codes it is about, in its line `**Codes:**`. */
  readonly codes: readonly string[];
  /** What is seen of it: words of an alert, or of what the program says. */
  readonly alert: string | undefined;
  readonly says: string | undefined;
  /** The name of a policy of Terraform's. */
  readonly policy: string | undefined;
  readonly blocks: readonly CommandBlock[];
}

const MARKS: Readonly<Record<string, Where>> = { 'On Google Cloud': 'google-cloud', 'Needs the internet': 'internet' };

/** The runbook's sections, in their order: one for each heading that has text of its own. */
export function parseRunbook(markdown: string): RunbookSection[] {
  const pieces = markdown.split(/^(?=#{2,3} )/m).slice(1);
  let above = '';
  return pieces.map((piece) => {
    const [, marks = '', heading = ''] = /^(#+) (.*)$/m.exec(piece) ?? [];
    if (marks === '##') above = heading;
    const field = (name: string) => new RegExp(`^\\*\\*${name}:\\*\\* \`(.*)\`$`, 'm').exec(piece)?.[1];
    return {
      title: marks === '##' ? heading : `${above} / ${heading}`,
      codes: field('Codes')?.split('`, `') ?? [],
      alert: field('Alert'),
      says: field('Says'),
      policy: field('Policy'),
      blocks: findBlocks(piece),
    };
  });
}

function findBlocks(piece: string): CommandBlock[] {
  let part = '';
  return [...piece.matchAll(/^\*\*(Look|Mend|Over)\*\*|^```sh\n([\s\S]*?)^```$/gm)].flatMap((found) => {
    const [, word, commands] = found;
    if (word) part = word;
    if (commands === undefined) return [];
    const before = piece.slice(0, found.index).trimEnd();
    const mark = Object.keys(MARKS).find((words) => before.endsWith(`*${words}:*`));
    // What a mark stands before is done by hand: it belongs to no part.
    return [{ part: mark ? '' : part, where: mark ? (MARKS[mark] ?? 'here') : 'here', commands }];
  });
}
