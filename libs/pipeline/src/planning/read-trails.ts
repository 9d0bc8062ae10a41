import { type DateRange, type GameDate, type QueryPort, type Sql, identifier, joinSql, literal, seasonOf, seasonSpan, sql } from '@nba/kernel';
import { type GameCalendar, sidesOf } from '@nba/schedule';
import type { PipelineSettings, Processor, Upstream } from '../definition/processor';
import type { Ledger } from './ledger';
import type { ReachingChange, RecordedChange, Subject } from './reaching-changes';
import type { Trail, TrailFacts } from './trails';

interface ReadContext {
  readonly ledger: Ledger;
  readonly settings: PipelineSettings;
  readonly calendar: GameCalendar;
}

/** Reads what it takes to follow some changes to units of a processor, for each upstream that was changed. */
export async function readTrails(processor: Processor, reaching: readonly ReachingChange[], dates: readonly GameDate[], context: ReadContext): Promise<(upstream: Upstream) => TrailFacts> {
  const upstreams = [...new Set(reaching.map((one) => one.upstream))];
  const changesOf = (upstream: Upstream) => [...new Set(reaching.filter((one) => one.upstream === upstream).map(({ change }) => change))];
  // A change that reaches a hundred units stands there a hundred times.
  const concerned = subjectsNamed([...new Set(reaching.map(({ change }) => change))], 'playerId');
  const [players, ...all] = await Promise.all([readPlayersByDate(processor, dates, concerned, context), ...upstreams.map((upstream) => readUpstream(upstream, changesOf(upstream), context))]);
  const nobody = new Set<number>();
  const playersOf = (date: GameDate) => players.get(date) ?? nobody;
  const facts = new Map(upstreams.map((upstream, i) => [upstream, { ...(all[i] as UpstreamFacts), playersOf, holdsAllPlayers: processor.keysOf !== undefined }]));
  return (upstream) => facts.get(upstream) as TrailFacts;
}

/** Whom some changes name, in order; undefined where a date is new as a whole: then it may be anybody. */
function subjectsNamed(changes: readonly RecordedChange[], as: keyof Subject): readonly number[] | undefined {
  if (changes.some(({ kind }) => kind === 'partition')) return undefined;
  return [...new Set(changes.flatMap(({ subjects }) => subjects.flatMap((subject) => subject[as] ?? [])))].sort((a, b) => a - b);
}

const isAmong = (column: Sql, ids: readonly number[] | undefined): Sql => (ids ? sql`${column} IN (${joinSql(ids.map((one) => sql`${one}`))})` : sql`TRUE`);

type UpstreamFacts = Omit<TrailFacts, 'playersOf' | 'holdsAllPlayers'>;

async function readUpstream({ processor, lookbacks }: Upstream, changes: readonly RecordedChange[], context: ReadContext): Promise<UpstreamFacts> {
  const seasons = changes.map(({ date }) => seasonSpan(seasonOf(date)));
  const span = { from: min(seasons.map(({ from }) => from)), to: max(seasons.map(({ to }) => to)) };
  const per = new Set(lookbacks.map(({ reach }) => reach.per));
  const none = new Map<number, Trail>();
  const [stored, player, team] = await Promise.all([
    readStoredSubjects(processor, changes.filter(({ kind }) => kind === 'partition').map(({ date }) => date), context),
    per.has('player') ? readTrailsBy('player_id', { processor, span, ids: subjectsNamed(changes, 'playerId') }, context) : none,
    per.has('team') ? readTrailsBy('team_id', { processor, span, ids: subjectsNamed(changes, 'teamId') }, context) : none,
  ]);
  const trails = { player, team };
  const playing = new Map<GameDate, ReadonlySet<number>>();
  const teamsOn = (date: GameDate): ReadonlySet<number> => {
    const known = playing.get(date) ?? new Set(context.calendar.on(date).flatMap((game) => sidesOf(game).map(({ teamId }) => teamId)));
    playing.set(date, known);
    return known;
  };
  const subjectsOf = (change: RecordedChange) => (change.kind === 'partition' ? (stored.get(change.date) ?? []) : change.subjects);
  return { subjectsOf, trailOf: (which, id) => trails[which].get(id), teamsOn };
}

