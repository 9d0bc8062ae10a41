import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Tree } from '@nx/devkit';
import { createTreeWithEmptyWorkspace } from '@nx/devkit/testing';
import * as ts from 'typescript';
import { workspaceRoot } from '../workspace-root.fixture';
import { processorGenerator } from './generator';
import type { ProcessorOptions } from './options';

/** Names that no table will have: the generator knows the real ones. */
const INDEXES = ['libs/processors-analytics/src/index.ts', 'libs/precompute/src/index.ts'];

function workspace(): Tree {
  const tree = createTreeWithEmptyWorkspace();
  for (const file of INDEXES) tree.write(file, readFileSync(join(workspaceRoot, file), 'utf8'));
  return tree;
}

/** What would be written, beside what was there. */
const written = (tree: Tree): string[] => tree.listChanges().map(({ path }) => path).filter((path) => path.startsWith('libs/')).sort();
const untouched = [...INDEXES].sort();

describe('nx g @nba/workspace:processor', () => {
  const cases: [string, ProcessorOptions, string, RegExp][] = [
    ['Phase 3, players', { name: 'MadeUpReboundForm', phase: 3, sum: 'rebounds' }, 'libs/processors-analytics/src/made-up-rebound-form', /reads\(nbacPlayerBoxscore, .*blocks\(games\(5, 'player'\), \['rebounds'\]\)/],
    ['Phase 3, teams', { name: 'made_up_scoring_form', phase: 3, per: 'team', games: 10 }, 'libs/processors-analytics/src/made-up-scoring-form', /reads\(teamOffenseGameSummary, .*blocks\(games\(10, 'team'\), \['points'\]\)/],
    ['Phase 4, players', { name: 'made-up-assist-form', phase: 4, sum: 'assists', games: 1 }, 'libs/precompute/src/made-up-assist-form', /reads\(playerGameSummary, blocks\(games\(1, 'player'\), \['assists'\]\)/],
    ['Phase 4, teams', { name: 'made up opponent form', phase: 4, per: 'team', upstream: 'team_defense_game_summary', sum: 'opponent_points' }, 'libs/precompute/src/made-up-opponent-form', /reads\(teamDefenseGameSummary, blocks\(games\(5, 'team'\), \['opponent_points'\]\)/],
  ];

  it.each(cases)('writes table, processor and spec, and registers them: %s', (_, options, file, lookback) => {
    const tree = workspace();
    processorGenerator(tree, options);
    const files = ['table', 'processor', 'processor.spec'].map((kind) => `${file}.${kind}.ts`);
    expect(written(tree)).toEqual([...untouched, ...files].sort());
    expect(tree.read(`${file}.processor.ts`, 'utf8')).toMatch(lookback);
    for (const path of files) {
      const text = tree.read(path, 'utf8') ?? '';
      const source = ts.transpileModule(text, { reportDiagnostics: true, compilerOptions: { target: ts.ScriptTarget.ES2022 } });
      expect(source.diagnostics).toEqual([]);
      expect(text).not.toMatch(/<%|%>|&#|undefined|TODO/);
    }
    const index = tree.read(`${file.split('/src/')[0]}/src/index.ts`, 'utf8');
    expect(index).toContain(`from './${file.split('/').at(-1)}.processor';`);
  });

  it.each<[string, ProcessorOptions, RegExp]>([
    ['a table that exists', { name: 'PlayerGameSummary', phase: 3 }, /nba_analytics\.player_game_summary exists already, in libs\/processors-analytics\/src\. Take another name/],
    ['one of another phase', { name: 'player_game_summary', phase: 4 }, /nba_analytics\.player_game_summary exists already/],
    ['a name that is none', { name: 'form', phase: 3 }, /is no table name/],
    ['Phase 2', { name: 'nbac_officials_list', phase: 2 }, /a raw table interprets documents\. Start from libs\/processors-raw\/src\/nbac-player-boxscore\.processor\.ts/],
    ['Phase 5', { name: 'made_up_form_line', phase: 5 }, /--phase 5 has no tables here.*belongs to --phase 4/],
    ['no phase there is', { name: 'made_up_form_line', phase: 7 }, /--phase 7 does not exist: take 3 .* or 4/],
    ['a window of nothing', { name: 'made_up_form_line', phase: 3, games: 0 }, /--games 0 is no window of games: take 1 to 60/],
    ['half a game', { name: 'made_up_form_line', phase: 3, games: 2.5 }, /--games 2\.5 is no window/],
    ['an unknown subject', { name: 'made_up_form_line', phase: 3, per: 'coach' }, /--per coach does not exist: take player or team/],
    ['an unknown upstream', { name: 'made_up_form_line', phase: 3, upstream: 'nbac_coaches' }, /--upstream nbac_coaches: there is no such table.*nbac_player_boxscore, player_game_summary/],
    ['an upstream of a later phase', { name: 'made_up_form_line', phase: 3, upstream: 'player_daily_cache' }, /player_daily_cache does not go with --phase 3 --per player.*Take one of: nbac_player_boxscore/],
    ['Phase 4 over raw rows', { name: 'made_up_form_line', phase: 4, upstream: 'nbac_player_boxscore' }, /Phase 4 is made from Phase 3.*Take one of: player_game_summary/],
    ['teams by a table of players', { name: 'made_up_form_line', phase: 3, per: 'team', upstream: 'nbac_player_boxscore' }, /it has no row for each team of a played game/],
    ['teams without opponents', { name: 'made_up_form_line', phase: 3, per: 'team', upstream: 'nbac_team_boxscore' }, /it does not name the opponent\. Take one of: team_offense_game_summary/],
    ['a sum of no column', { name: 'made_up_form_line', phase: 3, sum: 'dunks' }, /--sum dunks: nbac_player_boxscore has no such count to sum\. Take one of: seconds_played, .*points/],
    ['a sum of fractions', { name: 'made_up_form_line', phase: 4, sum: 'ts_pct' }, /--sum ts_pct: player_game_summary has no such count/],
  ])('refuses %s and writes nothing', (_, options, message) => {
    const tree = workspace();
    expect(() => processorGenerator(tree, options)).toThrow(message);
    expect(written(tree)).toEqual(untouched);
    for (const file of INDEXES) expect(tree.read(file, 'utf8')).toBe(readFileSync(join(workspaceRoot, file), 'utf8'));
  });

  it('refuses to run twice, in either library, and leaves the first as it was', () => {
    const tree = workspace();
    processorGenerator(tree, { name: 'made_up_form_line', phase: 3 });
    const first = written(tree).map((path) => tree.read(path, 'utf8'));
    for (const phase of [3, 4]) {
      expect(() => processorGenerator(tree, { name: 'made_up_form_line', phase })).toThrow(/made-up-form-line\.table\.ts exists already, unregistered\. Take another name, or remove the file/);
    }
    expect(written(tree).map((path) => tree.read(path, 'utf8'))).toEqual(first);
  });

  it('writes nothing when the library\'s index.ts is not what it was', () => {
    const tree = workspace();
    tree.write('libs/precompute/src/index.ts', 'export const precomputeProcessors = [];\n');
    expect(() => processorGenerator(tree, { name: 'made_up_form_line', phase: 4 })).toThrow(/libs\/precompute\/src\/index\.ts has no imports of processors, so that nothing was written/);
    expect(written(tree)).toEqual(untouched);
  });

  it('says what to try next', () => {
    const said: string[] = [];
    const log = jest.spyOn(console, 'log').mockImplementation((text: string) => void said.push(text));
    processorGenerator(workspace(), { name: 'made_up_form_line', phase: 3 })();
    log.mockRestore();
    expect(said.join('\n')).toContain('npx jest libs/processors-analytics/src/made-up-form-line');
  });
});
