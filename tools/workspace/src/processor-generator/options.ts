import { NbaError } from '@nba/kernel';

/** What `nx g @nba/workspace:processor` is told; see schema.json. */
export interface ProcessorOptions {
  readonly name: string;
  readonly phase: number;
  /** Default is `player`. */
  readonly per?: string;
  /** Default is 5. */
  readonly games?: number;
  /** Default is `points`. */
  readonly sum?: string;
  readonly upstream?: string;
}

export type Subject = 'player' | 'team';

/** The same, checked. */
export interface Asked {
  readonly phase: 3 | 4;
  readonly per: Subject;
  readonly games: number;
  readonly sum: string;
  /** By its table's name. */
  readonly upstream: string;
}

/** More games than these leave no room in a season for a test on both sides of the window. */
const MOST_GAMES = 60;

const DEFAULT_UPSTREAM = {
  3: { player: 'nbac_player_boxscore', team: 'team_offense_game_summary' },
  4: { player: 'player_game_summary', team: 'team_offense_game_summary' },
} as const;

/** @throws NbaError INVALID_ARGUMENT for a phase other than 3 and 4, or a window or subject there is not */
export function parseOptions({ phase: given, per = 'player', games = 5, sum = 'points', upstream }: ProcessorOptions): Asked {
  const phase = Number(given);
  if (phase === 2) {
    throw new NbaError('INVALID_ARGUMENT',
      '--phase 2 is not scaffolded: a raw table interprets documents. Start from libs/processors-raw/src/nbac-player-boxscore.processor.ts; docs/add-a-processor.md, "Tables made from documents", says how.');
  }
  if (phase === 5) {
    throw new NbaError('INVALID_ARGUMENT', '--phase 5 has no tables here: it is a request for predictions. A table that those read belongs to --phase 4.');
  }
  if (phase !== 3 && phase !== 4) throw new NbaError('INVALID_ARGUMENT', `--phase ${given} does not exist: take 3 (played games) or 4 (the morning of scheduled games).`);
  if (per !== 'player' && per !== 'team') throw new NbaError('INVALID_ARGUMENT', `--per ${per} does not exist: take player or team.`);
  if (!Number.isInteger(games) || games < 1 || games > MOST_GAMES) {
    throw new NbaError('INVALID_ARGUMENT', `--games ${games} is no window of games: take 1 to ${MOST_GAMES}. For the whole season so far see libs/precompute/src/player-daily-cache.processor.ts.`);
  }
  return { phase, per, games, sum, upstream: upstream ?? DEFAULT_UPSTREAM[phase][per] };
}