/** Everybody who is stored on some dates: whom a date that is new as a whole is about. */
async function readStoredSubjects({ table }: Processor, dates: readonly GameDate[], { ledger }: ReadContext): Promise<ReadonlyMap<GameDate, readonly Subject[]>> {
  const subjects = new Map<GameDate, Subject[]>();
  if (dates.length === 0) return subjects;
  const [player, team] = ['player_id', 'team_id'].map((column) => (column in table.columns ? identifier(column) : sql`CAST(NULL AS INT64)`)) as [Sql, Sql];
  const days = joinSql([...new Set(dates)].map((date) => sql`CAST(${literal(date)} AS DATE)`));
  const rows = await ledger.port.query(sql`SELECT DISTINCT ${identifier(table.partition)} AS stored_date, ${player} AS player_id, ${team} AS team_id FROM ${table}
    WHERE ${identifier(table.partition)} IN (${days})`.text);
  for (const row of rows) {
    const date = row['stored_date'] as GameDate;
    const subject = { playerId: id(row['player_id']), teamId: id(row['team_id']) };
    const known = subjects.get(date);
    if (known) known.push(subject);
    else subjects.set(date, [subject]);
  }
  return subjects;
}

/** Whose trails are asked for. */
interface Followed {
  readonly processor: Processor;
  readonly span: DateRange;
  /** Undefined for everybody's. */
  readonly ids: readonly number[] | undefined;
}

/**
 * The rows of some players, or teams, in the span; none when the table does not have them. Only rows that a reader may see
 * count. Several processors follow the same changes of one table: it is read once until it has been written again.
 */
function readTrailsBy(column: 'player_id' | 'team_id', followed: Followed, { ledger, settings }: ReadContext): Promise<ReadonlyMap<number, Trail>> {
  const { processor, span, ids } = followed;
  return ledger.remember(processor, `trails by ${column} ${span.from} ${span.to} ${ids?.join() ?? 'all'}`, () => queryTrails(column, followed, ledger.port, settings));
}

async function queryTrails(column: 'player_id' | 'team_id', { processor: { table, readable }, span, ids }: Followed, port: QueryPort, settings: PipelineSettings): Promise<ReadonlyMap<number, Trail>> {
  const trails = new Map<number, { readonly dates: GameDate[]; readonly teamIds: Set<number> }>();
  if (!(column in table.columns) || ids?.length === 0) return trails;
  const [partition, subjects] = [identifier(table.partition), identifier(column)];
  const team = 'team_id' in table.columns ? identifier('team_id') : sql`CAST(NULL AS INT64)`;
  const rows = await port.query(
    sql`SELECT ${subjects} AS subject, ${team} AS team_id, STRING_AGG(CAST(${partition} AS STRING), ',' ORDER BY ${partition}) AS dates FROM ${table}
      WHERE ${partition} BETWEEN CAST(@from AS DATE) AND CAST(@to AS DATE) AND ${isAmong(subjects, ids)} AND ${readable ? readable(settings) : sql`TRUE`}
      GROUP BY ${subjects}, ${team}`.text,
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

/** The players of whom a processor's own table holds rows, by date, of those that are asked for; none when it is not about players. */
async function readPlayersByDate({ table }: Processor, dates: readonly GameDate[], ids: readonly number[] | undefined, { ledger }: ReadContext): Promise<ReadonlyMap<GameDate, ReadonlySet<number>>> {
  if (!('player_id' in table.columns) || ids?.length === 0) return new Map();
  const partition = identifier(table.partition);
  const rows = await ledger.port.query(
    sql`SELECT ${partition} AS stored_date, STRING_AGG(CAST(player_id AS STRING), ',') AS players FROM ${table}
      WHERE ${partition} BETWEEN CAST(@from AS DATE) AND CAST(@to AS DATE) AND ${isAmong(identifier('player_id'), ids)} GROUP BY ${partition}`.text,
    { from: min(dates), to: max(dates) },
  );
  return new Map(rows.map((row) => [row['stored_date'] as GameDate, new Set(String(row['players']).split(',').map(Number))]));
}

const id = (cell: unknown): number | null => (cell === null ? null : Number(cell));
const min = (dates: readonly GameDate[]): GameDate => dates.reduce((a, b) => (a < b ? a : b));
const max = (dates: readonly GameDate[]): GameDate => dates.reduce((a, b) => (a > b ? a : b));
