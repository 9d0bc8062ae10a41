import { COUNTABLE_GAME_TYPES, DEFAULT_GAME_TYPES, gameTypeOf } from './ids';

describe('gameTypeOf', () => {
  it.each([
    ['0012400001', 'preseason'],
    ['0022400561', 'regular-season'],
    ['0032400001', 'all-star'],
    ['0042400401', 'playoffs'],
    ['0052400101', 'play-in'],
    ['0062400001', 'cup-final'],
  ])('%s is of the %s', (gameId, type) => {
    expect(gameTypeOf(gameId)).toBe(type);
  });

  it.each(['', '22400561', '0072400001', '0092400001', '00224005611', '002240056', '002240056x', ' 0022400561', '0022400561\n', 'constructor'])(
    'does not know "%s"',
    (gameId) => {
      expect(gameTypeOf(gameId)).toBeUndefined();
    },
  );
});

describe('what counts', () => {
  it('is the regular season unless more is switched on', () => {
    expect(DEFAULT_GAME_TYPES).toEqual(['regular-season']);
  });

  it('is never preseason or All-Star', () => {
    expect([...COUNTABLE_GAME_TYPES].sort()).toEqual(['cup-final', 'play-in', 'playoffs', 'regular-season']);
  });
});
