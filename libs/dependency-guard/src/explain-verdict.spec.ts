import { type GameDate, games, sameDate } from '@nba/kernel';
import { describeReason, missingDatesOf } from './explain-verdict';
import type { BlockedReason } from './verdict';

const reason = (reach: BlockedReason['reach'], ...missingDates: string[]): BlockedReason => ({
  table: 'nba_raw.nbac_player_boxscore', processor: 'NbacPlayerBoxscoreProcessor', reach, missingDates: missingDates as GameDate[],
});

describe('describeReason', () => {
  it('tells one date', () => {
    expect(describeReason(reason(games(15, 'player'), '2024-11-15'))).toBe('1 missing date in nba_raw.nbac_player_boxscore, last 15 games per player: 2024-11-15');
  });

  it('tells several', () => {
    expect(describeReason(reason(sameDate(), '2024-11-15', '2024-11-16'))).toBe('2 missing dates in nba_raw.nbac_player_boxscore, the same game: 2024-11-15, 2024-11-16');
  });
});

describe('missingDatesOf', () => {
  it('is every date of every reason once, in order', () => {
    expect(missingDatesOf([reason(sameDate(), '2024-11-16'), reason(games(15, 'player'), '2024-11-15', '2024-11-16'), reason(sameDate(), '2024-10-30')])).toEqual([
      '2024-10-30', '2024-11-15', '2024-11-16',
    ]);
    expect(missingDatesOf([])).toEqual([]);
  });
});
