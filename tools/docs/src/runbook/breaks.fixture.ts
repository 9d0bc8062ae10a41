import type { Stage } from './situation.fixture';
import { BEFORE, type Line, SEASON, YESTERDAY, gamesOf } from './small-lake.fixture';

/** What a person does by hand in the middle of a section, where the runbook says so in prose. */
export type ByHand = () => void | Promise<void>;

/** Makes the situation of a code on a stage; returns what is done by hand before the commands that mend it. */
export type Break = (stage: Stage) => ByHand | Promise<ByHand>;

const PLAYERS = 'player-boxscores';

/** Breaks a document of yesterday, and delivers it again under a newer stamp by hand. */
function document(kind: 'player-boxscores' | 'team-boxscores', harm: (stage: Stage, path: string) => void): Break {
  return (stage) => {
    const path = stage.lake.newest(kind, YESTERDAY);
    const good = stage.lake.text(path);
    harm(stage, path);
    return () => stage.lake.put(path.replace('_100000', '_113000'), good);
  };
}

const lines = (edit: (all: Line[]) => Line[]): Break => document(PLAYERS, ({ lake }) => lake.editLines(PLAYERS, YESTERDAY, edit));

/** The same lines, the first that fits with other values. */
function withFirst(all: Line[], fits: (line: Line) => boolean, change: (line: Line) => Line[]): Line[] {
  const at = all.findIndex(fits);
  if (at < 0) throw new Error('No line fits: the situation cannot be made of this league');
  return [...all.slice(0, at), ...change(all[at] as Line), ...all.slice(at + 1)];
}
const scored = (line: Line): boolean => Number(line['PTS']) > 0 && Number(line['FGM']) > 0;

/** Breaks this morning's schedule, and delivers it again under a newer stamp by hand. */
function schedule(edit: Parameters<Stage['lake']['editSchedule']>[0]): Break {
  return (stage) => {
    const path = stage.lake.newest('schedule', SEASON);
    const good = stage.lake.text(path);
    stage.lake.editSchedule(edit);
    return () => stage.lake.put(path.replace('_100000', '_113000'), good);
  };
}
const ofYesterday = (games: ReturnType<typeof gamesOf>) => games.filter(({ gameDateEst, gameId }) => gameDateEst.startsWith(YESTERDAY) && gameId.startsWith('002'));

/** What is wrong with documents, by the code that the alert's incident ends with. */
export const DOCUMENT_BREAKS: Readonly<Record<string, Break>> = {
  GAME_MISSING: document(PLAYERS, ({ lake }, path) => lake.remove(path)),
  DOCUMENT_INVALID: document(PLAYERS, ({ lake }, path) => lake.put(path, lake.text(path).slice(0, 3000))),
  TEAM_MISSING: lines((all) => all.filter(({ TEAM_ID }) => TEAM_ID !== all[0]?.['TEAM_ID'])),
  TOTALS_DIFFER: lines((all) => withFirst(all, scored, () => [])),
  DUPLICATE_ROW: lines((all) => withFirst(all, scored, (line) => [line, { ...line, AST: Number(line['AST']) + 1 }])),
  IMPOSSIBLE_LINE: lines((all) => withFirst(all, scored, (line) => [{ ...line, FGA: 0 }])),
  TEAM_NOT_IN_GAME: lines((all) => withFirst(all, scored, (line) => [line, { ...line, PLAYER_ID: 999999, TEAM_ID: 1610619999, TEAM_ABBREVIATION: 'XXX' }])),
  GAME_NOT_ON_DATE: (stage) => {
    const path = stage.lake.newest(PLAYERS, YESTERDAY);
    const good = stage.lake.text(path);
    let strays: Line[] = [];
    stage.lake.editLines(PLAYERS, BEFORE, (all) => (strays = all));
    stage.lake.editLines(PLAYERS, YESTERDAY, (all) => [...all, ...strays.filter(({ GAME_ID }) => GAME_ID === strays[0]?.['GAME_ID'])]);
    return () => stage.lake.put(path.replace('_100000', '_113000'), good);
  },
};

export const SCHEDULE_BREAKS: Readonly<Record<string, Break>> = {
  GAMES_VANISHED: schedule(({ leagueSchedule }) => { for (const date of leagueSchedule.gameDates) date.games = date.games.filter(({ gameDateEst }) => !gameDateEst.startsWith(BEFORE)); }),
  DUPLICATE_GAME: schedule(({ leagueSchedule }) => {
    for (const date of leagueSchedule.gameDates) {
      const [game] = ofYesterday(date.games);
      if (game) date.games.push({ ...game, homeTeam: { ...game.homeTeam, score: Number(game.homeTeam.score) + 1 } });
    }
  }),
  GAME_OUTSIDE_SEASON: schedule((all) => { Object.assign(ofYesterday(gamesOf(all))[0] ?? {}, { gameDateEst: '2026-11-08T00:00:00Z' }); }),
  GAME_TYPE_UNKNOWN: schedule((all) => { Object.assign(ofYesterday(gamesOf(all))[0] ?? {}, { gameId: '0092400001' }); }),
  DATES_DISAGREE: schedule(({ leagueSchedule }) => { for (const date of leagueSchedule.gameDates) if (ofYesterday(date.games).length > 0) date.gameDate = '11/11/2024 00:00:00'; }),
  SCORE_MISSING: schedule((all) => { const [game] = ofYesterday(gamesOf(all)); if (game) game.homeTeam.score = null; }),
};
