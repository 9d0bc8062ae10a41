import type { Session } from './session';

/**
 * The sessions of one database, lent to one piece of work each: a transaction never takes up a stranger's statement.
 * What comes when all are lent waits its turn.
 */
export class SessionPool {
  private readonly free: Session[];
  private readonly waiting: ((session: Session) => void)[] = [];

  constructor(private readonly sessions: readonly Session[]) {
    this.free = [...sessions];
  }

  /** How many pieces of work there can be at a time. */
  get size(): number {
    return this.sessions.length;
  }

  async use<T>(work: (session: Session) => Promise<T>): Promise<T> {
    const session = await this.take();
    try {
      return await work(session);
    } finally {
      const next = this.waiting.shift();
      if (next) next(session);
      else this.free.push(session);
    }
  }

  /** Closes all sessions when all that was asked for has ended. Not to be used afterwards. */
  async close(): Promise<void> {
    for (const session of await Promise.all(this.sessions.map(() => this.take()))) session.close();
  }

  private async take(): Promise<Session> {
    return this.free.pop() ?? new Promise<Session>((resolve) => this.waiting.push(resolve));
  }
}
