import type { DocumentKind, RawLake } from '@nba/kernel';

type Cell = string | number | null;
interface GameLog { resultSets: { headers: string[]; rowSet: Cell[][] }[] }

/** What the league corrected. */
export interface Correction { readonly gameId: string; readonly teamId: number; readonly assists: number }

/**
 * The league gives a team one more assist, days later: newer documents of players and of teams, that differ in one number each.
 * It is the team of the date's first row, and its first player.
 */
export async function correctAssists(lake: RawLake, date: string, asOf: Date, stamp: string): Promise<Correction> {
  const teams = await newest(lake, 'team-boxscores', date, asOf);
  const team = oneMoreAssist(teams, () => true);
  const players = await newest(lake, 'player-boxscores', date, asOf);
  oneMoreAssist(players, (cell) => cell('GAME_ID') === team('GAME_ID') && cell('TEAM_ID') === team('TEAM_ID'));
  await lake.write(`nba-com/player-boxscores/${date}/${stamp}.json`, JSON.stringify(players));
  await lake.write(`nba-com/team-boxscores/${date}/${stamp}.json`, JSON.stringify(teams));
  return { gameId: String(team('GAME_ID')), teamId: Number(team('TEAM_ID')), assists: Number(team('AST')) };
}

async function newest(lake: RawLake, kind: DocumentKind, date: string, asOf: Date): Promise<GameLog> {
  const ref = (await lake.list(kind, asOf)).filter(({ partition }) => partition === date).at(-1);
  if (!ref) throw new Error(`${date} has no ${kind}`);
  return JSON.parse(await lake.read(ref)) as GameLog;
}

function oneMoreAssist({ resultSets: [log] }: GameLog, isMeant: (cell: (header: string) => Cell) => boolean): (header: string) => Cell {
  if (!log) throw new Error('No result set');
  const cellOf = (row: Cell[]) => (header: string): Cell => row[log.headers.indexOf(header)] ?? null;
  const row = log.rowSet.find((one) => isMeant(cellOf(one)));
  if (!row) throw new Error('No such row');
  row[log.headers.indexOf('AST')] = Number(cellOf(row)('AST')) + 1;
  return cellOf(row);
}
