import { createHash } from 'node:crypto';
import { type Clock, type CompletionEvent, type Row, type Warehouse, NbaError, deadLetters, parseCompletionEvent, sql } from '@nba/kernel';

/** A message that could not be understood. */
export interface DeadLetter {
  readonly messageId: string;
  readonly topic: string;
  readonly payload: string;
  readonly errorCode: string;
  readonly reason: string;
  /** ISO 8601, UTC. */
  readonly recordedAt: string;
}

/** Where messages end that no further attempt can make sense of: kept whole, with the reason, to be replayed. */
export class DeadLetters {
  constructor(
    private readonly warehouse: Warehouse,
    private readonly clock: Clock,
  ) {}

  /** Keeps a message; one that is kept already is not kept again. Two deliveries at once may both keep it: it still counts as one letter. */
  async record(topic: string, message: unknown, { code, message: reason }: NbaError): Promise<void> {
    const payload = JSON.stringify(message) ?? 'null';
    const messageId = createHash('sha256').update(`${topic}\n${payload}`).digest('hex').slice(0, 16);
    if ((await this.list()).some((letter) => letter.messageId === messageId)) return;
    await this.append({ message_id: messageId, topic, payload, status: 'dead', error_code: code, reason });
  }

  /** Those that have not been replayed, each message once, oldest first. */
  async list(): Promise<DeadLetter[]> {
    const rows = await this.warehouse.query(
      sql`SELECT * FROM ${deadLetters} WHERE TRUE QUALIFY ROW_NUMBER() OVER (PARTITION BY message_id ORDER BY recorded_at DESC, status DESC) = 1`.text,
    );
    return rows.filter((row) => row['status'] === 'dead').map(letterOf).sort((a, b) => (a.recordedAt < b.recordedAt ? -1 : 1));
  }

  /**
   * The event in a dead letter, as this program understands it now.
   * @throws NbaError INVALID_ARGUMENT when there is no such letter; EVENT_INVALID when it still cannot be understood
   */
  async open(messageId: string): Promise<CompletionEvent> {
    const letter = (await this.list()).find((one) => one.messageId === messageId);
    if (!letter) throw new NbaError('INVALID_ARGUMENT', `There is no dead letter ${messageId}.`, { next: 'backfill dead-letters lists them' });
    return parseCompletionEvent(JSON.parse(letter.payload));
  }

  /** Notes that a letter has been replayed, however often it was kept. */
  async close(messageId: string): Promise<void> {
    const letter = (await this.list()).find((one) => one.messageId === messageId);
    await this.append({ message_id: messageId, status: 'replayed' }, letter?.recordedAt);
  }

  /** @param after the row counts as no older than this: the clock of whoever kept the message may be ahead of ours */
  private append(row: Row, after = ''): Promise<void> {
    const now = this.clock.now().toISOString();
    const recordedAt = now < after ? after : now;
    return this.warehouse.append(deadLetters, [{ ...row, recorded_on: recordedAt.slice(0, 10), recorded_at: recordedAt }]);
  }
}

function letterOf(row: Row): DeadLetter {
  return {
    messageId: String(row['message_id']), topic: String(row['topic']), payload: String(row['payload']), errorCode: String(row['error_code']),
    reason: String(row['reason']), recordedAt: String(row['recorded_at']),
  };
}
