import { join } from 'node:path';
import { DEFAULT_GAME_TYPES } from '@nba/kernel';
import type { PipelineSettings } from '@nba/pipeline';
import { parseScope } from '@nba/schedule';
import { clockStartingAt } from './clock.js';

/** Where everything lies. */
const folder = process.env['SCOUTING_FOLDER'] ?? 'scouting';
export const LAKE = join(folder, 'lake');
export const WAREHOUSE_FILE = join(folder, 'warehouse.duckdb');

/** What is run: the season up to the morning of 27 December, when its schedule had just been read again. */
export const SEASON = '2021-22';
export const FIRST_DATE = '2021-10-19';
export const LAST_DATE = '2021-12-26';
export const clock = clockStartingAt('2021-12-27T12:00:00Z');
export const scope = parseScope({ startDate: FIRST_DATE, endDate: LAST_DATE });
export const settings: PipelineSettings = { gameTypes: DEFAULT_GAME_TYPES };
