import { NbaError } from '@nba/kernel';
import { tokenize, type Token } from './google-sql-tokens';

/** What stands between a pair of brackets. */
export interface Group {
  readonly kind: 'group';
  readonly open: '(' | '[';
  readonly nodes: readonly Node[];
  readonly spaced: boolean;
}

export type Node = Token | Group;

/** Reads GoogleSQL as nested brackets. @throws NbaError WAREHOUSE_STATEMENT_FAILED when they do not match */
export function parseTree(text: string): Node[] {
  const root: Node[] = [];
  const open: { group: Group; nodes: Node[] }[] = [];
  let nodes = root;
  for (const token of tokenize(text)) {
    const { text: sign } = token;
    if (token.kind === 'sign' && (sign === '(' || sign === '[')) {
      const inner: Node[] = [];
      const group: Group = { kind: 'group', open: sign, nodes: inner, spaced: token.spaced };
      nodes.push(group);
      open.push({ group, nodes });
      nodes = inner;
    } else if (token.kind === 'sign' && (sign === ')' || sign === ']')) {
      const last = open.pop();
      if (!last || (last.group.open === '(') !== (sign === ')')) throw unbalanced(text);
      nodes = last.nodes;
    } else nodes.push(token);
  }
  if (open.length) throw unbalanced(text);
  return root;
}

const unbalanced = (text: string) =>
  new NbaError('WAREHOUSE_STATEMENT_FAILED', `The brackets do not match in: ${text.slice(0, 160).replace(/\s+/g, ' ')}`);

/** Whether the node is this word, whatever its case. */
export function isWord(node: Node | undefined, ...words: readonly string[]): boolean {
  return node?.kind === 'word' && words.includes(node.text.toUpperCase());
}

/** Whether the node is this sign. */
export function isSign(node: Node | undefined, sign: string): boolean {
  return node?.kind === 'sign' && node.text === sign;
}

/** The nodes between top-level commas: the arguments of a call. */
export function splitArguments(nodes: readonly Node[]): Node[][] {
  if (nodes.length === 0) return [];
  const parts: Node[][] = [[]];
  for (const node of nodes) {
    if (isSign(node, ',')) parts.push([]);
    else (parts.at(-1) as Node[]).push(node);
  }
  return parts;
}
