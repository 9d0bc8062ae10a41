import { type GameDate, column, defineTable } from '@nba/kernel';
import { type Correction, byDateGamePlayer, correctionOf } from './correction-report';

const correction = (date: string, gameId: string, playerId: number | null, teamId: number | null = null, table = 'nba_raw.a'): Correction => ({
  table, date: date as GameDate, gameId, teamId, team: null, playerId, player: null, kind: 'edited', values: [],
});

describe('the order of corrections', () => {
  it('is by date, game, player; the game itself first, then its teams, then table', () => {
    const ordered = [
      // Postponed games: their ids do not follow the dates.
      correction('2024-10-22', '0022400900', 9),
      correction('2024-10-23', '0022400001', null),
      correction('2024-10-23', '0022400001', null, null, 'nba_raw.b'),
      correction('2024-10-23', '0022400001', null, 1),
      correction('2024-10-23', '0022400001', null, 2),
      // By number: player 9 comes before player 10, whatever their teams.
      correction('2024-10-23', '0022400001', 9, 2),
      correction('2024-10-23', '0022400001', 10, 1),
      correction('2024-10-23', '0022400002', 1),
    ];
    const shuffled = [5, 2, 7, 0, 6, 1, 4, 3].map((i) => ordered[i] as Correction);
    expect(shuffled.sort(byDateGamePlayer)).toEqual(ordered);
  });
});

describe('correctionOf', () => {
  const table = defineTable({
    dataset: 'nba_raw', name: 'lines', description: 'Lines', key: ['game_id', 'player_id'],
    columns: { game_id: column.text('game'), game_date: column.date('date'), player_id: column.integer('player'), player_name: column.text('name'), team_id: column.integer('team'), team_tricode: column.text('team') },
  });
  const row = { game_id: '0022400001', game_date: '2024-10-22', player_id: 11, player_name: 'Nikola Jokić', team_id: 7, team_tricode: 'DEN' };
  const same = { table: 'nba_raw.lines', gameId: '0022400001', teamId: 7, team: 'DEN', playerId: 11, player: 'Nikola Jokić', values: [] };

  it('goes by the row as it is stored, and by the new one where none is', () => {
    const moved = { ...row, game_date: '2024-10-23' };
    expect(correctionOf(table, { kind: 'edited', before: row, after: moved, values: [] })).toEqual({ ...same, kind: 'edited', date: '2024-10-22' });
    expect(correctionOf(table, { kind: 'went', before: row, after: undefined, values: [] })).toEqual({ ...same, kind: 'went', date: '2024-10-22' });
    expect(correctionOf(table, { kind: 'came', before: undefined, after: moved, values: [] })).toEqual({ ...same, kind: 'came', date: '2024-10-23' });
  });
});
