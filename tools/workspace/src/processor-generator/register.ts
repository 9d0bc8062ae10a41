import { NbaError } from '@nba/kernel';
import * as ts from 'typescript';
import type { Spellings } from './spellings';

/** Text to put into a file at a position. */
interface Insertion {
  readonly at: number;
  readonly text: string;
}

/**
 * A library's index.ts with the processor imported, exported and listed last in the library's array. Nothing else of the text is touched.
 * @param file path of the index for messages
 * @throws NbaError INVALID_DEFINITION when the file does not look as expected, with the three lines to write by hand
 */
export function registerIn(text: string, { constant, file: name }: Spellings, { array, file }: { readonly array: string; readonly file: string }): string {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const importLine = `import { ${constant} } from './${name}.processor';`;
  const byHand = (what: string) => new NbaError('INVALID_DEFINITION',
    `${file} has no ${what}, so that nothing was written. Make it look as it did (git diff ${file}), or write the files' registration by hand:\n`
    + `  ${importLine}\n  export { …, ${constant} };\n  export const ${array} = [ …, ${constant} ] as const;`, { file });

  const imports = source.statements.filter(ts.isImportDeclaration).filter((one) => /^'\.\/.*\.processor'$/.test(one.moduleSpecifier.getText()));
  const exported = source.statements.filter(ts.isExportDeclaration).find((one) => !one.moduleSpecifier && one.exportClause !== undefined && ts.isNamedExports(one.exportClause));
  const names = exported?.exportClause && ts.isNamedExports(exported.exportClause) ? exported.exportClause.elements : undefined;
  const listed = findArray(source, array);
  if (imports.length === 0) throw byHand('imports of processors');
  if (!names?.length) throw byHand('"export { … }" of its processors');
  if (!listed?.elements.length) throw byHand(`array "${array}"`);

  const after = imports.filter((one) => one.getText() < importLine).at(-1);
  const importAt: Insertion = after ? { at: after.end, text: `\n${importLine}` } : { at: (imports[0] as ts.ImportDeclaration).getStart(), text: `${importLine}\n` };
  const next = names.find((one) => one.getText() > constant);
  const exportAt: Insertion = next ? { at: next.getStart(), text: `${constant}, ` } : { at: (names.at(-1) as ts.Node).end, text: `, ${constant}` };
  const last = listed.elements.at(-1) as ts.Node;
  const indent = /\n[ \t]*$/.exec(text.slice(0, last.getStart()))?.[0];
  const listAt: Insertion = { at: last.end, text: `,${indent ?? ' '}${constant}` };
  return inserted(text, [importAt, exportAt, listAt]);
}

/** The elements of `export const <name> = [ … ] as const`. */
function findArray(source: ts.SourceFile, name: string): ts.ArrayLiteralExpression | undefined {
  const declarations = source.statements.filter(ts.isVariableStatement).flatMap((statement) => [...statement.declarationList.declarations]);
  const value = declarations.find((one) => one.name.getText() === name)?.initializer;
  const array = value && ts.isAsExpression(value) ? value.expression : value;
  return array && ts.isArrayLiteralExpression(array) ? array : undefined;
}

function inserted(text: string, insertions: readonly Insertion[]): string {
  return [...insertions].sort((a, b) => b.at - a.at).reduce((result, { at, text: piece }) => `${result.slice(0, at)}${piece}${result.slice(at)}`, text);
}
