import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { findAnchors, findLinks } from './find-links';

/** The links of one Markdown file that lead nowhere, a line each; nothing when all are good. */
export function checkLinks(root: string, file: string): string[] {
  return findLinks(readFileSync(join(root, file), 'utf8')).flatMap(({ line, target }) => {
    const [path = '', anchor] = target.split('#');
    const found = path === '' ? join(root, file) : join(root, path.startsWith('/') ? path : join(dirname(file), path));
    const where = `${file}:${line} leads to ${target}`;
    if (relative(root, found).startsWith('..')) return [`${where}, which is outside of the repository`];
    if (!existsSync(found)) return [`${where}, which is not there`];
    if (anchor === undefined || anchor === '' || statSync(found).isDirectory() || !found.endsWith('.md')) return [];
    return findAnchors(readFileSync(found, 'utf8')).has(anchor) ? [] : [`${where}, which has no such heading`];
  });
}
