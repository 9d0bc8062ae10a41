import { type DateRange, type GameDate, type QueryPort, type Sql, identifier, joinSql, literal, partitionChanges, seasonOf, seasonSpan, sql, tableId } from '@nba/kernel';
import { type GameCalendar, sidesOf } from '@nba/schedule';
import type { PipelineSettings, Processor, Upstream } from '../definition/processor';
import type { Ledger } from './ledger';
import type { ReachingChange, RecordedChange } from './reaching-changes';
import type { Subject, Trail, TrailFacts } from './trails';

interface ReadContext {
  readonly ledger: Ledger;
  readonly settings: PipelineSettings;
  readonly calendar: GameCalendar;
}

/** Reads what it takes to follow some changes to units of a processor, for each upstream that was changed. */
export async function readTrails(processor: Processor, reaching: readonly ReachingChange[], dates: readonly GameDate[], context: ReadContext): Promise<(upstream: Upstream) => TrailFacts> {
  const players = await readPlayersByDate(processor, dates, context);
  const facts = new Map<Upstream, TrailFacts>();
  for (const upstream of new Set(reaching.map((one) => one.upstream))) {
    const changes = [...new Set(reaching.filter((one) => one.upstream === upstream).map(({ change }) => change))];
    facts.set(upstream, { ...(await readFacts(upstream, changes, players, context)), holdsAllPlayers: processor.keysOf !== undefined });
  }
  return (upstream) => facts.get(upstream) as TrailFacts;
}

async function readFacts(upstream: Upstream, changes: readonly RecordedChange[], players: ReadonlyMap<GameDate, ReadonlySet<number>>, context: ReadContext): Promise<Omit<TrailFacts, 'holdsAllPlayers'>> {
  const subjects = await readSubjects(upstream.processor, changes, context);
  const seasons = changes.map(({ date }) => seasonSpan(seasonOf(date)));
  const span = { from: min(seasons.map(({ from }) => from)), to: max(seasons.map(({ to }) => to)) };
  const per = new Set(upstream.lookbacks.map(({ reach }) => reach.per));
  const none = new Map<number, Trail>();
  const trails = {
    player: per.has('player') ? await readTrailsBy('player_id', upstream.processor, span, context) : none,
    team: per.has('team') ? await readTrailsBy('team_id', upstream.processor, span, context) : none,
  };
  const playing = new Map<GameDate, ReadonlySet<number>>();
  const teamsOn = (date: GameDate): ReadonlySet<number> => {
    const known = playing.get(date) ?? new Set(context.calendar.on(date).flatMap((game) => sidesOf(game).map(({ teamId }) => teamId)));
    playing.set(date, known);
    return known;
  };
  const nobody = new Set<number>();
  return { subjectsOf: (change) => subjects.get(keyOf(change)) ?? [], trailOf: (per, id) => trails[per].get(id), teamsOn, playersOf: (date) => players.get(date) ?? nobody };
}

const keyOf = ({ date, version, kind, columns }: Pick<RecordedChange, 'date' | 'version' | 'kind' | 'columns'>): string =>
  `${date} ${kind === 'partition' ? 'whole' : `${version} ${columns?.join(',') ?? ''}`}`;

/** Whose rows each change touched: as it was recorded, and for a date that is new as a whole everybody who is stored there. */
async function readSubjects({ table }: Processor, changes: readonly RecordedChange[], { ledger }: ReadContext): Promise<ReadonlyMap<string, readonly Subject[]>> {
  const subjects = new Map<string, Subject[]>();
  const add = (key: string, subject: Subject): void => void (subjects.get(key)?.push(subject) ?? subjects.set(key, [subject]));
  const some = changes.filter(({ kind }) => kind === 'rows');
  if (some.length > 0) {
    const rows = await ledger.port.query(sql`SELECT DISTINCT game_date, version, columns, team_id, player_id FROM ${partitionChanges}
      WHERE table_name = ${literal(tableId(table))} AND kind NOT IN ('partition', 'unknown') AND version >= ${Math.min(...some.map(({ version }) => version))} AND game_date IN (${days(some)})`.text);
    for (const row of rows) {
      const columns = row['columns'] as string | null;
      add(keyOf({ date: row['game_date'] as GameDate, version: Number(row['version']), kind: 'rows', columns: columns?.split(',') ?? null }), { playerId: id(row['player_id']), teamId: id(row['team_id']) });
    }
  }
  const whole = changes.filter(({ kind }) => kind === 'partition');
  if (whole.length > 0) {
    const [player, team] = ['player_id', 'team_id'].map((column) => (column in table.columns ? identifier(column) : sql`CAST(NULL AS INT64)`)) as [Sql, Sql];
    const rows = await ledger.port.query(sql`SELECT DISTINCT ${identifier(table.partition)} AS stored_date, ${player} AS player_id, ${team} AS team_id FROM ${table}
      WHERE ${identifier(table.partition)} IN (${days(whole)})`.text);
    for (const row of rows) {
      add(keyOf({ date: row['stored_date'] as GameDate, version: 0, kind: 'partition', columns: null }), { playerId: id(row['player_id']), teamId: id(row['team_id']) });
    }
  }
  return subjects;
}

