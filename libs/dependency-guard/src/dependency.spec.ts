import { NbaError, days, games, sameDate, seasonSoFar } from '@nba/kernel';
import { type Dependency, parseDependency } from './dependency';

const base: Dependency = { upstreamProcessorName: 'NbacPlayerBoxscoreProcessor', upstreamTable: 'nba_raw.nbac_player_boxscore', lookback: { games: 15 } };

describe('parseDependency', () => {
  it('fills in what the document leaves out', () => {
    expect(parseDependency(base)).toEqual({
      upstreamProcessorName: 'NbacPlayerBoxscoreProcessor', upstreamTable: 'nba_raw.nbac_player_boxscore', reach: games(15, 'player'), effect: 'blocks', games: 'final',
      dateColumn: 'game_date', gameColumn: 'game_id', teamColumn: 'team_id', history: true, phase: 2,
    });
  });

  it('keeps what is said', () => {
    const said = { effect: 'informs', games: 'scheduled', dateColumn: 'played_on', gameColumn: 'game', teamColumn: null, history: false, phase: 4 } as const;
    expect(parseDependency({ ...base, ...said })).toMatchObject(said);
  });

  it.each([
    [{ games: 15 }, games(15, 'player')],
    [{ days: 7 }, days(7, 'player')],
    [games(10, 'team'), games(10, 'team')],
    [days(30, 'league'), days(30, 'league')],
    [sameDate(), sameDate()],
    [seasonSoFar('team'), seasonSoFar('team')],
  ])('takes %j for a lookback', (lookback, reach) => {
    expect(parseDependency({ ...base, lookback }).reach).toEqual(reach);
  });

  it.each([['nba_raw.x', 2], ['nba_analytics.x', 3], ['nba_precompute.x', 4], ['their_own.x', 0]])('knows the phase of %s: %i', (upstreamTable, phase) => {
    expect(parseDependency({ ...base, upstreamTable }).phase).toBe(phase);
  });

  it.each([
    ['lookback', { lookback: { games: 0 } }],
    ['lookback', { lookback: { days: 1.5 } }],
    ['lookback', { lookback: { games: '15' } }],
    ['lookback', { lookback: { weeks: 2 } }],
    ['lookback', { lookback: 15 }],
    ['lookback', { lookback: undefined }],
    ['lookback', { lookback: null }],
    ['lookback', { lookback: { kind: 'fortnight', per: 'team' } }],
    ['lookback', { lookback: { kind: 'games', count: 15, per: 'league' } }],
    ['lookback', { lookback: { kind: 'days', count: -1, per: 'league' } }],
    ['lookback', { lookback: { kind: 'season-so-far', per: 'city' } }],
    ['upstreamTable', { upstreamTable: 'nbac_player_boxscore' }],
    ['upstreamTable', { upstreamTable: 'project.nba_raw.nbac_player_boxscore' }],
    ['upstreamTable', { upstreamTable: 'nba_raw.x; DROP TABLE nba_raw.nbac_schedule' }],
    ['upstreamTable', { upstreamTable: undefined }],
    ['upstreamProcessorName', { upstreamProcessorName: '' }],
    ['column', { dateColumn: 'game date' }],
    ['column', { gameColumn: "id' OR TRUE" }],
    ['column', { teamColumn: '' }],
    ['effect', { effect: 'warns' }],
    ['games', { games: 'all' }],
  ])('refuses a wrong %s: %j', (field, wrong) => {
    const parse = () => parseDependency({ ...base, ...wrong } as unknown as Dependency);
    expect(parse).toThrow(NbaError);
    expect(parse).toThrow(expect.objectContaining({ code: 'INVALID_ARGUMENT', fields: { field } }));
  });
});
