import type { CompletionEvent, MessageAttributes } from '@nba/kernel';
import { IsBase64, IsInt, IsNotEmpty, IsObject, IsOptional, IsString, Matches, Min } from 'class-validator';
import { decodeEvent, findFault, refuse, type Refusal } from './decode-event';

/** What a push request says about the delivery. */
export interface Delivery {
  /** The same for every delivery of the message. */
  readonly messageId: string;
  /** `projects/<project>/subscriptions/<name>`. */
  readonly subscription: string;
  /** From 1; undefined when the subscription has no dead letters. */
  readonly deliveryAttempt?: number;
  /** What the message carries beside the event, the trace it was sent in among it; undefined when that is nothing. */
  readonly attributes?: MessageAttributes;
}

export type PushedEvent =
  | (Delivery & { readonly event: CompletionEvent; readonly refused?: undefined })
  | (Partial<Delivery> & { readonly event?: undefined; readonly refused: Refusal });

const TEXT = { message: 'must be a text that is not empty' };
const OBJECT = { message: 'must be an object' };

class PushBody {
  @IsObject(OBJECT)
  readonly message: unknown;

  @Matches(/^projects\/[^/]+\/subscriptions\/[^/]+$/, { message: 'must be projects/<project>/subscriptions/<name>' })
  readonly subscription: unknown;

  @IsOptional()
  @IsInt({ message: 'must be a whole number from 1' })
  @Min(1, { message: 'must be a whole number from 1' })
  readonly deliveryAttempt: unknown;

  constructor(fields: Fields) {
    this.message = fields['message'];
    this.subscription = fields['subscription'];
    this.deliveryAttempt = fields['deliveryAttempt'];
  }
}

class PushMessage {
  @IsString(TEXT)
  @IsNotEmpty(TEXT)
  readonly messageId: unknown;

  @IsBase64({}, { message: 'must be base64' })
  readonly data: unknown;

  @IsOptional()
  @IsObject(OBJECT)
  readonly attributes: unknown;

  @IsOptional()
  @IsString({ message: 'must be a text' })
  readonly orderingKey: unknown;

  constructor(fields: Fields) {
    this.messageId = fields['messageId'];
    this.data = fields['data'];
    this.attributes = fields['attributes'];
    this.orderingKey = fields['orderingKey'];
  }
}

type Fields = Readonly<Record<string, unknown>>;

/**
 * The event in the body of a Pub/Sub push request (wrapped, as the service sends it by default), or why it is refused.
 * Never throws. What is known of the delivery is told in both cases.
 * @param body the parsed JSON of the request
 */
export function decodePush(body: unknown): PushedEvent {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return refuse('body', 'must be an object', body);
  const outer = new PushBody(body as Fields);
  const inner = new PushMessage((typeof outer.message === 'object' && outer.message !== null ? outer.message : {}) as Fields);
  const delivery: Partial<Delivery> = {
    ...(typeof inner.messageId === 'string' && { messageId: inner.messageId }),
    ...(typeof outer.subscription === 'string' && { subscription: outer.subscription }),
    ...(typeof outer.deliveryAttempt === 'number' && { deliveryAttempt: outer.deliveryAttempt }),
    ...(typeof inner.attributes === 'object' && inner.attributes !== null && { attributes: textsOf(inner.attributes) }),
  };
  const refused = findFault(outer) ?? findFault(inner, 'message.');
  if (refused) return { ...delivery, refused };
  return { ...(delivery as Delivery), ...decodeEvent(Buffer.from(inner.data as string, 'base64')) };
}

/** Attributes are texts; what claims to be one and is not says nothing. */
function textsOf(attributes: object): MessageAttributes {
  return Object.fromEntries(Object.entries(attributes).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}
