import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WORKSPACE_ROOT } from '../workspace-root.fixture';
import { checkLinks } from './check-links';
import { findAnchors, findLinks, slugOf } from './find-links';

describe('links of the documentation', () => {
  it('all lead to a file or heading that is there', () => {
    const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.md'], { cwd: WORKSPACE_ROOT, encoding: 'utf8' })
      .split('\n').filter((file) => file.endsWith('.md') && existsSync(join(WORKSPACE_ROOT, file)));
    expect(files).toEqual(expect.arrayContaining(['README.md', 'CONTRIBUTING.md', 'docs/tables/README.md']));
    expect(files.flatMap((file) => checkLinks(WORKSPACE_ROOT, file))).toEqual([]);
  });

  it('are told apart from code and from addresses on the web', () => {
    const links = findLinks('See [a](b.md#c) and ![p](p.svg).\n`[no](x.md)` [web](https://example.com/a)\n```\n[no](y.md)\n```\n[last](#here)');
    expect(links).toEqual([{ line: 1, target: 'b.md#c' }, { line: 1, target: 'p.svg' }, { line: 6, target: '#here' }]);
  });

  it('name headings as GitHub does', () => {
    expect(slugOf('Scenario C: Upstream Failure — `failed`')).toBe('scenario-c-upstream-failure--failed');
    expect(slugOf('nba_reference.dead_letters')).toBe('nba_referencedead_letters');
    expect([...findAnchors('# One\n## Twice\n```\n# no\n```\n## Twice\n')]).toEqual(['one', 'twice', 'twice-1']);
  });
});

describe('a link that leads nowhere', () => {
  const root = mkdtempSync(join(tmpdir(), 'nba-links-'));
  afterAll(() => rmSync(root, { recursive: true }));

  it('is named with its file and line', () => {
    mkdirSync(join(root, 'docs'));
    writeFileSync(join(root, 'docs/other.md'), '# There\n');
    writeFileSync(join(root, 'docs/page.md'), 'Good: [a](other.md#there) [b](../docs/other.md) [c](/docs/other.md)\n[d](other.md#gone)\n[e](none.md)\n[f](../../etc)\n');
    expect(checkLinks(root, 'docs/page.md')).toEqual([
      'docs/page.md:2 leads to other.md#gone, which has no such heading',
      'docs/page.md:3 leads to none.md, which is not there',
      'docs/page.md:4 leads to ../../etc, which is outside of the repository',
    ]);
  });
});
