export { generateLeague, type LeagueOptions } from './generate-league';
export type { SampleDocument } from './sample-document';
