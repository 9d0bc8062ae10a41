import { column } from '@nba/kernel';
import { registry } from '@nba/wiring';
import { DOCUMENTED_STATE_TABLES } from '../documented-tables';
import { findUnit } from './unit-of';

const COLUMNS = [...registry.processors.map(({ table }) => table), ...DOCUMENTED_STATE_TABLES]
  .flatMap((table) => Object.entries(table.columns).map(([name, one]) => ({ table: table.name, name, one })));

/** DOMAIN.md, section 4: ratios are fractions, except ratings and usage rates (×100) and pace (per 48 minutes). */
const BY_NAME: readonly (readonly [name: RegExp, unit: string])[] = [
  [/^(seconds_played|seconds_in_.*)$/, 'seconds'],
  [/^(minutes|minutes_(avg|in)_.*|game_minutes)$/, 'minutes'],
  [/_x100$/, 'hundredths'],
  [/^usage_rate/, 'percent (×100)'],
  [/(offensive|defensive)_rating/, 'points per 100 possessions'],
  [/(^|_)pace(_last_10)?$/, 'possessions per 48 minutes'],
  [/_(pct|share)(_|$)|^ft_rate$/, 'fraction'],
  [/_attempts_allowed_per_100_/, 'attempts per 100 possessions'],
  [/^(home_score|away_score|points|opponent_points|margin|plus_minus|points_(avg|std)_.*|fatigue_score|.*_adjustment|pace_score)$/, 'points'],
  [/^matchup_score$/, 'percentage points'],
  [/^days_rest$/, 'days'],
];

describe('units', () => {
  it('are told for every column of every table: text, a date, a number of something', () => {
    const without = COLUMNS.filter(({ name, one }) => findUnit(name, one) === undefined).map(({ table, name }) => `${table}.${name}: say its unit in its description (see unit-of.ts)`);
    expect(without).toEqual([]);
  });

  it('come with a description of more than the name', () => {
    const bare = COLUMNS.filter(({ name, one }) => one.description.trim().length < 4 || one.description.toLowerCase() === name.replace(/_/g, ' ')).map(({ table, name }) => `${table}.${name}`);
    expect(bare).toEqual([]);
  });

  it('are what the names promise', () => {
    const wrong = COLUMNS.flatMap(({ table, name, one }) => {
      const promised = one.type === 'INT64' || one.type === 'FLOAT64' ? BY_NAME.find(([pattern]) => pattern.test(name))?.[1] : undefined;
      const told = findUnit(name, one);
      return promised === undefined || told === promised ? [] : [`${table}.${name} is in ${promised}, and told as ${told}`];
    });
    expect(wrong).toEqual([]);
  });

  it('are not guessed for a number with a fraction', () => {
    expect(findUnit('load', column.float('How heavy it was'))).toBeUndefined();
    expect(findUnit('load', column.float('How heavy it was, in minutes'))).toBe('minutes');
  });
});
