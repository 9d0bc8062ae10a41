/** How many ids are remembered: more than can be on their way at once. */
const REMEMBERED = 10_000;

/** Which of the messages published here have yet to be consumed here. Ids may become known after the message came back. */
export class SettledMessages {
  private readonly awaited = new Map<string, string>();
  private readonly settled = new Set<string>();

  get isEmpty(): boolean {
    return this.awaited.size === 0;
  }

  get count(): number {
    return this.awaited.size;
  }

  /** Notes that a message was published which consumers of the topic here will get. */
  await(id: string, topic: string): void {
    if (!this.settled.has(id)) this.awaited.set(id, topic);
  }

  /** @returns whether it is the first time: a message may come again, after a fault above all */
  settle(id: string): boolean {
    this.awaited.delete(id);
    if (this.settled.has(id)) return false;
    this.settled.add(id);
    const [oldest] = this.settled;
    if (this.settled.size > REMEMBERED && oldest !== undefined) this.settled.delete(oldest);
    return true;
  }

  /** Nobody here consumes the topic any more. */
  forget(topic: string): void {
    for (const [id, of] of this.awaited) if (of === topic) this.awaited.delete(id);
  }
}