/**
 * The rows of every player, or team, in the span; none when the table does not have them. Only rows that a reader may see
 * count. Several processors follow changes of one table: it is read once until it has been written again.
 */
function readTrailsBy(column: 'player_id' | 'team_id', processor: Processor, span: DateRange, { ledger, settings }: ReadContext): Promise<ReadonlyMap<number, Trail>> {
  return ledger.remember(processor, `trails by ${column} ${span.from} ${span.to}`, () => queryTrails(column, processor, span, ledger.port, settings));
}

async function queryTrails(column: 'player_id' | 'team_id', { table, readable }: Processor, span: DateRange, port: QueryPort, settings: PipelineSettings): Promise<ReadonlyMap<number, Trail>> {
  const trails = new Map<number, { readonly dates: GameDate[]; readonly teamIds: Set<number> }>();
  if (!(column in table.columns)) return trails;
  const partition = identifier(table.partition);
  const team = 'team_id' in table.columns ? identifier('team_id') : sql`CAST(NULL AS INT64)`;
  const rows = await port.query(
    sql`SELECT ${identifier(column)} AS subject, ${team} AS team_id, STRING_AGG(CAST(${partition} AS STRING), ',' ORDER BY ${partition}) AS dates FROM ${table}
      WHERE ${partition} BETWEEN CAST(@from AS DATE) AND CAST(@to AS DATE) AND ${readable ? readable(settings) : sql`TRUE`} GROUP BY ${identifier(column)}, ${team}`.text,
    { from: span.from, to: span.to },
  );
  for (const row of rows) {
    const subject = Number(row['subject']);
    const trail = trails.get(subject) ?? { dates: [], teamIds: new Set<number>() };
    trails.set(subject, trail);
    trail.dates.push(...(String(row['dates']).split(',') as GameDate[]));
    if (row['team_id'] !== null) trail.teamIds.add(Number(row['team_id']));
  }
  for (const { dates } of trails.values()) dates.sort();
  return trails;
}

/** The players of whom a processor's own table holds rows, by date; none when it is not about players. */
async function readPlayersByDate({ table }: Processor, dates: readonly GameDate[], { ledger }: ReadContext): Promise<ReadonlyMap<GameDate, ReadonlySet<number>>> {
  if (!('player_id' in table.columns)) return new Map();
  const partition = identifier(table.partition);
  const rows = await ledger.port.query(
    sql`SELECT ${partition} AS stored_date, STRING_AGG(CAST(player_id AS STRING), ',') AS players FROM ${table}
      WHERE ${partition} BETWEEN CAST(@from AS DATE) AND CAST(@to AS DATE) GROUP BY ${partition}`.text,
    { from: min(dates), to: max(dates) },
  );
  return new Map(rows.map((row) => [row['stored_date'] as GameDate, new Set(String(row['players']).split(',').map(Number))]));
}

const days = (changes: readonly RecordedChange[]): Sql => joinSql([...new Set(changes.map(({ date }) => date))].map((date) => sql`CAST(${literal(date)} AS DATE)`));
const id = (cell: unknown): number | null => (cell === null ? null : Number(cell));
const min = (dates: readonly GameDate[]): GameDate => dates.reduce((a, b) => (a < b ? a : b));
const max = (dates: readonly GameDate[]): GameDate => dates.reduce((a, b) => (a > b ? a : b));
