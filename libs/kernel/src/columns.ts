import type { Column } from './table';

/** Short forms for column declarations: the type, and what the column means with its unit. */
export const text = (description: string): Column => ({ type: 'STRING', description });
/** Says where a row was taken from. It is stored, and a difference in it alone is no change of content. */
export const provenance = (description: string): Column => ({ type: 'STRING', description, isProvenance: true });
export const integer = (description: string): Column => ({ type: 'INT64', description });
export const float = (description: string): Column => ({ type: 'FLOAT64', description });
export const flag = (description: string): Column => ({ type: 'BOOL', description });
export const date = (description: string): Column => ({ type: 'DATE', description });
export const timestamp = (description: string): Column => ({ type: 'TIMESTAMP', description });
