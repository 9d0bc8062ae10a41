import { registry } from '@nba/wiring';
import { drawGraph } from './draw-graph';
import { BOX, layOut } from './layout';
import { type GraphNode, type TableGraph, describeGraph, findUpstreamGraph, findWholeGraph } from './table-graph';

const node = (id: string, band: GraphNode['band']): GraphNode => ({ id, label: id, band, isSubject: id === 'last' });
const TOY: TableGraph = {
  nodes: [node('first', 2), node('second', 2), node('third', 3), node('last', 4)],
  edges: [{ from: 'first', to: 'second', blocks: true }, { from: 'second', to: 'third', blocks: true }, { from: 'third', to: 'last', blocks: true }, { from: 'first', to: 'last', blocks: false }],
};

describe('the graph of tables', () => {
  it('holds what a table is made from, directly or through others, and nothing else', () => {
    const { nodes } = findUpstreamGraph(registry.find('player_game_summary'), registry);
    expect(nodes.map(({ id }) => id).sort()).toEqual([
      'lake player-boxscores', 'lake schedule', 'lake team-boxscores', 'nbac_player_boxscore', 'nbac_schedule', 'nbac_team_boxscore', 'player_game_summary', 'team_offense_game_summary',
    ]);
    expect(nodes.filter(({ isSubject }) => isSubject).map(({ id }) => id)).toEqual(['player_game_summary']);
  });

  it('is told in words too', () => {
    expect(describeGraph(TOY)).toBe('second reads first. third reads second. last reads third and first.');
  });
});

describe.each([['a toy', TOY], ['every table', findWholeGraph(registry)]])('the layout of %s', (_, graph) => {
  const { nodes, edges, width, height } = layOut(graph);

  it('puts every reader below what it reads', () => {
    const yOf = new Map(nodes.map(({ node: { id }, y }) => [id, y]));
    expect(nodes).toHaveLength(graph.nodes.length);
    for (const { from, to } of graph.edges) expect(yOf.get(to)).toBeGreaterThan(yOf.get(from) ?? Infinity);
  });

  it('lets no two boxes touch, and keeps all within the picture', () => {
    nodes.forEach((one, i) => nodes.slice(i + 1).forEach((other) => {
      expect(Math.abs(one.x - other.x) > BOX.width || Math.abs(one.y - other.y) > BOX.height).toBe(true);
    }));
    for (const { x, y } of nodes) expect(x >= BOX.width / 2 && x <= width - BOX.width / 2 && y > 0 && y < height).toBe(true);
  });

  it('leads no line through a box', () => {
    for (const { edge, points } of edges) {
      for (const { node: { id }, x, y } of nodes.filter(({ node: { id } }) => id !== edge.from && id !== edge.to)) {
        const within = points.some((point) => Math.abs(point.x - x) < BOX.width / 2 && Math.abs(point.y - y) <= BOX.height / 2);
        expect(within ? `${edge.from} → ${edge.to} through ${id}` : '').toBe('');
      }
    }
  });
});

describe('the picture', () => {
  const svg = drawGraph(TOY, 'What <last> is made from');

  it('says in words what it shows', () => {
    expect(svg).toContain('<title id="title">What &lt;last&gt; is made from</title>');
    expect(svg).toContain('<desc id="description">second reads first. third reads second. last reads third and first.</desc>');
    expect(svg).toMatch(/role="img" aria-labelledby="title description"/);
  });

  it('has a ground of its own in light and in dark, and needs nothing from elsewhere', () => {
    expect(svg).toContain('prefers-color-scheme: dark');
    expect(svg.match(/\.ground \{ fill/g)).toHaveLength(2);
    expect(svg.replace('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:|@import|<script|href=/);
  });

  it('draws dashed what only informs', () => {
    expect(svg.match(/class="line informs" d="M[^"]*" marker-end="url\(#tip\)"><title>last reads first/)).not.toBeNull();
  });
});
