import { gameLabel, scheduledGame, sidesOf } from './scheduled-game';

const row = {
  game_id: '0022400617', game_date: '2025-04-06', season: '2024-25', game_type: 'regular-season', game_status: 3,
  home_team_id: 1610612740, home_team_tricode: 'NOP', home_score: 107, away_team_id: 1610612749, away_team_tricode: 'MIL', away_score: 111,
};

describe('scheduledGame', () => {
  it('reads a row of the schedule table', () => {
    expect(scheduledGame(row)).toEqual({
      gameId: '0022400617', date: '2025-04-06', season: '2024-25', type: 'regular-season', status: 'final',
      home: { teamId: 1610612740, tricode: 'NOP', score: 107 },
      away: { teamId: 1610612749, tricode: 'MIL', score: 111 },
    });
  });

  it.each([
    [1, 'scheduled'],
    [2, 'live'],
    [3, 'final'],
  ])('reads status %i as %s', (status, meaning) => {
    expect(scheduledGame({ ...row, game_status: status }).status).toBe(meaning);
  });

  it('keeps a score that is not known unknown', () => {
    expect(scheduledGame({ ...row, game_status: 1, home_score: null, away_score: null }).home.score).toBeNull();
  });

  it('is labelled away at home', () => {
    const game = scheduledGame(row);
    expect(gameLabel(game)).toBe('MIL@NOP 0022400617');
    expect(sidesOf(game).map(({ tricode }) => tricode)).toEqual(['NOP', 'MIL']);
  });
});
