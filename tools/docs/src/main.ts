import { registry } from '@nba/wiring';
import { DOCUMENTED_STATE_TABLES } from './documented-tables';
import { comparePages } from './folder/compare-pages';
import { readPages, writePages } from './folder/pages-folder';
import { PAGES_FOLDER, renderPages } from './pages/render-pages';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** `generate` writes the pages, `check` says whether they are current: exit 0 or 1. Run in the repository's root. */
function main([command]: readonly string[]): number {
  const pages = renderPages(registry, DOCUMENTED_STATE_TABLES);
  if (command === 'generate') {
    writePages(process.cwd(), PAGES_FOLDER, pages);
    say(`${pages.size} files in ${PAGES_FOLDER}.`);
    return 0;
  }
  if (command === 'check') {
    const wrong = comparePages(pages, readPages(process.cwd(), PAGES_FOLDER));
    wrong.forEach(say);
    say(wrong.length === 0 ? `${PAGES_FOLDER} is current.` : 'Next: npx nx run docs:generate');
    return wrong.length === 0 ? 0 : 1;
  }
  say('Usage: docs generate | check');
  return 2;
}

process.exitCode = main(process.argv.slice(2));
