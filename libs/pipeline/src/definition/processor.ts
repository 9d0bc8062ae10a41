import { type DocumentKind, type DocumentRef, type GameDate, type GameType, type Lookback, type Reach, type Row, type Season, type Sql, type TableDefinition, columnList, sql } from '@nba/kernel';

export type Phase = 2 | 3 | 4;

/** One upstream table with every lookback at it. The query sees it only through the relation rendered from this. */
export interface Upstream {
  readonly processor: Processor;
  readonly lookbacks: readonly Lookback[];
}

export type Upstreams = Readonly<Record<string, Upstream>>;

/** What is the same for a whole pipeline and part of every processor's code version. */
export interface PipelineSettings {
  /** Game types that count; see DEFAULT_GAME_TYPES. */
  readonly gameTypes: readonly GameType[];
}

/** What a spine or query is written from. */
export interface QueryContext<U extends Upstreams> {
  /** The upstream relations by their names in the declaration: declared columns, keys and season; declared dates only. */
  readonly from: { readonly [K in keyof U]: Sql };
  /** `<column> BETWEEN` the first and last date asked for: the dates whose rows are the result. */
  inRange(column: string): Sql;
}

interface ProcessorCommon {
  /** As in `PlayerGameSummaryProcessor`; follows from the table's name. */
  readonly name: string;
  readonly phase: Phase;
  readonly table: TableDefinition;
  readonly upstreams: Upstreams;
  /** Which games its rows are about, and so on which dates it has units: those played, or all that are scheduled. */
  readonly games: 'final' | 'scheduled';
  /** The columns a spine yields beside the partition: the table's key, or the part of it that can be expected. */
  readonly spineKey: readonly string[];
  /** The keys that must be stored for the dates asked for. */
  readonly spine: (context: QueryContext<Upstreams>) => Sql;
  /** The upstream whose keys of the date are the spine, where it is as simple as that: then nobody else can be in the unit. */
  readonly keysOf: string | undefined;
  /** Why a date may rightly have no rows. */
  readonly emptyReason: string;
  /** A condition on this table's rows that every reader gets, for example "counted game types only". */
  readonly readable: ((settings: PipelineSettings) => Sql) | undefined;
}

/** Computes its rows by one query over upstream tables. */
export interface QueryProcessor extends ProcessorCommon {
  readonly kind: 'query';
  readonly query: (context: QueryContext<Upstreams> & { readonly spine: Sql }) => Sql;
}

/** A lake document with its text. */
export interface LakeDocument {
  readonly ref: DocumentRef;
  readonly text: string;
}

/** What an interpreter of documents is given for one unit. */
export interface RawInput {
  readonly partition: GameDate | Season;
  /** Every version of the unit's document, oldest first. */
  readonly documents: readonly LakeDocument[];
  /** The unit's games as nba_raw.nbac_schedule has them, all types and states; for the schedule itself its season's stored rows. */
  readonly schedule: readonly Row[];
  readonly settings: PipelineSettings;
}

/** Something wrong or noteworthy in a document. Errors make the unit partial or failed; warnings are reported. */
export interface Finding {
  readonly severity: 'error' | 'warning';
  /** Stable, for example `TOTALS_DIFFER`. */
  readonly code: string;
  /** Names the file, the date, the game and the team, as far as there is one. */
  readonly message: string;
}

export interface RawOutput {
  readonly rows: readonly Row[];
  readonly findings: readonly Finding[];
  /** Paths of the documents that rows were taken from. */
  readonly sources: readonly string[];
}

/** Makes its rows from lake documents by a pure function. */
export interface DocumentProcessor extends ProcessorCommon {
  readonly kind: 'document';
  readonly documents: DocumentKind;
  /** A unit is one game date, or one season. */
  readonly unit: 'date' | 'season';
  /** Raised whenever `interpret` changes what it yields: parsers have no SQL to hash. */
  readonly revision: number;
  readonly interpret: (input: RawInput) => RawOutput;
}

