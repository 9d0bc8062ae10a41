import type { GameDate, Season } from '@nba/kernel';
import type { GameGap, PipelineSurvey, SeasonSurvey, TableSurvey, UnitRun, UnitSurvey } from '@nba/pipeline';
import type { ScheduledGame } from '@nba/schedule';
import { registry } from '@nba/wiring';

export const date = (text: string): GameDate => text as GameDate;

/** The game of a date: New York at Boston. */
export const gameOn = (on: string, number = 1): ScheduledGame => ({
  gameId: `00224000${String(number).padStart(2, '0')}`, date: date(on), season: '2024-25' as Season, type: 'regular-season', status: 'final',
  home: { teamId: 1610612738, tricode: 'BOS', score: 100 }, away: { teamId: 1610612752, tricode: 'NYK', score: 90 },
});

export const runOf = (over: Partial<UnitRun> = {}): UnitRun => ({
  runId: 'r1', status: 'success', startedAt: '2025-01-27T11:00:00.000Z', statementMs: 100, unitsTogether: 1, keys: { present: 2, expected: 2 }, coverageGaps: null, errors: null, ...over,
});

export const unitOn = (on: string, over: Partial<UnitSurvey> = {}): UnitSurvey => ({ date: date(on), condition: 'complete', why: [], fixes: [], storedRows: 20, run: runOf(), ...over });

/** A table of the real pipeline, with units made up. */
export const tableOf = (name: string, units: readonly UnitSurvey[], keys: TableSurvey['keys'] = { present: 20, expected: 20 }): TableSurvey => ({ processor: registry.find(name), units, keys });

export const gapOn = (on: string, over: Partial<GameGap> = {}): GameGap => ({
  kind: 'missing', date: date(on), gameId: '0022400001', game: 'NYK@BOS', teams: ['BOS'], players: [], tables: ['nba_raw.nbac_player_boxscore'], ...over,
});

export const seasonOf = (over: Partial<SeasonSurvey> = {}): SeasonSurvey => ({ season: '2024-25' as Season, scheduled: true, games: [gameOn('2024-10-22')], tables: [], gaps: [], violations: [], ...over });

export const surveyOf = (...seasons: readonly SeasonSurvey[]): PipelineSurvey => ({ asOf: '2025-01-27T12:00:00.000Z', today: date('2025-01-27'), seasons, causes: [] });
