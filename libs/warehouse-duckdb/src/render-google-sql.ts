import { FUNCTIONS, REFUSED, duckDbType, notRendered } from './render-functions';
import { isSign, isWord, parseTree, type Group, type Node } from './google-sql-tree';

/** A statement as DuckDB reads it, with the named parameters it mentions. */
export interface RenderedSql {
  readonly text: string;
  readonly parameters: readonly string[];
}

const cache = new Map<string, RenderedSql>();
const CACHE_LIMIT = 2_000;

/**
 * GoogleSQL as DuckDB text, meaning the same: names, parameters, functions, literals.
 * Rendered by tokens, never by search and replace, so that text in strings and comments stays what it is.
 * Two things remain different because types are unknown here: FLOAT64 and TIMESTAMP cast to STRING print
 * in DuckDB's own format.
 * @throws NbaError WAREHOUSE_STATEMENT_FAILED naming the construct that has no faithful rendering
 */
export function renderGoogleSql(text: string): RenderedSql {
  const known = cache.get(text);
  if (known) return known;
  const parameters = new Set<string>();
  const rendered = { text: new Rendering(parameters).render(parseTree(text)), parameters: [] as string[] };
  if (rendered.text.includes('$nba_now')) parameters.add('nba_now');
  const result = { text: rendered.text, parameters: [...parameters] };
  if (cache.size >= CACHE_LIMIT) cache.clear();
  cache.set(text, result);
  return result;
}

class Rendering {
  constructor(private readonly parameters: Set<string>) {}

  readonly render = (nodes: readonly Node[]): string => {
    let out = '';
    for (let i = 0; i < nodes.length; ) {
      const { text, next } = this.one(nodes, i);
      const node = nodes[i] as Node;
      out += (node.spaced && out ? ' ' : '') + text;
      i = next;
    }
    return out;
  };

  private one(nodes: readonly Node[], i: number): { text: string; next: number } {
    const node = nodes[i] as Node;
    const step = (text: string, length = 1) => ({ text, next: i + length });
    switch (node.kind) {
      case 'group':
        return step(this.group(node));
      case 'string':
        if (nodes[i + 1]?.kind === 'string') throw notRendered('Two string literals side by side', "Write a quote inside a string as \\'.");
        return step(quoted(node.text, "'"));
      case 'number':
        // 0.44 is a DECIMAL in DuckDB and a FLOAT64 in BigQuery; with an exponent it is a DOUBLE.
        return step(node.text.includes('.') && !/e/i.test(node.text) ? `${node.text}e0` : node.text);
      case 'parameter':
        this.parameters.add(node.text);
        return step(`$${node.text}`);
      case 'name':
        return this.path(nodes, i);
      case 'sign':
        if ('^{}?$'.includes(node.text)) throw notRendered(`The sign ${node.text}`);
        return step(node.text);
      case 'word':
        return this.word(nodes, i);
    }
  }

  private group(group: Group): string {
    const inside = this.render(group.nodes);
    return group.open === '(' ? `(${inside})` : `[${inside}]`;
  }

  /** A dotted path with at least its first part in back-ticks: the project, when there are three parts, is left out. */
  private path(nodes: readonly Node[], i: number): { text: string; next: number } {
    const parts: string[] = [];
    let next = i;
    for (;;) {
      const node = nodes[next];
      if (node?.kind === 'name') parts.push(...node.text.split('.'));
      else if (node?.kind === 'word') parts.push(node.text);
      else break;
      next++;
      if (!isSign(nodes[next], '.') || nodes[next + 1]?.kind === 'group') break;
      next++;
    }
    if (parts.length > 3) throw notRendered(`The name ${parts.join('.')}`, 'A name has at most project, dataset and table.');
    // `alias`.* ends in a dot that the loop has eaten.
    const star = isSign(nodes[next], '*') && isSign(nodes[next - 1], '.') ? '.' : '';
    return { text: parts.slice(parts.length === 3 ? 1 : 0).map((part) => quoted(part, '"')).join('.') + star, next };
  }

