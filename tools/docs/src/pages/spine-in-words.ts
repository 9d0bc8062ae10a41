import { type Processor, isSeasonal } from '@nba/pipeline';
import { inWords } from '../graph/table-graph';
import { code } from './markdown';

/** Spines that are queries of their own, in words: which keys a date must have. */
const QUERIED: Readonly<Record<string, string>> = {
  nbac_player_boxscore: 'Both teams of each final game of the date, by the schedule. Which players a team has is what the document lists, held to account by the points: they must add up to the score.',
  nbac_team_boxscore: 'Both teams of each final game of the date, by the schedule.',
  upcoming_team_game_context: 'Both teams of every scheduled game of the date, played or not.',
  upcoming_player_game_context: 'For each team of a scheduled game of the date, the players whose latest game this season was for that team and is among the team\'s last 10 games.',
  team_defense_shot_profile: 'Both teams of every scheduled game of the date, played or not.',
};

/** Which keys must be stored for a unit, in words. */
export function describeSpine(processor: Processor): string {
  const { table, keysOf, upstreams, spineKey, games } = processor;
  if (isSeasonal(processor)) return 'Every game of the season that the newest schedule document has. Nothing stands above the schedule: the interpreter answers for the document\'s own counts.';
  const upstream = keysOf === undefined ? undefined : upstreams[keysOf]?.processor.table.name;
  if (upstream) return `The keys of [${upstream}](${upstream}.md) on the same date.`;
  return QUERIED[table.name] ?? `The ${inWords(spineKey.map(code))} that its spine's query yields for the date, over ${games === 'final' ? 'final games' : 'all scheduled games'}; the query stands below.`;
}
