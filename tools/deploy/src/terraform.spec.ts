import { spawnSync } from 'node:child_process';
import { CLOUD_NAMES } from './names/cloud-names';
import { TERRAFORM_FOLDER, resourcesOf, terraformFiles } from './terraform.fixture';

const files = terraformFiles();
const text = files.map((one) => one.text).join('\n');
/** `var.names.jobs.fetch` → `jobs.fetch`; what Terraform itself offers on a value is left out. */
const used = [...new Set([...text.matchAll(/\bvar\.names\.([a-zA-Z0-9]+(?:\.[a-zA-Z0-9]+)?)/g)].map(([, path]) => path ?? ''))];

function valueAt(path: string): unknown {
  return path.split('.').reduce<unknown>((value, key) => (value as Readonly<Record<string, unknown>> | undefined)?.[key], CLOUD_NAMES);
}

describe('the Terraform configuration', () => {
  it('takes every name from the code', () => {
    expect(used.length).toBeGreaterThan(15);
    expect(used.filter((path) => valueAt(path) === undefined)).toEqual([]);
    // Each name of the code is used: nothing is named that nobody makes.
    expect(Object.keys(CLOUD_NAMES).filter((key) => !used.some((path) => path.split('.')[0] === key) && key !== 'images')).toEqual([]);
  });

  it('invents no name of its own', () => {
    const literals = files.flatMap(({ file, text: own }) => [...own.matchAll(/"([^"\n]*)"/g)].map(([, literal]) => `${file}: ${literal}`));
    expect(literals.length).toBeGreaterThan(100);
    expect(literals.filter((one) => /: [^$]*\bnba[-_]/.test(one))).toEqual([]);
  });

  it('declares the names with the parts that the code gives them', () => {
    const declared = (files.find(({ file }) => file === 'names.tf')?.text ?? '').split('locals {')[0] ?? '';
    for (const key of Object.keys(CLOUD_NAMES)) expect(declared).toMatch(new RegExp(`\\b${key} +=`));
    for (const list of [CLOUD_NAMES.topics, CLOUD_NAMES.schedules]) for (const key of Object.keys(list[0] ?? {})) expect(declared).toMatch(new RegExp(`\\b${key} +=`));
  });

  it('describes and, where it can be wrong, checks every variable', () => {
    const variables = [...text.matchAll(/^variable "(\w+)" \{\n([\s\S]*?)^\}/gm)].map(([, name, body]) => ({ name, body: body ?? '' }));
    expect(variables.length).toBeGreaterThan(8);
    for (const { name, body } of variables) expect([name, /description += "/.test(body), / type += /.test(body)]).toEqual([name, true, true]);
    expect(variables.filter(({ body }) => !body.includes('validation {') && !body.includes('= bool')).map(({ name }) => name)).toEqual(['names']);
  });

  it('lets no partition expire, and nobody from outside in', () => {
    expect(text).not.toMatch(/default_partition_expiration_ms|allUsers|allAuthenticatedUsers|roles\/(owner|editor|.*\.admin)"/);
    expect(resourcesOf('google_bigquery_dataset').filter((body) => body.includes('default_table_expiration_ms'))).toHaveLength(1);
    const [lake] = resourcesOf('google_storage_bucket');
    for (const line of [/uniform_bucket_level_access = true/, /public_access_prevention += "enforced"/, /versioning \{\s+enabled = true/]) expect(lake).toMatch(line);
  });

  it('leaves the checking of tokens to the handler: Cloud Run would take their signature away', () => {
    const [handler = ''] = resourcesOf('google_cloud_run_v2_service');
    for (const line of [/invoker_iam_disabled += true/, /ingress += "INGRESS_TRAFFIC_INTERNAL_ONLY"/]) expect(handler).toMatch(line);
    expect(text).not.toContain('google_cloud_run_v2_service_iam_member');
  });

  it('pushes in order, with a token, with dead letters that are kept', () => {
    const [handler = '', dead = ''] = resourcesOf('google_pubsub_subscription');
    for (const line of [/enable_message_ordering += true/, /ack_deadline_seconds += 600/, /oidc_token \{/, /retry_policy \{/, /dead_letter_policy \{/, /max_delivery_attempts/, /ttl = ""/]) expect(handler).toMatch(line);
    expect(dead).toMatch(/ttl = ""/);
    expect(dead).not.toContain('push_config');
  });

  const terraform = spawnSync('terraform', ['version'], { encoding: 'utf8' });
  const withTerraform = terraform.error ? it.skip : it;
  withTerraform(terraform.error ? 'is formatted and parses (terraform is not installed here)' : 'is formatted and parses', () => {
    const { status, stdout, stderr } = spawnSync('terraform', ['fmt', '-check', '-recursive', '-diff', TERRAFORM_FOLDER], { encoding: 'utf8' });
    expect([status, stdout, status === 0 ? '' : stderr]).toEqual([0, '', '']);
  });
});
