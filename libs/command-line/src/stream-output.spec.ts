import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { buildSync } from 'esbuild';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { streamOutput } from './stream-output';

describe('output on streams', () => {
  it('is a line each', () => {
    const [lines, errors] = [new PassThrough(), new PassThrough()];
    const output = streamOutput(lines, errors);
    output.line('told');
    output.error('wrong');
    expect([String(lines.read()), String(errors.read())]).toEqual(['told\n', 'wrong\n']);
  });

  it('goes on to the exit code when the reader has gone', () => {
    const folder = mkdtempSync(join(tmpdir(), 'nba-output-'));
    const program = join(folder, 'program.ts');
    writeFileSync(program, `import { streamOutput } from '${join(__dirname, 'stream-output')}';
      const output = streamOutput(process.stdout, process.stderr);
      for (let i = 0; i < 20000; i++) output.line('a line that nobody reads, long enough to fill what a pipe holds');
      setTimeout(() => process.exit(7), 200);`);
    buildSync({ entryPoints: [program], bundle: true, platform: 'node', outfile: join(folder, 'program.js'), logLevel: 'warning' });
    const { stdout, stderr } = spawnSync('bash', ['-c', `node ${join(folder, 'program.js')} | head -1; echo "\${PIPESTATUS[0]}"`], { encoding: 'utf8' });
    rmSync(folder, { recursive: true });
    expect([stdout.trim().split('\n').at(-1), stderr]).toEqual(['7', '']);
  });

  it('throws what is another fault', () => {
    const lines = new PassThrough();
    streamOutput(lines, new PassThrough());
    expect(() => lines.emit('error', new Error('the disk is full'))).toThrow('the disk is full');
  });
});
