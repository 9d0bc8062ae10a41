import { type RunEnd, type RunFacts, type TableDefinition, addDays } from '@nba/kernel';
import { startOfGameDate } from './game-day';
import { type DatasetName, type LineagePlaces, documentsName, sourceUri, tableName } from './naming';
import { uuidOf } from './run-uuid';

/** Who makes these events: version 1 of what they hold. */
export const PRODUCER = 'urn:nba:open-lineage:1';
/** Under which the pipeline's jobs are named. */
export const JOB_NAMESPACE = 'nba';

/** Versions of the published schemas that every event keeps to; they lie in `schema/`. */
const SPEC = 'https://openlineage.io/spec';
const RUN_EVENT_SCHEMA = `${SPEC}/2-0-0/OpenLineage.json#/$defs/RunEvent`;
const FACET_VERSIONS = {
  NominalTimeRunFacet: '1-0-0', ParentRunFacet: '1-1-0', ErrorMessageRunFacet: '1-0-0', SQLJobFacet: '1-0-1', SchemaDatasetFacet: '1-0-0', DatasourceDatasetFacet: '1-0-0',
  OutputStatisticsOutputDatasetFacet: '1-0-0',
} as const;

export interface Facet {
  readonly _producer: string;
  readonly _schemaURL: string;
  readonly [field: string]: unknown;
}
type Facets = Readonly<Record<string, Facet>>;

export interface LineageDataset extends DatasetName {
  readonly facets: Facets;
  readonly inputFacets?: Facets;
  readonly outputFacets?: Facets;
}

/** One OpenLineage run event: plain data, ready to be sent as JSON. */
export interface RunEvent {
  readonly eventType: 'START' | 'COMPLETE' | 'FAIL' | 'ABORT';
  readonly eventTime: string;
  readonly producer: string;
  readonly schemaURL: string;
  readonly run: { readonly runId: string; readonly facets: Facets };
  readonly job: { readonly namespace: string; readonly name: string; readonly facets: Facets };
  readonly inputs: readonly LineageDataset[];
  readonly outputs: readonly LineageDataset[];
}

const ENDINGS = { complete: 'COMPLETE', failed: 'FAIL', aborted: 'ABORT' } as const;

/** What is told of a run: that it has started, or how it ended. */
export function runEvent(run: RunFacts, end: RunEnd | undefined, places: LineagePlaces): RunEvent {
  const { output } = run;
  return {
    eventType: end ? ENDINGS[end.kind] : 'START',
    eventTime: end?.at ?? run.startedAt,
    producer: PRODUCER,
    schemaURL: RUN_EVENT_SCHEMA,
    run: { runId: uuidOf(run.runId), facets: { ...runFacets(run), ...(end?.fault && { errorMessage: facet('ErrorMessageRunFacet', { message: end.fault, programmingLanguage: 'SQL' }) }) } },
    job: { namespace: JOB_NAMESPACE, name: run.processor, facets: run.sql === null ? {} : { sql: facet('SQLJobFacet', { query: run.sql }) } },
    inputs: inputsOf(run, places),
    outputs: [{
      ...dataset(tableName(output, places), output),
      // An aborted run has written nothing, and says nothing of rows.
      ...(end && end.kind !== 'aborted' && { outputFacets: { outputStatistics: facet('OutputStatisticsOutputDatasetFacet', { rowCount: end.rows }) } }),
    }],
  };
}

function runFacets({ runId, processor, phase, trigger, correlationId, codeVersion, units, dates }: RunFacts): Facets {
  return {
    // The day after the last game date begins the next: the end is not included.
    nominalTime: facet('NominalTimeRunFacet', { nominalStartTime: startOfGameDate(dates.from), nominalEndTime: startOfGameDate(addDays(dates.to, 1)) }),
    parent: facet('ParentRunFacet', { run: { runId: uuidOf(correlationId) }, job: { namespace: JOB_NAMESPACE, name: requestName(trigger) } }),
    nba_run: ownFacet('NbaRunFacet', { runId, correlationId, processor, phase, trigger, codeVersion, units, gameDates: dates }),
  };
}

/** The request without what differs from one to the next: jobs recur, messages do not. */
const requestName = (trigger: string): string => `request ${trigger.split(';')[0]?.replace(/^message .*/, 'message') ?? ''}`.trim();

function inputsOf({ inputs, documents }: RunFacts, places: LineagePlaces): LineageDataset[] {
  const tables = inputs.map(({ table, columns }) => ({ ...dataset(tableName(table, places), table), inputFacets: { nba_columnsRead: ownFacet('NbaColumnsReadInputDatasetFacet', { columns }) } }));
  return documents === null ? tables : [...tables, dataset(documentsName(documents, places))];
}

function dataset(name: DatasetName, table?: TableDefinition): LineageDataset {
  const fields = Object.entries(table?.columns ?? {}).map(([column, { type, description }]) => ({ name: column, type, description }));
  return {
    ...name,
    facets: { dataSource: facet('DatasourceDatasetFacet', { name: name.namespace, uri: sourceUri(name) }), ...(table && { schema: facet('SchemaDatasetFacet', { fields }) }) },
  };
}

function facet(name: keyof typeof FACET_VERSIONS, fields: Readonly<Record<string, unknown>>): Facet {
  return { _producer: PRODUCER, _schemaURL: `${SPEC}/facets/${FACET_VERSIONS[name]}/${name}.json#/$defs/${name}`, ...fields };
}

/** Custom facets, whose schemas are this package's own. */
function ownFacet(name: 'NbaRunFacet' | 'NbaColumnsReadInputDatasetFacet', fields: Readonly<Record<string, unknown>>): Facet {
  return { _producer: PRODUCER, _schemaURL: `urn:nba:open-lineage:1:${name}`, ...fields };
}
