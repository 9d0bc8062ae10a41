import { join, relative } from 'node:path';
import ts from 'typescript';
import type { Library } from './libraries';

/** Brings the `dist` of every library up to date, as `tsc --build` does. @throws Error with the compiler's messages */
export function buildLibraries(root: string, libraries: readonly Library[]): void {
  const messages: string[] = [];
  const format = { getCanonicalFileName: (name: string) => name, getCurrentDirectory: () => root, getNewLine: () => '\n' };
  const host = ts.createSolutionBuilderHost(ts.sys, undefined, (diagnostic) => messages.push(ts.formatDiagnostic(diagnostic, format).trimEnd()), () => undefined);
  const status = ts.createSolutionBuilder(host, libraries.map((library) => configOf(root, library)), {}).build();
  if (status !== ts.ExitStatus.Success) throw new Error(`The libraries do not compile, so nothing was packed:\n${messages.join('\n')}\n  Next: npx tsc --build`);
}

/**
 * The files that the library's sources of today become, from its folder: `dist/index.js`, `dist/index.d.ts`. Whatever else lies in `dist`
 * is left from sources that are gone, or is the compiler's own. Source maps are left out: they would lead to sources that are not shipped.
 */
export function findEmittedFiles(root: string, library: Library): string[] {
  const parsed = ts.getParsedCommandLineOfConfigFile(configOf(root, library), {}, { ...ts.sys, onUnRecoverableConfigFileDiagnostic: unreadable });
  const files = (parsed?.fileNames ?? []).flatMap((file) => ts.getOutputFileNames(parsed as ts.ParsedCommandLine, file, !ts.sys.useCaseSensitiveFileNames));
  return files.filter((file) => !file.endsWith('.map') && !file.endsWith('.tsbuildinfo')).map((file) => relative(join(root, library.folder), file)).sort();
}

const configOf = (root: string, { folder }: Library): string => join(root, folder, 'tsconfig.lib.json');

function unreadable({ messageText }: ts.Diagnostic): never {
  throw new Error(ts.flattenDiagnosticMessageText(messageText, '\n'));
}
