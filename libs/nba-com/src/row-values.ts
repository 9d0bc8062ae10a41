/** Whether a value of a row is one that Phase 2 takes; and in words which those are. */
export interface RowValue {
  readonly wanted: string;
  takes(value: unknown): boolean;
}

/** No stat line comes near it. */
const MOST = 999;
const MOST_MINUTES = 600;
/** NUL, halves of characters and the mark of wrongly decoded bytes. */
const BROKEN_TEXT = /[\u0000\uFFFD\uD800-\uDFFF]/u;

const isWhole = (value: unknown, least: number, most: number): boolean => typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most;

/** Whether the text is `YYYY-MM-DD` and the day exists. */
export function isDate(value: unknown): value is string {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const time = Date.parse(`${value}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().slice(0, 10) === value;
}

export const isGameId = (value: unknown): value is string => typeof value === 'string' && /^\d{10}$/.test(value);
export const isId = (value: unknown): value is number => isWhole(value, 1, Number.MAX_SAFE_INTEGER);
export const isText = (value: unknown): boolean => value === null || (typeof value === 'string' && !BROKEN_TEXT.test(value));
export const isCount = (value: unknown): boolean => value === null || isWhole(value, 0, MOST);

const id: RowValue = { wanted: 'a positive whole number', takes: isId };
const text: RowValue = { wanted: 'readable text, or null', takes: isText };
const count: RowValue = { wanted: `a whole number from 0 to ${MOST}, or null`, takes: isCount };
const minutes: RowValue = {
  wanted: 'minutes as 34 or "34:12", or null',
  takes: (value) => value === null || (typeof value === 'number' ? value >= 0 && value <= MOST_MINUTES : typeof value === 'string' && /^\d{1,2}:[0-5]\d$/.test(value)),
};
const playerDifference: RowValue = { wanted: `a whole number from -${MOST} to ${MOST}, or null`, takes: (value) => value === null || isWhole(value, -MOST, MOST) };
/** A team's is now and then a fraction: its players' sum divided by five. */
const teamDifference: RowValue = { wanted: `a number from -${MOST} to ${MOST}, or null`, takes: (value) => value === null || (typeof value === 'number' && Math.abs(value) <= MOST) };

const COUNTS = ['FGM', 'FGA', 'FG3M', 'FG3A', 'FTM', 'FTA', 'OREB', 'DREB', 'REB', 'AST', 'STL', 'BLK', 'TOV', 'PF', 'PTS'];
const BOTH: Readonly<Record<string, RowValue>> = {
  SEASON_ID: { wanted: 'a kind of season and its first year, as "22024"', takes: (value) => typeof value === 'string' && /^\d{5}$/.test(value) },
  GAME_ID: { wanted: 'a game id of ten digits, as text', takes: isGameId },
  GAME_DATE: { wanted: 'a date as "2025-01-26"', takes: isDate },
  TEAM_ID: id,
  TEAM_ABBREVIATION: text,
  MIN: minutes,
  ...Object.fromEntries(COUNTS.map((header) => [header, count])),
};

/** The headers that must be there, each once, and what stands under them. Whatever else there is is stored as it comes. */
export const ROW_VALUES = {
  'player-boxscores': { ...BOTH, PLAYER_ID: id, PLAYER_NAME: text, PLUS_MINUS: playerDifference },
  'team-boxscores': { ...BOTH, TEAM_NAME: text, PLUS_MINUS: teamDifference },
} as const satisfies Record<string, Readonly<Record<string, RowValue>>>;
