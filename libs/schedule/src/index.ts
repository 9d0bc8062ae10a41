export { type SeasonFacts, SEASONS, seasonFacts } from './seasons';
export { type ScheduledGame, type GameSide, type GameStatus, scheduledGame, SCHEDULED_GAME_COLUMNS, sidesOf, gameLabel } from './scheduled-game';
export { GameCalendar, type GamesAbout } from './game-calendar';
export { SCHEDULE_TABLE, calendarOf, loadCalendar, loadKnownSeasons } from './load-calendar';
export { resolveWindow } from './window';
export { type ScopeOptions, type Scope, parseScope, scopeOfDates, withinSeasons } from './scope';
