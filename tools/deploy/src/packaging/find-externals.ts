import { isBuiltin } from 'node:module';
import { build } from 'esbuild';

/**
 * The packages that a bundle still requires by name, as its syntax says it; Node's own left out.
 * What a library only tries to require, and does without, may be among them.
 */
export async function findExternals(bundle: string): Promise<string[]> {
  const { metafile } = await build({ entryPoints: [bundle], bundle: true, write: false, metafile: true, packages: 'external', platform: 'node', format: 'cjs', logLevel: 'silent' });
  const imports = Object.values(metafile.inputs).flatMap((input) => input.imports);
  const named = imports.filter(({ external, path }) => external && !isBuiltin(path) && !path.startsWith('.') && !path.startsWith('/'));
  return [...new Set(named.map(({ path }) => packageOf(path)))].sort();
}

/** `@scope/name/deep/file` belongs to `@scope/name`. */
const packageOf = (path: string): string => path.split('/').slice(0, path.startsWith('@') ? 2 : 1).join('/');
