import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DocumentKind, GameDate, Row, Season } from '@nba/kernel';
import type { DocumentProcessor, LakeDocument, RawInput } from '@nba/pipeline';
import { nbacPlayerBoxscore, nbacSchedule, nbacTeamBoxscore } from '@nba/processors-raw';

/** What Phase 3 is made from: the rows of the three raw tables. */
export interface League {
  readonly schedule: readonly Row[];
  readonly teams: readonly Row[];
  readonly players: readonly Row[];
}

const SHARED = join(__dirname, '../../../../shared');
const LAKE = join(SHARED, 'lake');

/** `describe` where the shared lake is, else a skipped block that says why. */
export const describeShared: jest.Describe | jest.Describe['skip'] = existsSync(LAKE) ? describe : describe.skip;
if (!existsSync(LAKE)) console.warn(`skipped: no shared lake at ${LAKE}`);

/** The facts of the shared seasons from independent sources. */
export function goldenFacts<Facts>(): Facts {
  return JSON.parse(readFileSync(join(SHARED, 'golden/golden.json'), 'utf8')) as Facts;
}

/** Seasons of the shared lake as Phase 2 stores them. */
export function sharedLeague(seasons: readonly string[]): League {
  const schedule = seasons.flatMap((season) => interpreted(nbacSchedule, 'schedule', season, []));
  const teams: Row[] = [];
  const players: Row[] = [];
  const dates = new Set(schedule.filter((row) => row['game_type'] === 'regular-season').map((row) => String(row['game_date'])));
  for (const date of [...dates].sort()) {
    const games = schedule.filter((row) => row['game_date'] === date);
    teams.push(...interpreted(nbacTeamBoxscore, 'team-boxscores', date, games));
    players.push(...interpreted(nbacPlayerBoxscore, 'player-boxscores', date, games));
  }
  return { schedule, teams, players };
}

function interpreted(processor: unknown, kind: DocumentKind, partition: string, schedule: readonly Row[]): readonly Row[] {
  const input: RawInput = {
    partition: partition as GameDate | Season,
    documents: documentsOf(kind, partition),
    schedule,
    settings: { gameTypes: ['regular-season'] },
  };
  return (processor as DocumentProcessor).interpret(input).rows;
}

function documentsOf(kind: DocumentKind, partition: string): LakeDocument[] {
  const folder = `nba-com/${kind}/${partition}`;
  if (!existsSync(join(LAKE, folder))) return [];
  return readdirSync(join(LAKE, folder)).sort().map((name) => ({
    ref: { path: `${folder}/${name}`, kind, partition: partition as GameDate, stamp: name.slice(0, 15) },
    text: readFileSync(join(LAKE, folder, name), 'utf8'),
  }));
}

/** The league on the morning of a date: games from then on are scheduled and have no scores and no box scores. */
export function asOf(league: League, date: string): League {
  const before = (row: Row) => String(row['game_date']) < date;
  return {
    schedule: league.schedule.map((row) => (before(row) ? row : { ...row, game_status: 1, game_status_text: '', home_score: null, away_score: null })),
    teams: league.teams.filter(before),
    players: league.players.filter(before),
  };
}
