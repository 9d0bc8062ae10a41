import { NbaError } from '@nba/kernel';
import { type ScopeOptions, parseScope, withinSeasons } from './scope';

describe('parseScope', () => {
  it('means the four seasons when nothing is said', () => {
    expect(parseScope({})).toEqual({
      ranges: [
        { from: '2021-10-01', to: '2022-09-30' },
        { from: '2022-10-01', to: '2023-09-30' },
        { from: '2023-10-01', to: '2024-09-30' },
        { from: '2024-10-01', to: '2025-09-30' },
      ],
      seasons: ['2021-22', '2022-23', '2023-24', '2024-25'],
      singleDates: false,
      label: 'seasons 2021-22, 2022-23, 2023-24, 2024-25',
    });
  });

  it('takes one season', () => {
    expect(parseScope({ season: ['2022-23'] })).toEqual({
      ranges: [{ from: '2022-10-01', to: '2023-09-30' }], seasons: ['2022-23'], singleDates: false, label: 'season 2022-23',
    });
  });

  it('takes several seasons, repeated or with commas, each once and in order', () => {
    const { seasons, ranges } = parseScope({ season: ['2024-25,2021-22', '2024-25', ' 2022-23 '] });
    expect(seasons).toEqual(['2021-22', '2022-23', '2024-25']);
    expect(ranges.map(({ from }) => from)).toEqual(['2021-10-01', '2022-10-01', '2024-10-01']);
  });

  it('takes a season that is not among the four', () => {
    expect(parseScope({ season: ['2025-26'] }).ranges).toEqual([{ from: '2025-10-01', to: '2026-09-30' }]);
  });

  it('takes one date', () => {
    expect(parseScope({ date: '2025-01-26' })).toEqual({
      ranges: [{ from: '2025-01-26', to: '2025-01-26' }], seasons: ['2024-25'], singleDates: true, label: '2025-01-26',
    });
  });

  it('takes several dates, each once and in order', () => {
    expect(parseScope({ dates: '2025-01-27, 2022-11-01,2025-01-27,' })).toEqual({
      ranges: [{ from: '2022-11-01', to: '2022-11-01' }, { from: '2025-01-27', to: '2025-01-27' }],
      seasons: ['2022-23', '2024-25'], singleDates: true, label: '2 dates',
    });
  });

  it('takes a range with both ends in it, also across seasons and of one date', () => {
    expect(parseScope({ startDate: '2022-12-01', endDate: '2024-11-30' })).toEqual({
      ranges: [{ from: '2022-12-01', to: '2024-11-30' }], seasons: ['2022-23', '2023-24', '2024-25'], singleDates: false, label: '2022-12-01 to 2024-11-30',
    });
    expect(parseScope({ startDate: '2025-01-26', endDate: '2025-01-26' }).singleDates).toBe(false);
  });

  it('keeps the part that lies in some seasons', () => {
    const scope = parseScope({ startDate: '2023-04-01', endDate: '2024-11-05' });
    expect(withinSeasons(scope, ['2022-23', '2024-25'] as never)).toMatchObject({
      seasons: ['2022-23', '2024-25'], ranges: [{ from: '2023-04-01', to: '2023-09-30' }, { from: '2024-10-01', to: '2024-11-05' }], label: scope.label,
    });
    expect(withinSeasons(scope, ['2021-22'] as never)).toMatchObject({ seasons: [], ranges: [] });
    const single = parseScope({ dates: '2024-01-01,2024-12-01' });
    expect(withinSeasons(single, ['2024-25'] as never)).toMatchObject({ ranges: [{ from: '2024-12-01', to: '2024-12-01' }], singleDates: true });
  });

  describe('refuses', () => {
    const ways: ScopeOptions[] = [{ season: ['2022-23'] }, { date: '2025-01-26' }, { dates: '2025-01-26' }, { startDate: '2025-01-26', endDate: '2025-01-27' }];
    const pairs = ways.flatMap((one, i) => ways.slice(i + 1).map((other) => ({ ...one, ...other })));

    it.each(pairs)('two ways at once: %j', (options) => {
      expect(() => parseScope(options)).toThrow(/one way only: --season, --date, --dates, or --start-date with --end-date/);
    });

    it.each<[ScopeOptions, string]>([
      [{ season: ['2022'] }, '--season: "2022"'],
      [{ season: ['2022-23,2022-24'] }, '--season: "2022-24"'],
      [{ season: [''] }, '--season'],
      [{ season: [' , '] }, '--season'],
      [{ date: '2025-02-30' }, '--date: "2025-02-30"'],
      [{ date: '' }, '--date: ""'],
      [{ dates: '2025-01-26,tomorrow' }, '--dates: "tomorrow"'],
      [{ dates: ' , ' }, '--dates names no date'],
      [{ startDate: '2025-01-26' }, 'add --end-date'],
      [{ endDate: '2025-01-26' }, 'add --start-date'],
      [{ startDate: '26.1.2025', endDate: '2025-01-27' }, '--start-date: "26.1.2025"'],
      [{ startDate: '2025-01-26', endDate: '27.1.2025' }, '--end-date: "27.1.2025"'],
      [{ startDate: '2025-01-27', endDate: '2025-01-26' }, 'ends (2025-01-26) before it starts (2025-01-27)'],
    ])('%j and names what is wrong', (options, message) => {
      expect(() => parseScope(options)).toThrow(message);
      expect(() => parseScope(options)).toThrow(NbaError);
      expect(() => parseScope(options)).toThrow(expect.objectContaining({ code: 'INVALID_ARGUMENT' }));
    });
  });
});
