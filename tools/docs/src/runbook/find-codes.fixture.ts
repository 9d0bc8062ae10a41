import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { WORKSPACE_ROOT } from '../workspace-root.fixture';

export const textOf = (path: string): string => readFileSync(join(WORKSPACE_ROOT, path), 'utf8');

function sourcesIn(folder: string): string[] {
  return readdirSync(join(WORKSPACE_ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !/\.(spec|fixture)\.ts$/.test(name)).sort().map((name) => textOf(join(folder, name)));
}

/** The strings that a type may be: of `export type <name> = 'a' | 'b';`. */
export function unionMembers(path: string, name: string): string[] {
  const [, body = ''] = new RegExp(`export type ${name} =([^;]+);`).exec(textOf(path)) ?? [];
  return strings(body);
}

/** The kinds that the variants of a union of objects, or the interfaces it is made of, are told apart by. */
export function kindsIn(path: string, name: string): string[] {
  const text = textOf(path);
  const [, body = ''] = new RegExp(`export (?:type ${name} =|interface ${name} )([\\s\\S]*?)(?:;\\n\\n|;\\n?$|\\n}\\n)`).exec(text) ?? [];
  const inline = [...body.matchAll(/readonly kind: ([^;}]+)/g)].flatMap(([, kinds = '']) => strings(kinds));
  const named = inline.length > 0 ? [] : [...body.matchAll(/\b([A-Z]\w+)/g)].flatMap(([, other = '']) => kindsIn(path, other));
  return [...new Set([...inline, ...named])];
}

const strings = (text: string): string[] => [...text.matchAll(/'([^']+)'/g)].map(([, value = '']) => value);

/** Codes of findings that fail a unit, or make it partial; what is only ever a warning raises no alert. */
export function findingCodes(): string[] {
  const calls = sourcesIn('libs/processors-raw/src').flatMap((text) => [...text.matchAll(/\b(\w+)\(\s*'([A-Z]+(?:_[A-Z]+)+)'/g)]);
  return [...new Set(calls.flatMap(([, by = '', code = '']) => (['errorFinding', 'report', 'add'].includes(by) ? [code] : [])))].sort();
}

/** Every code that a recorded unit, an incident or a program that gives up can carry. */
export function everyCode(): string[] {
  const faults = unionMembers('libs/kernel/src/nba-error.ts', 'ErrorCode');
  const statuses = unionMembers('libs/kernel/src/warehouse.ts', 'RunStatus').filter((status) => !['success', 'empty_ok', 'skipped'].includes(status));
  const reasons = kindsIn('libs/dependency-guard/src/verdict.ts', 'BlockedReason');
  // Roots without a record of their own, keys that differ in the replacement script, and channels: each is written in one place.
  const literals = [['DATA_GAPS', 'libs/pipeline/src/recovery/root-causes.ts'], ['KEYS_DIFFER', 'libs/kernel/src/replacement-script.ts'], ['AlertChannel', 'libs/alerts/src/find-channel-causes.ts']] as const;
  for (const [code, path] of literals) if (!textOf(path).includes(code)) throw new Error(`${path} knows ${code} no more`);
  const upper = (name: string): string => name.replaceAll('-', '_').toUpperCase();
  return [...new Set([...faults, ...findingCodes(), ...statuses.map(upper), ...reasons.map(upper), ...literals.map(([code]) => code)])].sort();
}
