import { calendarDays, CompletenessChecker, expectedBy, games as lastGames } from '@nba/completeness';
import { type Dependency, DependencyGuard } from '@nba/dependency-guard';
import { addDays, games, parseGameDate, type QueryPort } from '@nba/kernel';
import { loadCalendar, resolveWindow } from '@nba/schedule';

export interface Asked { readonly table: string; readonly startDate: string; readonly endDate: string }

/** What is expected on each date of a range, and in the window of its last day, by the schedule alone. */
export async function lookAtSchedule(port: QueryPort, { startDate, endDate }: Asked): Promise<object> {
  const range = { from: parseGameDate(startDate), to: parseGameDate(endDate) };
  const calendar = await loadCalendar(port, range);
  return {
    played: Object.fromEntries(calendar.dates(range, 'final').map((date) => [date, calendar.on(date, 'final').map(({ gameId }) => gameId)])),
    next: calendar.on(addDays(range.to, 1)).map(({ gameId, status }) => [gameId, status]),
    window: resolveWindow(games(5, 'team'), range.to, calendar).map(({ gameId }) => gameId),
  };
}

/** What a table lacks of it. */
export async function checkTable(port: QueryPort, asked: Asked): Promise<object> {
  const { hasGaps, missingDates, incompleteDates, games: perGame, coverage, byDate, meetsThreshold, gaps } = await new CompletenessChecker(port).checkDateRange({ ...asked, threshold: { overall: 0.9, perDate: 0.5 } });
  const { present, expected } = perGame;
  return { hasGaps, missingDates, incompleteDates, games: [present, expected], coverage, poorDates: byDate.filter((date) => !date.meetsThreshold).map(({ date }) => date), meetsThreshold, gaps };
}

/** The same table against a plain calendar, against the keys of another table, team by team, and month by month. */
export async function checkOtherwise(port: QueryPort, asked: Asked, { daysOff, keysOf, asOf }: { daysOff: readonly string[]; keysOf: string; asOf: string }): Promise<object> {
  const checker = new CompletenessChecker(port);
  const everyDay = await checker.checkDateRange({ ...asked, expected: calendarDays() });
  const workingDays = await checker.checkDateRange({ ...asked, expected: calendarDays({ except: daysOff }) });
  const query = `SELECT game_date, game_id, team_id FROM ${keysOf} WHERE game_date BETWEEN CAST(@from AS DATE) AND CAST(@to AS DATE)`;
  const byKeys = await checker.checkDateRange({ ...asked, expected: expectedBy({ query, key: ['game_id', 'team_id'] }) });
  const { entities, meetsThreshold } = await checker.checkEntities({ table: asked.table, entity: 'team', window: lastGames(5), asOf });
  const months: object[] = [];
  for await (const { startDate, endDate, coverage } of checker.checkDateRanges({ ...asked, startDate: addDays(parseGameDate(asked.startDate), -40), step: 'month' })) {
    months.push([startDate, endDate, coverage.present, coverage.expected]);
  }
  return {
    everyDay: everyDay.missingDates, workingDays: workingDays.hasGaps, byKeys: byKeys.gaps, months,
    teams: { meetsThreshold, lacking: entities.filter(({ missing }) => missing.length > 0).map(({ id, missing }) => [id, missing]), expected: entities.map(({ expected }) => expected.length) },
    aborted: await checker.checkDateRange({ ...asked, signal: AbortSignal.abort('we left') }).catch((reason: unknown) => reason),
  };
}

/** Whether our table might be made for each date after the range's first, from the five games before. */
export async function askGuard(port: QueryPort, { table, startDate, endDate }: Asked, more: Partial<Dependency> = {}): Promise<object> {
  const guard = new DependencyGuard(port, { label: 'Scouting', command: ({ missingDates }) => `make box-scores DATES=${missingDates.join(',')}` });
  const verdicts: Record<string, readonly string[]> = {};
  for (let date = addDays(parseGameDate(startDate), 1); date <= endDate; date = addDays(date, 1)) {
    const report = await guard.check({ date, dependencies: [{ upstreamProcessorName: 'NbacTeamBoxscoreProcessor', upstreamTable: table, lookback: games(5, 'team'), ...more }] });
    verdicts[date] = report.kind === 'clear' ? [] : report.lines;
  }
  return verdicts;
}
