import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { COUNTABLE_GAME_TYPES, tableId } from '@nba/kernel';
import { processorName, renderQuery, renderSpine } from '@nba/pipeline';
import { registry } from '@nba/wiring';

const LIBS = join(__dirname, '../../../libs');
const FOLDER = { 2: 'processors-raw', 3: 'processors-analytics', 4: 'precompute' } as const;
const DATASET = { 2: 'nba_raw', 3: 'nba_analytics', 4: 'nba_precompute' } as const;

/** Never before, and until further notice. */
const OUTSIDE_EVERY_SEASON = ['1900-01-01', '9999-12-31'];

const files = Object.values(FOLDER).flatMap((folder) =>
  readdirSync(join(LIBS, folder, 'src')).filter((file) => file.endsWith('.processor.ts')).map((file) => `${folder}/${basename(file, '.processor.ts')}`),
);

describe('the registry', () => {
  it('has every processor file, and a file for every processor', () => {
    const registered = registry.processors.map(({ phase, table }) => `${FOLDER[phase]}/${table.name.replaceAll('_', '-')}`);
    expect([...registered].sort()).toEqual([...files].sort());
  });

  it('has the twelve tables of the domain', () => {
    expect(registry.processors.map(({ table }) => tableId(table)).sort()).toEqual(expect.arrayContaining([
      'nba_analytics.player_game_summary', 'nba_analytics.team_defense_game_summary', 'nba_analytics.team_offense_game_summary',
      'nba_analytics.upcoming_player_game_context', 'nba_analytics.upcoming_team_game_context',
      'nba_precompute.player_composite_factors', 'nba_precompute.player_daily_cache', 'nba_precompute.player_shot_profile',
      'nba_precompute.team_defense_shot_profile', 'nba_raw.nbac_player_boxscore', 'nba_raw.nbac_schedule', 'nba_raw.nbac_team_boxscore',
    ]));
  });
});

describe.each(registry.processors.map((processor) => [processor.name, processor] as const))('%s', (name, processor) => {
  const { table, phase, upstreams, spineKey } = processor;
  const reads = Object.values(upstreams);

  it('is spelled alike as processor and table, in its phase\'s dataset', () => {
    expect(name).toBe(processorName(table));
    expect(name).toMatch(/^[A-Z][A-Za-z]+Processor$/);
    expect(table.dataset).toBe(DATASET[phase]);
    expect(registry.processors.filter((other) => other.name === name)).toHaveLength(1);
  });

  it('is documented: the table and every column say what they mean', () => {
    const silent = Object.entries(table.columns).filter(([, { description }]) => description.trim().length < 4).map(([column]) => column);
    expect(silent).toEqual([]);
    expect(table.description.length).toBeGreaterThan(20);
  });

  it('reads only registered tables of its own or an earlier phase, each after it has run', () => {
    for (const { processor: upstream } of reads) {
      expect(registry.processors.indexOf(upstream)).toBeGreaterThanOrEqual(0);
      expect(registry.processors.indexOf(upstream)).toBeLessThan(registry.processors.indexOf(processor));
      expect(upstream.phase).toBeLessThanOrEqual(phase);
    }
  });

  it('declares what it reads: real columns, no key or date among them, at least one lookback an upstream', () => {
    for (const { processor: upstream, lookbacks } of reads) {
      expect(lookbacks.length).toBeGreaterThan(0);
      const identity = new Set([...upstream.table.key, upstream.table.partition, 'season', 'game_id', 'team_id', 'player_id']);
      for (const { columns } of lookbacks) {
        expect(columns.filter((column) => !(column in upstream.table.columns))).toEqual([]);
        expect(columns.filter((column) => identity.has(column))).toEqual([]);
        expect(new Set(columns).size).toBe(columns.length);
      }
    }
  });

  it('lets short windows block and the season or the league inform', () => {
    for (const { reach, effect } of reads.flatMap(({ lookbacks }) => lookbacks)) {
      const long = reach.kind === 'season-so-far' || (reach.kind === 'days' && reach.per === 'league');
      expect(effect).toBe(long ? 'informs' : 'blocks');
    }
  });

  it('has a key that its columns hold, and a spine key within it or within the game', () => {
    expect(table.key.filter((column) => !(column in table.columns))).toEqual([]);
    expect(spineKey.filter((column) => !(column in table.columns))).toEqual([]);
    expect('season' in table.columns && 'game_date' in table.columns && 'game_id' in table.columns).toBe(true);
  });

  it('has no date and no season in its SQL: they come as parameters', () => {
    const settings = { gameTypes: COUNTABLE_GAME_TYPES };
    const text = [renderSpine(processor, settings), ...(processor.kind === 'query' ? [renderQuery(processor, settings)] : [])].map((one) => one.text).join('\n');
    expect(text).toMatch(/\bSELECT\b[\s\S]*@from/);
    expect([...text.matchAll(/\d{4}-\d{2}(-\d{2})?/g)].map(([literal]) => literal).filter((literal) => !OUTSIDE_EVERY_SEASON.includes(literal))).toEqual([]);
  });
});
