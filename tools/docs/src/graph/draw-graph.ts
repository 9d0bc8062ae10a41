import { BOX, type Layout, type PlacedEdge, type PlacedNode, layOut } from './layout';
import { type GraphNode, type TableGraph, describeGraph } from './table-graph';

const MARGIN = 24;
const LEGEND_HEIGHT = 44;

const BANDS: Readonly<Record<GraphNode['band'], string>> = { 1: 'the lake', 2: 'Phase 2', 3: 'Phase 3', 4: 'Phase 4' };

/** Its own background, so that text stays readable where a page's theme is not the system's. */
const STYLE = `
    .ground { fill: #ffffff; } text { font: 12px ui-monospace, SFMono-Regular, Consolas, monospace; fill: #1f2328; } .small { font-size: 10px; fill: #59636e; }
    .box { stroke: #6e7781; stroke-width: 1; } .band1 { fill: #f6f8fa; } .band2 { fill: #ddf4ff; } .band3 { fill: #dafbe1; } .band4 { fill: #fbefff; }
    .subject { stroke: #0550ae; stroke-width: 3; } .line { fill: none; stroke: #6e7781; stroke-width: 1.5; } .informs { stroke-dasharray: 5 4; } .tip { fill: #6e7781; }
    @media (prefers-color-scheme: dark) {
      .ground { fill: #0d1117; } text { fill: #e6edf3; } .small { fill: #9198a1; }
      .band1 { fill: #21262d; } .band2 { fill: #0c2d4a; } .band3 { fill: #12351f; } .band4 { fill: #34204a; }
      .box { stroke: #848d97; } .subject { stroke: #79c0ff; } .line { stroke: #9198a1; } .tip { fill: #9198a1; }
    }`;

/** The graph as an SVG document that needs nothing else; the same graph gives the same text. */
export function drawGraph(graph: TableGraph, title: string): string {
  const layout = layOut(graph);
  const width = Math.max(layout.width, 480) + 2 * MARGIN;
  const height = layout.height + 2 * MARGIN + LEGEND_HEIGHT;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${n(width)} ${n(height)}" width="${n(width)}" height="${n(height)}" role="img" aria-labelledby="title description">
  <title id="title">${escape(title)}</title>
  <desc id="description">${escape(describeGraph(graph))}</desc>
  <style>${STYLE}
  </style>
  <defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path class="tip" d="M0 0 8 4 0 8z"/></marker></defs>
  <rect class="ground" width="100%" height="100%"/>
  <g transform="translate(${n((width - layout.width) / 2)} ${MARGIN})">
${[...layout.edges.map(drawEdge), ...layout.nodes.map(drawNode)].join('\n')}
  </g>
${drawLegend(height - MARGIN, layout)}
</svg>
`;
}

function drawEdge({ edge, points }: PlacedEdge): string {
  const [start, ...rest] = points;
  if (!start) return '';
  let before = start;
  const pieces = rest.map((point) => {
    const middle = (before.y + point.y) / 2;
    // Straight beside a box, bent in the gap between two layers.
    const piece = before.x === point.x ? `V${n(point.y)}` : `C${n(before.x)} ${n(middle)} ${n(point.x)} ${n(middle)} ${n(point.x)} ${n(point.y)}`;
    before = point;
    return piece;
  });
  return `    <path class="line${edge.blocks ? '' : ' informs'}" d="M${n(start.x)} ${n(start.y)}${pieces.join('')}" marker-end="url(#tip)"><title>${escape(`${edge.to} reads ${edge.from}`)}</title></path>`;
}

function drawNode({ node, x, y }: PlacedNode): string {
  const box = `<rect class="box band${node.band}${node.isSubject ? ' subject' : ''}" x="${n(x - BOX.width / 2)}" y="${n(y - BOX.height / 2)}" width="${BOX.width}" height="${BOX.height}" rx="6"/>`;
  const words = `<text x="${n(x)}" y="${n(y - 2)}" text-anchor="middle">${escape(node.label)}</text><text class="small" x="${n(x)}" y="${n(y + 13)}" text-anchor="middle">${BANDS[node.band]}</text>`;
  return `    <g>${box}${words}</g>`;
}

function drawLegend(y: number, { edges }: Layout): string {
  const dashed = edges.some(({ edge }) => !edge.blocks)
    ? `<path class="line informs" d="M230 0h34" marker-end="url(#tip)"/><text class="small" x="272" y="3">only informs: it runs and keeps count</text>`
    : '';
  return `  <g transform="translate(${MARGIN} ${n(y)})"><path class="line" d="M0 0h34" marker-end="url(#tip)"/><text class="small" x="42" y="3">read; a hole makes it wait</text>${dashed}</g>`;
}

/** Half pixels are fine enough, and the same on every machine. */
const n = (value: number): string => String(Math.round(value * 2) / 2);

const escape = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
