export type { EventSink } from './event-sink';
export { FileSink } from './file-sink';
export { HttpSink } from './http-sink';
export { type DatasetName, type LineagePlaces, documentsName, tableName } from './naming';
export { type EmitterOptions, OpenLineageEmitter } from './open-lineage-emitter';
export { type Facet, type LineageDataset, type RunEvent, runEvent } from './run-event';
export { uuidOf } from './run-uuid';
