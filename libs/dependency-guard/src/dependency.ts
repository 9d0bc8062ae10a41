import { NbaError, type Reach, days, games } from '@nba/kernel';
import type { GamesAbout } from '@nba/schedule';

/** One thing that a processor needs, in the words of the strategy document's configuration. */
export interface Dependency {
  /** As the run history knows it: `NbacPlayerBoxscoreProcessor`. */
  readonly upstreamProcessorName: string;
  /** `dataset.table`: any table with a row per game, or per team or player of a game. */
  readonly upstreamTable: string;
  /** What is looked back at. `{ games: 15 }` is `games(15, 'player')`, `{ days: 15 }` is `days(15, 'player')`: the days on which the date's teams played. */
  readonly lookback: Reach | { readonly games: number } | { readonly days: number };
  /** Default `blocks`. `informs`: holes are told as coverage, and only a failure at the game date before blocks. */
  readonly effect?: 'blocks' | 'informs';
  /** Whether the table is about played games (`final`, the default) or about all on the calendar (`scheduled`). */
  readonly games?: GamesAbout;
  /** Default `game_date`. */
  readonly dateColumn?: string;
  /** Holds NBA game ids; default `game_id`. */
  readonly gameColumn?: string;
  /** Holds NBA team ids; default `team_id`. Null when the table has none: then any row of a game will do. */
  readonly teamColumn?: string | null;
  /** Default true. False when nobody records runs of the upstream processor: then only the table is looked at. */
  readonly history?: boolean;
  /** Phase of the upstream processor, which only the fixing commands need. Default by the dataset of this pipeline; 0 elsewhere. */
  readonly phase?: number;
}

/** A dependency with everything said. */
export type StatedDependency = Required<Omit<Dependency, 'lookback'>> & { readonly reach: Reach };

const PHASES: Readonly<Record<string, number>> = { nba_raw: 2, nba_analytics: 3, nba_precompute: 4 };
const SUBJECTS = ['game', 'player', 'team', 'league'];
const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** Fills in the defaults. @throws NbaError INVALID_ARGUMENT naming what is no table, column, lookback or effect */
export function parseDependency(dependency: Dependency): StatedDependency {
  const { upstreamProcessorName, upstreamTable, lookback, effect = 'blocks', games: about = 'final', dateColumn = 'game_date', gameColumn = 'game_id', teamColumn = 'team_id' } = dependency;
  const of = `the dependency on ${upstreamProcessorName}`;
  if (!upstreamProcessorName) throw invalid('upstreamProcessorName', 'a dependency names no processor. Name it as the run history does, for example NbacPlayerBoxscoreProcessor.');
  const [dataset = '', ...rest] = String(upstreamTable).split('.');
  if (rest.length !== 1 || ![dataset, ...rest].every((part) => NAME.test(part))) {
    throw invalid('upstreamTable', `${of}: "${upstreamTable}" is no table. Write dataset.table, for example nba_raw.nbac_player_boxscore.`);
  }
  for (const column of [dateColumn, gameColumn, ...(teamColumn === null ? [] : [teamColumn])]) {
    if (!NAME.test(column)) throw invalid('column', `${of}: "${column}" is no column.`);
  }
  if (!['blocks', 'informs'].includes(effect)) throw invalid('effect', `${of}: effect "${effect}" is neither blocks nor informs.`);
  if (!['final', 'scheduled'].includes(about)) throw invalid('games', `${of}: games "${about}" is neither final nor scheduled.`);
  return {
    upstreamProcessorName, upstreamTable, effect, dateColumn, gameColumn, teamColumn,
    games: about, history: dependency.history ?? true, phase: dependency.phase ?? PHASES[dataset] ?? 0, reach: parseLookback(lookback, of),
  };
}

function parseLookback(lookback: Dependency['lookback'], of: string): Reach {
  const reach = longForm(lookback);
  const counted = reach?.kind === 'games' || reach?.kind === 'days';
  const isReach =
    ['same-date', 'games', 'days', 'season-so-far'].includes(reach?.kind) && SUBJECTS.includes(reach.per)
    && (!counted || (Number.isSafeInteger(reach.count) && reach.count > 0))
    && (reach.kind !== 'games' || ['player', 'team'].includes(reach.per));
  if (!isReach) throw invalid('lookback', `${of}: ${JSON.stringify(lookback)} is no lookback. Write { games: 15 }, { days: 15 }, or what games(), days(), sameDate() or seasonSoFar() of @nba/kernel make.`);
  return reach;
}

function longForm(lookback: Dependency['lookback']): Reach {
  if (typeof lookback !== 'object' || lookback === null || 'kind' in lookback) return lookback;
  return 'games' in lookback ? games(lookback.games, 'player') : days(lookback.days, 'player');
}

const invalid = (field: string, message: string): NbaError => new NbaError('INVALID_ARGUMENT', message, { field });
