import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import addFormats from 'ajv-formats';
import Ajv2020, { type AnySchemaObject } from 'ajv/dist/2020';
import type { RunEvent } from '@nba/open-lineage';
import { ROOT } from './programs.fixture';

const FOLDER = join(ROOT, 'libs/open-lineage/schema');
const read = (file: string): AnySchemaObject => JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as AnySchemaObject;

/** What is wrong with an event, and with each of its facets, by the published schemas (libs/open-lineage/schema/README.md); empty when nothing is. */
export function findLineageFaults(event: RunEvent): string[] {
  const facets = [event.run, event.job, ...event.inputs, ...event.outputs].flatMap((part) => {
    const { facets, inputFacets = {}, outputFacets = {} } = part as Partial<RunEvent['outputs'][number]>;
    return Object.values({ ...facets, ...inputFacets, ...outputFacets });
  });
  return [faultsBy(event.schemaURL, event), ...facets.map((facet) => faultsBy(facet._schemaURL, facet))].flat();
}

const ajv = addFormats(new Ajv2020({ strict: false, allErrors: true })) as Ajv2020;
const core = read('OpenLineage-2-0-0.json');
for (const version of ['2-0-0', '1-0-2', '2-0-2']) {
  ajv.addSchema({ ...core, $id: `https://openlineage.io/spec/${version}/OpenLineage.json` });
  // Facets are judged one by one, by the schema that each names.
  for (const name of new Set([...JSON.stringify(core).matchAll(/facets\/\w+\.json/g)].map(([path]) => path))) ajv.addSchema({ not: {} }, `https://openlineage.io/spec/${version}/${name}`);
}
for (const file of readdirSync(join(FOLDER, 'facets'))) ajv.addSchema(read(join('facets', file)));

function faultsBy(url: string, value: unknown): string[] {
  const validate = ajv.getSchema(url);
  if (!validate) return [`there is no schema ${url}`];
  return validate(value) ? [] : (validate.errors ?? []).map(({ instancePath, message }) => `${url} ${instancePath} ${message}`);
}
