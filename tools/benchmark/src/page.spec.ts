import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { renderBenchmarks } from './page';
import { compared, single } from './line';
import type { Machine } from './machine';
import type { Measurement } from './measurement';

const run = (ms: number): Measurement => ({ stages: { first: ms - 100, last: 100 }, peakBytes: 2 ** 27, cpuMs: 2 * ms });
const IDLE: Machine = { text: '2 cores', date: '2026-01-31', load: 0.2, times: 3 };

describe('the page', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'nba-benchmark-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const rowsOf = (page: string): string[] => page.split('\n').filter((line) => /^\| (one|two|three) /.test(line));

  it('has medians of whole runs, their ratio, and whether the aim is met', () => {
    const lines = [compared('one', [run(400), run(200), run(9000)], [run(800), run(600), run(500)], { times: 1.5 }), compared('two', undefined, [run(1500)], { ms: 1499 }), single('three', 12.345, '%', 20)];
    expect(rowsOf(renderBenchmarks(lines, ['one', 'two', 'three'], IDLE, join(folder, 'none.md')))).toEqual([
      '| one | 400 ms | 600 ms | 1.50 × | ≤ 1.5 × | yes | 800 ms / 1.20 s | 128 MiB / 128 MiB | 2026-01-31 |',
      '| two | – | 1.50 s | – | ≤ 1.50 s | **no** | – / 3.00 s | – / 128 MiB | 2026-01-31 |',
      '| three | – | 12.35 % | – | ≤ 20 % | yes | – | – | 2026-01-31 |',
    ]);
  });

  it('keeps what was not measured now with its date, drops what is no line any more, and says what has never been measured', () => {
    const file = join(folder, 'page.md');
    writeFileSync(file, renderBenchmarks([single('one', 1, 'x'), single('two', 2, 'x')], ['one', 'two'], IDLE, file));
    const page = renderBenchmarks([single('two', 3, 'x')], ['one', 'two', 'three'], { ...IDLE, date: '2026-02-01', load: 3.21, times: 1 }, file);
    expect(rowsOf(page)).toEqual(['| one | – | 1.00 x | – | – |  | – | – | 2026-01-31 |', '| two | – | 3.00 x | – | – |  | – | – | 2026-02-01, load 3.2, once |']);
    expect(page).toContain('Not measured yet: three.');
    expect(page).toMatch(/Last run 2026-02-01, each once: .*its load was 3\.2/);
    writeFileSync(file, page);
    expect(rowsOf(renderBenchmarks([], ['two'], IDLE, file))).toEqual(['| two | – | 3.00 x | – | – |  | – | – | 2026-02-01, load 3.2, once |']);
  });
});
