import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The files of a folder by their path from the root; none when it is not there. */
export function readPages(root: string, folder: string): Map<string, string> {
  if (!existsSync(join(root, folder))) return new Map();
  const names = readdirSync(join(root, folder), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(names.map((entry) => {
    const path = join(entry.parentPath, entry.name).slice(root.length + 1);
    return [path, readFileSync(join(root, path), 'utf8')];
  }));
}

/** Makes the folder hold these files and no others. */
export function writePages(root: string, folder: string, pages: ReadonlyMap<string, string>): void {
  for (const path of readPages(root, folder).keys()) if (!pages.has(path)) rmSync(join(root, path));
  for (const [path, text] of pages) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}
