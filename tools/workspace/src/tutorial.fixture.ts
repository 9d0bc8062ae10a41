/** One thing that a tutorial has its reader do or see. */
export type Step =
  | { readonly kind: 'run'; readonly line: number; readonly commands: string; readonly fails: boolean; readonly output: readonly string[] }
  | { readonly kind: 'replace'; readonly line: number; readonly file: string; readonly old: string; readonly new: string }
  | { readonly kind: 'find'; readonly line: number; readonly file: string; readonly text: string };

interface Block {
  readonly info: string;
  readonly text: string;
  /** What stands between it and the block before, on one line. */
  readonly said: string;
  readonly line: number;
}

const FENCE = /^```(.*)$/;

/**
 * The steps of a tutorial in Markdown, in order. Blocks of `sh` are run, `sh fails` must fail; the `text` after one is output that it
 * must show. A block of code is replaced (after "In `file`, replace"), put in its place ("with"), or to be found in the file named last.
 * @throws Error for a block that is none of these: nothing in a tutorial goes unchecked
 */
export function parseTutorial(markdown: string): Step[] {
  const steps: Step[] = [];
  let file: string | undefined;
  const blocks = blocksOf(markdown);
  for (const [i, { info, text, said, line }] of blocks.entries()) {
    const named = /\b[Ii]n `([^`]+)`(?:, replace| you find)$/.exec(said);
    file = named?.[1] ?? file;
    const next = blocks[i + 1];
    if (info === 'sh' || info === 'sh fails') {
      const output = next?.info === 'text' && next.said === '' ? next.text.split('\n').filter((one) => one.trim() !== '') : [];
      steps.push({ kind: 'run', line, commands: text, fails: info === 'sh fails', output });
    } else if (info === 'text') {
      if (said !== '' || !blocks[i - 1]?.info.startsWith('sh')) throw new Error(`line ${line}: output of no command`);
    } else if (said === 'with') {
      const before = steps.pop();
      if (before?.kind !== 'find' || file === undefined) throw new Error(`line ${line}: "with", and nothing to replace`);
      steps.push({ kind: 'replace', line, file, old: before.text, new: text });
    } else {
      if (file === undefined) throw new Error(`line ${line}: a block of ${info} in no file`);
      steps.push({ kind: 'find', line, file, text });
    }
  }
  return steps;
}

function blocksOf(markdown: string): Block[] {
  const blocks: Block[] = [];
  let said: string[] = [];
  let open: { info: string; line: number; text: string[] } | undefined;
  for (const [i, one] of markdown.split('\n').entries()) {
    const fence = FENCE.exec(one);
    if (!fence) (open?.text ?? said).push(one);
    else if (!open) open = { info: fence[1] ?? '', line: i + 1, text: [] };
    else {
      blocks.push({ info: open.info, line: open.line, text: open.text.join('\n'), said: said.join(' ').trim() });
      [open, said] = [undefined, []];
    }
  }
  if (open) throw new Error(`line ${open.line}: a block without an end`);
  return blocks;
}

/** The first of the lines that the output does not show, in their order; undefined when it shows all. Spaces count as one. */
export function missingLine(lines: readonly string[], output: string): string | undefined {
  const plain = (text: string) => text.replace(/\s+/g, ' ').trim();
  let rest = plain(output);
  for (const line of lines) {
    const at = rest.indexOf(plain(line));
    if (at < 0) return line;
    rest = rest.slice(at + plain(line).length);
  }
  return undefined;
}
