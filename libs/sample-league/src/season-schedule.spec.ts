import { DEFAULT_SEASONS, seasonCalendar } from './season-calendar';
import { makeSeasonSchedule, type ScheduledGame } from './season-schedule';
import { TEAMS } from './teams';

const DAYS_BY_TEAM = (games: readonly ScheduledGame[]): number[][] =>
  TEAMS.map((team) => games.filter(({ home, away }) => home === team || away === team).map(({ day }) => day).sort((x, y) => x - y));

describe.each([...DEFAULT_SEASONS, '2027-28'])('the schedule of %s', (season) => {
  const schedule = makeSeasonSchedule(seasonCalendar(season), 2021);
  const { games, calendar } = schedule;
  const daysByTeam = DAYS_BY_TEAM(games);

  it('has 1,230 games on exactly the dates of the calendar', () => {
    expect(games).toHaveLength(1230);
    expect([...new Set(games.map(({ day }) => day))].sort((x, y) => x - y)).toEqual(calendar.gameDays);
    expect([...new Set(games.map(({ announcedDay }) => announcedDay))].sort((x, y) => x - y)).toEqual(calendar.gameDays);
  });

  it('gives each team 82 games, 41 of them at home', () => {
    for (const team of TEAMS) {
      expect(games.filter(({ home }) => home === team)).toHaveLength(41);
      expect(games.filter(({ away }) => away === team)).toHaveLength(41);
    }
  });

  it('never has a team play twice on a date or on three days in a row, and lets back-to-backs happen', () => {
    for (const days of daysByTeam) {
      expect(new Set(days).size).toBe(days.length);
      const rests = days.slice(1).map((day, index) => day - (days[index] ?? 0));
      expect(rests.some((rest, index) => rest === 1 && rests[index + 1] === 1)).toBe(false);
      const backToBacks = rests.filter((rest) => rest === 1).length;
      expect(backToBacks).toBeGreaterThanOrEqual(5);
      expect(backToBacks).toBeLessThanOrEqual(22);
    }
  });

  it('ends with all thirty teams on the last date', () => {
    expect(games.filter(({ day }) => day === calendar.last)).toHaveLength(15);
  });

  it('numbers the games in the order they were announced in', () => {
    const year = season.slice(2, 4);
    games.forEach(({ id }, index) => expect(id).toBe(`002${year}${String(index + 1).padStart(5, '0')}`));
    const times = games.map(({ announcedDay, tipOff }) => announcedDay * 1440 + tipOff);
    expect(times).toEqual([...times].sort((x, y) => x - y));
  });

  it('postpones the games the calendar asks for, past the version that shows them unplayed', () => {
    const moved = games.filter(({ day, announcedDay }) => day !== announcedDay);
    expect(moved).toHaveLength(calendar.postponements);
    for (const { day, announcedDay } of moved) {
      expect(announcedDay).toBeLessThan(schedule.inSeasonVersion);
      expect(day).toBeGreaterThan(schedule.inSeasonVersion);
    }
  });
});

it('finds a timetable for any seed', () => {
  for (let seed = 1; seed <= 10; seed++) {
    expect(makeSeasonSchedule(seasonCalendar('2023-24'), seed).games).toHaveLength(1230);
  }
});