export type Processor = QueryProcessor | DocumentProcessor;

/** Whether a unit of the processor is a season; of all others it is a game date. */
export const isSeasonal = (processor: Processor): boolean => processor.kind === 'document' && processor.unit === 'season';

/** The name that goes with a table: `player_game_summary` → `PlayerGameSummaryProcessor`. */
export function processorName(table: TableDefinition): string {
  return `${table.name.replace(/(?:^|_)([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())}Processor`;
}

/** A query for the keys, or the upstream that has the same keys on the date. */
type Spine<U extends Upstreams> = ((context: QueryContext<U>) => Sql) | { readonly keysOf: keyof U & string };

type Optional = { readonly emptyReason?: string; readonly readable?: (settings: PipelineSettings) => Sql; readonly spineKey?: readonly string[] };
type Declared<P extends Processor, U extends Upstreams> = Omit<P, 'kind' | 'name' | 'upstreams' | 'spine' | 'keysOf' | 'query' | keyof Optional> &
  Optional & { readonly upstreams: U; readonly spine: Spine<U> };

/**
 * Declares a processor that computes its rows by one query.
 * `query` answers for every date in the range at once, whatever the range: one date at a time or four seasons
 * in one statement give the same bits. It must yield all the table's columns by name.
 */
export function defineProcessor<U extends Upstreams>(
  declared: Declared<QueryProcessor, U> & { readonly query: (context: QueryContext<U> & { readonly spine: Sql }) => Sql },
): QueryProcessor {
  return { kind: 'query', ...completed(declared), query: declared.query as QueryProcessor['query'] };
}

/** Declares a processor that makes its rows from lake documents. */
export function defineDocumentProcessor<U extends Upstreams>(declared: Declared<DocumentProcessor, U>): DocumentProcessor {
  const { documents, unit, revision, interpret } = declared;
  return { kind: 'document', ...completed(declared), documents, unit, revision, interpret };
}

function completed<U extends Upstreams>(declared: Omit<Declared<Processor, U>, never>): ProcessorCommon {
  const { phase, table, upstreams, spineKey = declared.table.key } = declared;
  return {
    name: processorName(table),
    phase,
    table,
    upstreams,
    games: declared.games,
    ...spineOf(declared.spine as Spine<Upstreams>, { table, upstreams, spineKey }),
    spineKey,
    emptyReason: declared.emptyReason ?? 'nothing is scheduled',
    readable: declared.readable,
  };
}

function spineOf(spine: Spine<Upstreams>, { table, upstreams, spineKey }: Pick<ProcessorCommon, 'table' | 'upstreams' | 'spineKey'>): Pick<ProcessorCommon, 'spine' | 'keysOf'> {
  if (typeof spine === 'function') return { spine, keysOf: undefined };
  const { keysOf } = spine;
  if (!upstreams[keysOf]?.lookbacks.some(({ reach }) => reach.kind === 'same-date')) {
    throw new TypeError(`${table.dataset}.${table.name} has the keys of "${keysOf}", which it does not read on the same date`);
  }
  const keys = columnList([...new Set([table.partition, ...spineKey])]);
  return { keysOf, spine: ({ from, inRange }) => sql`SELECT ${keys} FROM ${from[keysOf] as Sql} AS k WHERE ${inRange(table.partition)}` };
}

/** Reads the table of another processor through the given lookbacks. */
export function reads(processor: Processor, ...lookbacks: readonly Lookback[]): Upstream {
  return { processor, lookbacks };
}

/** A lookback with a hole in whose window the unit waits. Columns are those read beside keys, season and date. */
export function blocks(reach: Reach, columns: readonly string[]): Lookback {
  return { reach, effect: 'blocks', columns };
}

/** A lookback with a hole in whose window the unit runs, stores the coverage it had, and is stale once the hole is filled. */
export function informs(reach: Reach, columns: readonly string[]): Lookback {
  return { reach, effect: 'informs', columns };
}
