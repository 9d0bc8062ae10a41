/** Where events go. */
export interface EventSink {
  /** For messages, without secrets. */
  readonly name: string;
  /** Resolves when the other side has it. @throws Error saying what came of it */
  send(event: string, signal: AbortSignal): Promise<void>;
}
