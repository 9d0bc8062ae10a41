import { NbaError } from './nba-error';

/** By `require` and by `import`. */
const NOT_FOUND: readonly unknown[] = ['MODULE_NOT_FOUND', 'ERR_MODULE_NOT_FOUND'];

/**
 * What to throw when an optional package could not be loaded: NbaError PACKAGE_MISSING when it is not installed, else the fault as it is
 * (a package that is there and broken speaks for itself).
 * @param wanted the package with its major version, as npm takes it: `@google-cloud/storage@7`
 * @param purpose who needs it, as the subject of a sentence: `A lake in Cloud Storage`
 */
export function packageFault(fault: unknown, wanted: string, purpose: string): unknown {
  const name = wanted.slice(0, wanted.lastIndexOf('@'));
  const { code, message } = Object(fault) as { readonly code?: unknown; readonly message?: unknown };
  // Another package that this one needs may be what is missing.
  if (!NOT_FOUND.includes(code) || !String(message).includes(`'${name}'`)) return fault;
  return new NbaError('PACKAGE_MISSING', `${purpose} needs the package ${name}, which is not installed.`, { next: `npm install ${wanted}` }, fault);
}
