import { registry } from '@nba/wiring';
import { DOCUMENTED_STATE_TABLES } from '../documented-tables';
import { comparePages } from '../folder/compare-pages';
import { readPages } from '../folder/pages-folder';
import { WORKSPACE_ROOT } from '../workspace-root.fixture';
import { PAGES_FOLDER, renderPages } from './render-pages';

const PAGES = renderPages(registry, DOCUMENTED_STATE_TABLES);
const page = (name: string): string => PAGES.get(`docs/tables/${name}`) ?? '';
const section = (name: string, heading: string): string => page(name).split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';

describe('the pages in docs/tables', () => {
  it('are current; if not: npx nx run docs:generate', () => {
    expect(comparePages(PAGES, readPages(WORKSPACE_ROOT, PAGES_FOLDER))).toEqual([]);
  });

  it('are one for each of the twelve tables, with its picture, and one of the state tables', () => {
    const tables = [
      'nbac_schedule', 'nbac_player_boxscore', 'nbac_team_boxscore', 'team_offense_game_summary', 'team_defense_game_summary', 'player_game_summary',
      'upcoming_team_game_context', 'upcoming_player_game_context', 'team_defense_shot_profile', 'player_shot_profile', 'player_daily_cache', 'player_composite_factors',
    ];
    const wanted = [...tables.flatMap((name) => [`${name}.md`, `${name}.svg`]), 'README.md', 'graph.svg', 'state.md'].map((name) => `docs/tables/${name}`);
    expect([...PAGES.keys()]).toEqual(expect.arrayContaining(wanted));
  });

  it('are the same however often they are made', () => {
    expect(renderPages(registry, DOCUMENTED_STATE_TABLES)).toEqual(PAGES);
  });
});

/** By DOMAIN.md, section 4, read by a person. */
describe('the page of player_game_summary', () => {
  const facts = page('player_game_summary.md').split('\n## ')[0];

  it('tells its phase, key, spine and processor', () => {
    expect(facts).toContain('# nba_analytics.player_game_summary');
    expect(facts).toContain('| Phase | 3, analytics |');
    expect(facts).toContain('| Key | `game_id`, `player_id` |');
    expect(facts).toContain('| Partition | `game_date`, a date each |');
    expect(facts).toContain('| Processor | `PlayerGameSummaryProcessor` |');
    expect(facts).toContain('The keys of [nbac_player_boxscore](nbac_player_boxscore.md) on the same date.');
  });

  it('tells that it looks back 15 games per player, 7 days, and the season so far, and never at the date itself in those', () => {
    const read = section('player_game_summary.md', 'What it reads').split('\n').filter((line) => line.includes('nbac_player_boxscore.md')).map((line) => line.split(' | ').slice(2, 5));
    expect(read).toEqual([
      ['the same game', 'yes', '**blocks**: the unit waits'],
      ['last 15 games per player', 'no', '**blocks**: the unit waits'],
      ['last 7 days per player', 'no', '**blocks**: the unit waits'],
      ['season so far per player', 'no', expect.stringContaining('**informs**')],
    ]);
  });

  it('gives the formula of the usage rate', () => {
    expect(section('player_game_summary.md', 'Columns')).toMatch(/\| `usage_rate` \| FLOAT64 \| percent \(×100\) \| .*100·plays·game_minutes \/ \(minutes·team plays\); NULL at 0 seconds \|/);
  });

  it('names who reads it', () => {
    const readers = [...section('player_game_summary.md', 'What reads it').matchAll(/\[nba_\w+\.(\w+)\]/g)].map(([, name]) => name);
    expect(readers).toEqual(expect.arrayContaining(['upcoming_player_game_context', 'player_shot_profile', 'player_daily_cache']));
  });

  it('tells when it may be empty, and how to look at it', () => {
    expect(section('player_game_summary.md', 'When it may be empty')).toContain('**no final game on this date**');
    expect(section('player_game_summary.md', 'Commands')).toContain('backfill:plan --explain player_game_summary 2025-01-27');
  });

  it('folds its query away, and its spine', () => {
    const folds = [...section('player_game_summary.md', 'SQL').matchAll(/<details>\n<summary>(.*)<\/summary>\n\n```sql\n([\s\S]*?)\n```\n\n<\/details>/g)];
    expect(folds.map(([, summary]) => summary)).toEqual(['The query', 'The spine: what must be stored']);
    expect(folds[0]?.[2]).toMatch(/^WITH asked AS/);
  });
});

describe('other pages', () => {
  it('tell that the composite factors read the league of 30 days without waiting for it', () => {
    expect(section('player_composite_factors.md', 'What it reads')).toMatch(/team_offense_game_summary\.md\) \| `league` \| last 30 days per league \| no \| \*\*informs\*\*/);
  });

  it('tell that a unit of the schedule is a season, and that it reads the lake alone', () => {
    expect(page('nbac_schedule.md')).toContain('| A unit is | one season |');
    expect(section('nbac_schedule.md', 'What it reads')).toContain('`nba-com/schedule` documents');
    expect(section('nbac_schedule.md', 'What it reads')).toContain('reads no other table');
  });

  it('list the state tables with their columns', () => {
    for (const name of ['processor_run_history', 'partition_changes', 'published_runs', 'dead_letters', 'alert_incidents']) expect(page('state.md')).toContain(`## nba_reference.${name}\n`);
    expect(page('state.md')).toContain('| `rows_stored` | INT64 | count | Rows of the unit as read back |');
  });
});

describe('pages that are not current', () => {
  it('are named one by one: missing, out of date, or of no table', () => {
    const found = new Map([['docs/tables/a.md', 'old'], ['docs/tables/gone.md', 'x'], ['docs/tables/same.md', 's']]);
    const wanted = new Map([['docs/tables/a.md', 'new'], ['docs/tables/b.md', 'b'], ['docs/tables/same.md', 's']]);
    expect(comparePages(wanted, found)).toEqual(['docs/tables/a.md is not current', 'docs/tables/b.md is missing', 'docs/tables/gone.md belongs to no table']);
  });
});
