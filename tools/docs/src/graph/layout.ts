import type { GraphEdge, GraphNode, TableGraph } from './table-graph';

export const BOX = { width: 224, height: 40, gapX: 20, gapY: 46 } as const;
/** What a line takes that passes a layer on its way to a later one. */
const LANE_WIDTH = 14;
const SWEEPS = 12;

export interface PlacedNode {
  readonly node: GraphNode;
  /** Centre of the box. */
  readonly x: number;
  readonly y: number;
}

export interface PlacedEdge {
  readonly edge: GraphEdge;
  /** From the lower edge of what is read to the upper edge of the reader, layer by layer. */
  readonly points: readonly { readonly x: number; readonly y: number }[];
}

export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly PlacedNode[];
  readonly edges: readonly PlacedEdge[];
}

/** A box, or the lane in which the lines from one box pass a layer. */
interface Slot {
  readonly key: string;
  readonly node: GraphNode | null;
}

/**
 * Places the graph in layers from above to below: lake documents, then phase by phase, and within a phase what is read above
 * its readers. Lines from one box to later layers share a lane. The same graph always yields the same numbers.
 */
export function layOut(graph: TableGraph): Layout {
  const layerOf = findLayers(graph);
  const chains = graph.edges.map((edge) => ({ edge, chain: chainOf(edge, layerOf) }));
  const layers = orderLayers(findSlots(graph, layerOf, chains.map(({ chain }) => chain)), chains.map(({ chain }) => chain));
  const width = Math.max(...layers.map(widthOf));
  const placed = new Map(layers.flatMap((slots, layer) => placeSlots(slots, (width - widthOf(slots)) / 2).map(({ slot, x }) => [slot.key, { slot, x, y: layer * (BOX.height + BOX.gapY) + BOX.height / 2 }])));
  const at = (key: string) => placed.get(key) ?? { x: 0, y: 0 };
  return {
    width,
    height: layers.length * (BOX.height + BOX.gapY) - BOX.gapY,
    nodes: [...placed.values()].flatMap(({ slot, x, y }) => (slot.node ? [{ node: slot.node, x, y }] : [])),
    edges: chains.map(({ edge, chain }) => ({
      edge,
      points: chain.flatMap((key, i) => {
        const { x, y } = at(key);
        const half = BOX.height / 2;
        return [...(i > 0 ? [{ x, y: y - half }] : []), ...(i < chain.length - 1 ? [{ x, y: y + half }] : [])];
      }),
    })),
  };
}

/** Bands one after the other, and within a band the longest way from above. Layers without boxes are closed up. */
function findLayers({ nodes, edges }: TableGraph): Map<string, number> {
  const bandOf = new Map(nodes.map(({ id, band }) => [id, band]));
  const depth = (id: string): number => Math.max(0, ...edges.filter((edge) => edge.to === id && bandOf.get(edge.from) === bandOf.get(id)).map((edge) => depth(edge.from) + 1));
  const ranked = nodes.map(({ id, band }) => ({ id, rank: band * nodes.length + depth(id) }));
  const ranks = [...new Set(ranked.map(({ rank }) => rank))].sort((a, b) => a - b);
  return new Map(ranked.map(({ id, rank }) => [id, ranks.indexOf(rank)]));
}

/** The slots that the edge's line passes: its box, lanes, its reader's box. */
function chainOf({ from, to }: GraphEdge, layerOf: ReadonlyMap<string, number>): string[] {
  const [first = 0, last = 0] = [layerOf.get(from), layerOf.get(to)];
  const lanes = Array.from({ length: Math.max(0, last - first - 1) }, (_, i) => `${from} in ${first + 1 + i}`);
  return [from, ...lanes, to];
}

function findSlots({ nodes }: TableGraph, layerOf: ReadonlyMap<string, number>, chains: readonly (readonly string[])[]): Slot[][] {
  const layers: Slot[][] = Array.from({ length: Math.max(...layerOf.values()) + 1 }, () => []);
  for (const node of nodes) layers[layerOf.get(node.id) ?? 0]?.push({ key: node.id, node });
  const lanes = new Map(chains.flatMap((chain) => chain.slice(1, -1).map((key, i) => [key, (layerOf.get(chain[0] ?? '') ?? 0) + 1 + i] as const)));
  for (const [key, layer] of lanes) layers[layer]?.push({ key, node: null });
  return layers;
}

/** Sweeps down and up: each slot goes to the mean place of its neighbours in the layer before; equals keep their order. */
function orderLayers(layers: Slot[][], chains: readonly (readonly string[])[]): Slot[][] {
  const neighbours = new Map<string, Set<string>>();
  const join = (a: string, b: string) => neighbours.set(a, (neighbours.get(a) ?? new Set()).add(b));
  for (const chain of chains) chain.slice(1).forEach((key, i) => { join(key, chain[i] ?? ''); join(chain[i] ?? '', key); });
  let ordered = layers;
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const direction = sweep % 2 === 0 ? 1 : -1;
    const next = [...ordered];
    for (let i = direction === 1 ? 1 : next.length - 2; i >= 0 && i < next.length; i += direction) {
      const before = new Map(centres(next[i - direction] ?? []));
      const mean = (slot: Slot, own: number) => {
        const places = [...(neighbours.get(slot.key) ?? [])].flatMap((key) => before.get(key) ?? []);
        return places.length === 0 ? own : places.reduce((sum, place) => sum + place, 0) / places.length;
      };
      const own = new Map(centres(next[i] ?? []));
      next[i] = (next[i] ?? []).map((slot) => ({ slot, place: mean(slot, own.get(slot.key) ?? 0) })).sort((a, b) => a.place - b.place).map(({ slot }) => slot);
    }
    ordered = next;
  }
  return ordered;
}

/** The places of a layer's slots, counted from its middle. */
function centres(slots: readonly Slot[]): [string, number][] {
  return placeSlots(slots, -widthOf(slots) / 2).map(({ slot, x }) => [slot.key, x]);
}

const slotWidth = ({ node }: Slot): number => (node ? BOX.width : LANE_WIDTH);

function widthOf(slots: readonly Slot[]): number {
  return slots.reduce((sum, slot) => sum + slotWidth(slot), 0) + BOX.gapX * (slots.length - 1);
}

function placeSlots(slots: readonly Slot[], left: number): { readonly slot: Slot; readonly x: number }[] {
  let edge = left;
  return slots.map((slot) => {
    const x = edge + slotWidth(slot) / 2;
    edge += slotWidth(slot) + BOX.gapX;
    return { slot, x };
  });
}
