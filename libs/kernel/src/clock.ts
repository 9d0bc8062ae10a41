/** The only source of time. */
export interface Clock {
  now(): Date;
  /** Resolves when that much time has gone by. For spacing attempts and for asking again; never to guess that something is done. */
  sleep(milliseconds: number): Promise<void>;
}
