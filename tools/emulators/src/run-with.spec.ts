import { runWith } from './run-with';

const node = (script: string): string[] => [process.execPath, '-e', script];

describe('runWith', () => {
  let stopped: number;
  const stop = async (): Promise<void> => {
    stopped += 1;
  };
  beforeEach(() => {
    stopped = 0;
  });

  it.each([0, 1, 7])('passes the exit code %i on, and stops', async (code) => {
    expect(await runWith(async () => ({ CODE: `${code}` }), node('process.exit(Number(process.env.CODE))'), stop)).toBe(code);
    expect(stopped).toBe(1);
  });

  it.each([['SIGINT', 130], ['SIGTERM', 143]] as const)('hands %s to the command, waits for its end, and stops', async (signal, code) => {
    // The signals are listened to here while it runs: nothing ends this process.
    const run = runWith(async () => ({}), node("process.on('SIGINT', () => process.exit(3)); process.on('SIGTERM', () => process.exit(3)); setInterval(() => 0, 1000)"), stop);
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(stopped).toBe(0);
    process.emit(signal, signal);
    expect(await run).toBe(code);
    expect(stopped).toBe(1);
    expect(process.listenerCount('SIGHUP')).toBe(0);
  });

  it('does not run the command when it is interrupted before', async () => {
    const code = await runWith(async () => {
      process.emit('SIGINT', 'SIGINT');
      return {};
    }, node('process.exit(5)'), stop);
    expect([code, stopped]).toEqual([130, 1]);
  });

  it('stops when the start fails, and when there is no such command', async () => {
    await expect(runWith(() => Promise.reject(new Error('no start')), node(''), stop)).rejects.toThrow('no start');
    await expect(runWith(async () => ({}), ['nba-no-such-program'], stop)).rejects.toThrow('"nba-no-such-program" cannot be started');
    expect(stopped).toBe(2);
  });
});
