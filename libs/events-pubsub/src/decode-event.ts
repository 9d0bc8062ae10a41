import type { CompletionEvent } from '@nba/kernel';
import { validateSync } from 'class-validator';
import { CompletionEventMessage } from './completion-event-message';

/** Why a message is refused. No further delivery will change that. */
export interface Refusal {
  /** The field that is wrong; `message` for the whole. */
  readonly field: string;
  /** What is wrong with it, a sentence. */
  readonly reason: string;
}

export type Decoded = { readonly event: CompletionEvent } | { readonly refused: Refusal };

/** The event in a message's bytes, or why there is none. Never throws. */
export function decodeEvent(data: Uint8Array): Decoded {
  let fields: unknown;
  try {
    fields = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(data));
  } catch {
    return refuse('message', 'must be JSON in UTF-8', Buffer.from(data).toString('latin1'));
  }
  if (typeof fields !== 'object' || fields === null || Array.isArray(fields)) return refuse('message', 'must be an object', fields);
  const message = new CompletionEventMessage(fields as Readonly<Record<string, unknown>>);
  const refused = findFault(message);
  // Every field has just been checked to be what its type says.
  return refused ? { refused } : { event: { ...message } as CompletionEvent };
}

/** The first field that is not what its class declares. */
export function findFault(message: object, prefix = ''): Refusal | undefined {
  const [fault] = validateSync(message, { stopAtFirstError: true });
  if (!fault) return undefined;
  const [problem] = Object.values(fault.constraints ?? {});
  return refuse(`${prefix}${fault.property}`, problem ?? 'is wrong', fault.value).refused;
}

export function refuse(field: string, problem: string, value: unknown): { readonly refused: Refusal } {
  const shown = JSON.stringify(value) ?? 'nothing';
  const subject = field === 'message' ? 'The message' : `The message's ${field}`;
  return { refused: { field, reason: `${subject} ${problem}, and is ${shown.length > 80 ? `${shown.slice(0, 80)}…` : shown}.` } };
}
