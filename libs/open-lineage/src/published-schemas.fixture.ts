import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import addFormats from 'ajv-formats';
import Ajv2020, { type AnySchemaObject } from 'ajv/dist/2020';
import type { Facet, LineageDataset, RunEvent } from './run-event';

const SCHEMAS = join(__dirname, '../schema');
const CORE = 'https://openlineage.io/spec/2-0-0/OpenLineage.json';
const read = (file: string): AnySchemaObject => JSON.parse(readFileSync(join(SCHEMAS, file), 'utf8')) as AnySchemaObject;

function openSchemas(): Ajv2020 {
  const ajv = addFormats(new Ajv2020({ strict: false, allErrors: true })) as Ajv2020;
  const core = read('OpenLineage-2-0-0.json');
  ajv.addSchema(core);
  // The base facets that facets refer to in other versions of the core schema.
  for (const version of ['1-0-2', '2-0-2']) ajv.addSchema({ ...core, $id: `https://openlineage.io/spec/${version}/OpenLineage.json` });
  for (const file of readdirSync(join(SCHEMAS, 'facets'))) ajv.addSchema(read(join('facets', file)));
  // The core names some facets beside itself as one way among others; each is judged by its own schema below.
  for (const name of new Set([...JSON.stringify(core).matchAll(/facets\/\w+\.json/g)].map(([path]) => path))) for (const version of ['2-0-0', '1-0-2', '2-0-2']) ajv.addSchema({ not: {} }, `https://openlineage.io/spec/${version}/${name}`);
  return ajv;
}

const schemas = openSchemas();

/** What is wrong with an event and its facets by the published schemas, a line each; empty when nothing is. */
export function findFaults(event: RunEvent): string[] {
  const datasets = [...event.inputs, ...event.outputs];
  const facets = [event.run.facets, event.job.facets, ...datasets.flatMap((dataset: LineageDataset) => [dataset.facets, dataset.inputFacets ?? {}, dataset.outputFacets ?? {}])];
  return [...faultsBy(`${CORE}#/$defs/RunEvent`, event), ...faultsBy(event.schemaURL, event), ...facets.flatMap((of) => Object.entries(of)).flatMap(([name, facet]) => faultsOf(name, facet))];
}

/** A published schema says under which name a facet stands, and so a misspelt one is found. */
function faultsOf(name: string, facet: Facet): string[] {
  const url = facet._schemaURL.split('#')[0] ?? '';
  const own = schemas.getSchema(url)?.schema as AnySchemaObject | undefined;
  if (!own) return [`${name}: there is no schema ${url}`];
  const stands = url.startsWith('urn:') || Object.hasOwn((own['properties'] as object | undefined) ?? {}, name);
  return [...(stands ? [] : [`${name} is not what ${url} is for`]), ...faultsBy(facet._schemaURL, facet), ...(url.startsWith('urn:') ? [] : faultsBy(url, { [name]: facet }))];
}

function faultsBy(url: string, value: unknown): string[] {
  const validate = schemas.getSchema(url);
  if (!validate) return [`there is no schema ${url}`];
  return validate(value) ? [] : (validate.errors ?? []).map(({ instancePath, message }) => `${url} ${instancePath} ${message}`);
}
