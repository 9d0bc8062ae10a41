import { spawn } from 'node:child_process';

const SIGNALS = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

/**
 * Starts, runs a command with what was started, and stops, whatever happens in between.
 * @returns the command's exit code; 128 and the signal's number after an interrupt
 */
export async function runWith(start: () => Promise<NodeJS.ProcessEnv>, command: readonly string[], stop: () => Promise<void>): Promise<number> {
  let interrupted: keyof typeof SIGNALS | undefined;
  let pass: (name: NodeJS.Signals) => void = () => undefined;
  const listeners = (Object.keys(SIGNALS) as (keyof typeof SIGNALS)[]).map((name) => {
    const listen = (): void => {
      interrupted ??= name;
      pass(name);
    };
    process.on(name, listen);
    return () => process.off(name, listen);
  });
  try {
    const environment = await start();
    if (interrupted) return SIGNALS[interrupted];
    const code = await new Promise<number>((resolve, reject) => {
      const [program, ...args] = command as [string, ...string[]];
      const child = spawn(program, args, { stdio: 'inherit', env: { ...process.env, ...environment } });
      pass = (name) => child.kill(name);
      child.on('error', (cause) => reject(new Error(`"${program}" cannot be started.`, { cause })));
      child.on('close', (exitCode, signalName) => resolve(exitCode ?? SIGNALS[(signalName ?? 'SIGTERM') as keyof typeof SIGNALS] ?? 1));
    });
    return interrupted ? SIGNALS[interrupted] : code;
  } finally {
    await stop();
    for (const end of listeners) end();
  }
}
