import type { Session } from './session';
import { SessionPool } from './session-pool';

describe('SessionPool', () => {
  const closed: string[] = [];
  const session = (name: string) => ({ name, close: () => void closed.push(name) }) as unknown as Session & { readonly name: string };
  const nameOf = (lent: Session): string => (lent as Session & { readonly name: string }).name;
  /** Work that lasts until it is told to end. */
  const lasting = (pool: SessionPool) => {
    let end: () => void = () => undefined;
    const until = new Promise<void>((resolve) => (end = resolve));
    let lent = '';
    const done = pool.use(async (one) => {
      lent = nameOf(one);
      await until;
    });
    return { lent: () => lent, end: () => (end(), done) };
  };
  beforeEach(() => closed.splice(0));

  it('lends each session to one piece of work at a time, and has the others wait in their order', async () => {
    const pool = new SessionPool([session('first'), session('second')]);
    const [one, two, three, four] = [lasting(pool), lasting(pool), lasting(pool), lasting(pool)];
    await new Promise(setImmediate);
    expect([one.lent(), two.lent()].sort()).toEqual(['first', 'second']);
    expect([three.lent(), four.lent()]).toEqual(['', '']);
    await two.end();
    await new Promise(setImmediate);
    expect([three.lent(), four.lent()]).toEqual([two.lent(), '']);
    await Promise.all([one.end(), three.end(), four.end()]);
  });

  it('takes a session back from work that fails', async () => {
    const pool = new SessionPool([session('only')]);
    await expect(pool.use(async () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await pool.use(async (one) => nameOf(one))).toBe('only');
  });

  it('closes when what was asked for has ended', async () => {
    const pool = new SessionPool([session('first'), session('second')]);
    const [one, two, three] = [lasting(pool), lasting(pool), lasting(pool)];
    const closing = pool.close();
    await Promise.all([one.end(), two.end()]);
    await new Promise(setImmediate);
    expect(closed).toEqual([]);
    await three.end();
    await closing;
    expect(closed.sort()).toEqual(['first', 'second']);
  });
});
