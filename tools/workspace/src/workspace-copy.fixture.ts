import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { workspaceRoot } from './workspace-root.fixture';

/** A copy of this repository as it is on disk, in a folder of its own. */
export interface WorkspaceCopy {
  readonly root: string;
  /** Deletes it. */
  remove(): void;
}

/**
 * Copies every file that git knows or would add, and links the installed packages: those of others to where they are, our own
 * to the copy. So nothing that runs in the copy reads or writes a source of the original.
 */
export function copyWorkspace(): WorkspaceCopy {
  const root = mkdtempSync(join(tmpdir(), 'nba-workspace-'));
  const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], { cwd: workspaceRoot, encoding: 'utf8', maxBuffer: 64 * 2 ** 20 });
  for (const file of new Set(files.split('\0').filter((name) => name !== '' && existsSync(join(workspaceRoot, name))))) {
    mkdirSync(join(root, dirname(file)), { recursive: true });
    cpSync(join(workspaceRoot, file), join(root, file));
  }
  linkPackages(join(workspaceRoot, 'node_modules'), join(root, 'node_modules'), root);
  return { root, remove: () => rmSync(root, { recursive: true, force: true }) };
}

function linkPackages(from: string, to: string, root: string): void {
  mkdirSync(to);
  for (const entry of readdirSync(from)) {
    if (entry === '@nba') continue;
    if (entry.startsWith('@')) linkPackages(join(from, entry), join(to, entry), root);
    else symlinkSync(join(from, entry), join(to, entry));
  }
  if (to !== join(root, 'node_modules')) return;
  mkdirSync(join(to, '@nba'));
  for (const folder of ['libs', 'apps', 'tools'].flatMap((group) => readdirSync(join(root, group)).map((name) => join(root, group, name)))) {
    if (existsSync(join(folder, 'package.json'))) symlinkSync(folder, join(to, '@nba', folder.slice(dirname(folder).length + 1)));
  }
}