  private word(nodes: readonly Node[], i: number): { text: string; next: number } {
    const node = nodes[i] as Node & { kind: 'word' };
    const name = node.text.toUpperCase();
    const after = nodes[i + 1];
    const step = (text: string, length = 1) => ({ text, next: i + length });
    if (isSign(nodes[i - 1], '.')) return step(node.text);
    if (isSign(after, '.') && nodes[i + 2]?.kind === 'name') return this.path(nodes, i);
    if (name === 'SAFE' && isSign(after, '.')) throw notRendered('SAFE.', 'Use SAFE_CAST or SAFE_DIVIDE.');
    if (['UNION', 'EXCEPT', 'INTERSECT'].includes(name) && isWord(after, 'DISTINCT')) return step(name, 2);
    if (name === 'EXCEPT' && isSign(nodes[i - 1], '*')) return step('EXCLUDE');
    if (name === 'WITH' && isWord(after, 'OFFSET')) throw notRendered('WITH OFFSET');
    if (name === 'AS' && isWord(after, 'STRUCT', 'VALUE')) throw notRendered('SELECT AS STRUCT');
    if ((name === 'STRUCT' || name === 'ARRAY') && isSign(after, '<')) throw notRendered(`${name}<…>`);
    if (name === 'CURRENT_TIMESTAMP' && after?.kind !== 'group') return step('CAST($nba_now AS TIMESTAMP)');
    if (name === 'CURRENT_DATE' && after?.kind !== 'group') return step('CAST($nba_now AS DATE)');
    if ((name === 'TIMESTAMP' || name === 'DATE') && after?.kind === 'string') {
      const value = quoted(after.text, "'");
      return step(name === 'DATE' ? `DATE ${value}` : `CAST(CAST(${value} AS TIMESTAMPTZ) AS TIMESTAMP)`, 2);
    }
    if (name === 'FLOAT64' || (name === 'STRING' && after?.kind !== 'group')) return step(duckDbType(name));
    if (after?.kind === 'group' && after.open === '(') {
      if (name === 'UNNEST') return this.unnest(nodes, i, after);
      const handler = FUNCTIONS[name];
      if (handler) return step(handler(after.nodes, this.render), 2);
      if (REFUSED.has(name)) throw notRendered(`${name}(…)`);
    }
    if (after?.kind === 'group' && after.open === '[' && !['IN', 'SELECT', 'UNNEST', 'RETURN', 'THEN', 'ELSE', 'AS', 'AND', 'OR'].includes(name)) {
      throw notRendered(`Indexing ${node.text}[…]`, 'Array positions differ between the engines.');
    }
    return step(node.text);
  }

  /** `UNNEST(x) AS d` names the column in BigQuery, the table in DuckDB. */
  private unnest(nodes: readonly Node[], i: number, list: Group): { text: string; next: number } {
    const inside = this.render(list.nodes);
    if (isWord(nodes[i - 1], 'IN')) return { text: `(SELECT unnest(${inside}))`, next: i + 2 };
    const hasAs = isWord(nodes[i + 2], 'AS');
    const alias = nodes[i + (hasAs ? 3 : 2)];
    if (alias?.kind !== 'word' || (!hasAs && isWord(alias, 'WHERE', 'JOIN', 'LEFT', 'CROSS', 'GROUP', 'ORDER', 'WITH', 'ON', 'INNER', 'FULL', 'LIMIT', 'UNION', 'WINDOW'))) {
      throw notRendered('UNNEST without an alias', 'Write UNNEST(…) AS name.');
    }
    return { text: `unnest(${inside}) AS ${alias.text}(${alias.text})`, next: i + (hasAs ? 4 : 3) };
  }
}

function quoted(text: string, mark: "'" | '"'): string {
  return mark + text.replaceAll(mark, mark + mark) + mark;
}
