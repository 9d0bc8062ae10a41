import { readFileSync } from 'node:fs';
import type { Problem } from '@arethetypeswrong/core' with { 'resolution-mode': 'import' };
import { filesBehind, type Manifest } from '../packing/manifest';
import { findStrangers } from './find-strangers';

/** What a tarball holds, and what is wrong with it. */
export interface TarballReport {
  readonly manifest: Manifest;
  readonly packedBytes: number;
  readonly unpackedBytes: number;
  readonly files: readonly string[];
  /** A sentence each; empty when nothing is wrong. */
  readonly findings: readonly string[];
}

/** How TypeScript and bundlers resolved packages before `exports` were known to them. ADR 0039 says why it is not served. */
const NOT_SERVED = 'node10';

/** Looks at a packed library as publint does, as TypeScript does (by arethetypeswrong), and for files that should not be in it. */
export async function checkTarball(file: string): Promise<TarballReport> {
  // Both are ES modules, and this program is not.
  const [{ checkPackage, createPackageFromTarballData }, { publint }, { formatMessage }] = await Promise.all([import('@arethetypeswrong/core'), import('publint'), import('publint/utils')]);
  const packed = readFileSync(file);
  const unpacked = createPackageFromTarballData(new Uint8Array(packed));
  const prefix = `/node_modules/${unpacked.packageName}/`;
  const files = unpacked.listFiles().map((path) => path.slice(prefix.length)).sort();
  const manifest = JSON.parse(unpacked.readFile(`${prefix}package.json`)) as Manifest;
  const lint = await publint({ strict: true, pack: { tarball: packed.buffer.slice(packed.byteOffset, packed.byteOffset + packed.byteLength) } });
  const types = await checkPackage(unpacked);
  return {
    manifest,
    packedBytes: packed.byteLength,
    unpackedBytes: files.reduce((sum, path) => sum + Buffer.byteLength(unpacked.readFile(prefix + path)), 0),
    files,
    findings: [
      ...findStrangers(files).map((path) => `${path} does not belong into a package`),
      ...Object.values(manifest.exports ?? {}).flatMap(filesBehind).filter((path) => !files.includes(path.replace(/^\.\//, ''))).map((path) => `exports lead to ${path}, which is not in the package`),
      ...lint.messages.map((message) => `publint: ${message.type} ${message.code}: ${formatMessage(message, lint.pkg, { color: false }) ?? message.path.join('.')}`),
      ...(types.types === false ? ['attw: has no types'] : types.problems.filter(isServed).map(describeProblem)),
    ],
  };
}

const isServed = (problem: Problem): boolean => !('resolutionKind' in problem && problem.resolutionKind === NOT_SERVED) && !('resolutionOption' in problem && problem.resolutionOption === NOT_SERVED);

function describeProblem(problem: Problem): string {
  const { kind, ...rest } = problem;
  return `attw: ${kind} ${JSON.stringify(rest, (key, value: unknown) => (key === 'trace' ? undefined : value))}`;
}
