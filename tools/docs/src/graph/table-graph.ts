import { type Processor, type Registry } from '@nba/pipeline';

/** Something to be drawn: a table, or the lake documents that a table is made from. */
export interface GraphNode {
  readonly id: string;
  readonly label: string;
  /** 1 for lake documents, else the table's phase. */
  readonly band: 1 | 2 | 3 | 4;
  /** The table whose page this is. */
  readonly isSubject: boolean;
}

/** `to` reads `from`. */
export interface GraphEdge {
  readonly from: string;
  readonly to: string;
  /** Whether a hole in what is read through it can hold `to` up. */
  readonly blocks: boolean;
}

export interface TableGraph {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
}

/** Every table and what it reads. */
export function findWholeGraph({ processors }: Registry): TableGraph {
  return graphOf(processors, undefined);
}

/** One table with everything it is made from, directly or through others. */
export function findUpstreamGraph(subject: Processor, { processors }: Registry): TableGraph {
  const upstream = new Set<Processor>();
  const visit = (one: Processor): void => {
    if (upstream.has(one)) return;
    upstream.add(one);
    Object.values(one.upstreams).forEach(({ processor }) => visit(processor));
  };
  visit(subject);
  return graphOf(processors.filter((one) => upstream.has(one)), subject);
}

function graphOf(processors: readonly Processor[], subject: Processor | undefined): TableGraph {
  const tables = processors.map((one): GraphNode => ({ id: one.table.name, label: one.table.name, band: one.phase, isSubject: one === subject }));
  const fromLake = processors.flatMap((one) => (one.kind === 'document' ? [{ id: `lake ${one.documents}`, documents: one.documents, to: one.table.name }] : []));
  return {
    nodes: [...fromLake.map(({ id, documents }): GraphNode => ({ id, label: `${documents} documents`, band: 1, isSubject: false })), ...tables],
    edges: [
      ...fromLake.map(({ id, to }) => ({ from: id, to, blocks: true })),
      ...processors.flatMap((one) => Object.values(one.upstreams).map(({ processor, lookbacks }) => (
        { from: processor.table.name, to: one.table.name, blocks: lookbacks.some(({ effect }) => effect === 'blocks') }
      ))),
    ],
  };
}

/** The graph in one sentence a table, for those who do not see the picture. */
export function describeGraph({ nodes, edges }: TableGraph): string {
  const read = nodes.flatMap(({ id, label }) => {
    const from = edges.filter((edge) => edge.to === id).map((edge) => nodes.find((one) => one.id === edge.from)?.label ?? edge.from);
    return from.length === 0 ? [] : [`${label} reads ${inWords(from)}.`];
  });
  return read.join(' ');
}

/** `a`, `a and b`, `a, b and c`. */
export function inWords(names: readonly string[]): string {
  return names.length < 2 ? (names[0] ?? 'nothing') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
