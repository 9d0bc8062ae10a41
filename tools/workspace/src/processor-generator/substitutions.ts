import type { ProcessorLibrary } from './libraries';
import type { Asked } from './options';
import type { Spellings } from './spellings';
import type { UpstreamTable } from './upstream';

/** What the templates call things by. */
export type Substitutions = Readonly<Record<string, string | number | boolean>>;

const quoted = (names: readonly string[]): string => names.map((name) => `'${name}'`).join(', ');

/** Words of the templates that depend on whose rows they are. */
const WORDS = {
  player: { who: 'player', whose: 'his', each: 'Each player\'s', value: '5', other: '6' },
  team: { who: 'team', whose: 'its', each: 'Each team\'s', value: '1', other: '2' },
} as const;

/** What the files' templates are filled with. The values of the spec are sums of 1 to n, told apart from any query. */
export function substitutionsFor(spellings: Spellings, { per, games, sum }: Asked, upstream: UpstreamTable, library: ProcessorLibrary): Substitutions {
  const subject = `${per}_id`;
  const rowColumns = ['game_id', 'game_date', 'season', ...new Set(['team_id', ...(per === 'player' ? ['player_id'] : []), ...upstream.carried])];
  return {
    ...spellings,
    dataset: library.dataset,
    per, games, sum, subject,
    isPlayer: per === 'player',
    ...WORDS[per],
    gamesColumn: `games_in_last_${games}`,
    inUnit: sum.startsWith('seconds_') ? ', in seconds' : '',
    sumColumn: `${sum}_in_last_${games}`,
    meanColumn: `${sum}_avg_last_${games}`,
    upstreamTable: upstream.table,
    upstreamConstant: upstream.constant,
    upstreamPackage: upstream.packageName,
    upstreamIsNear: upstream.packageName === library.packageName,
    upstreamFile: upstream.table.replaceAll('_', '-'),
    carried: quoted(upstream.carried),
    carriesName: upstream.carried.includes('player_name'),
    rowColumns: rowColumns.join(', '),
    plural: games === 1 ? 'game' : `${games} games`,
    /** One game more than the window holds, and one to look back from. */
    played: games + 2,
    whole: (games * (games + 3)) / 2,
    wholeMean: (games + 3) / 2,
  };
}
