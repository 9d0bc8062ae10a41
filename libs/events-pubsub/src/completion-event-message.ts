import { type CompletionEvent, type Topic, TOPICS, parseGameDate } from '@nba/kernel';
import { ArrayNotEmpty, Equals, IsArray, IsBoolean, IsIn, IsInt, IsNotEmpty, IsString, Max, Min, ValidateBy, type ValidationArguments } from 'class-validator';

const TEXT = { message: 'must be a text that is not empty' };
const DATES = { message: 'must be a list of at least one date, as 2025-01-26' };
const COUNT = { message: 'must be a whole number from 0' };

/**
 * A completion event as a message claims it, with what each field must be. It judges as the kernel's `parseCompletionEvent`
 * does; fields that it does not know are left out. In the order in which faults are told.
 */
export class CompletionEventMessage implements Record<keyof CompletionEvent, unknown> {
  @Equals(1, { message: 'must be 1: this program knows no other' })
  readonly schemaVersion: unknown;

  @IsIn([2, 3, 4, 5], { message: 'must be 2, 3, 4 or 5' })
  readonly phase: unknown;

  @IsTopicOfPhase()
  readonly topic: unknown;

  @IsString(TEXT)
  @IsNotEmpty(TEXT)
  readonly processor: unknown;

  @IsString(TEXT)
  @IsNotEmpty(TEXT)
  readonly runId: unknown;

  @IsString(TEXT)
  @IsNotEmpty(TEXT)
  readonly correlationId: unknown;

  @IsArray(DATES)
  @ArrayNotEmpty(DATES)
  @IsGameDate()
  readonly gameDates: unknown;

  @IsString(TEXT)
  @IsNotEmpty(TEXT)
  readonly outputTable: unknown;

  @IsIn(['success', 'partial', 'empty_ok'], { message: 'must be success, partial or empty_ok' })
  readonly status: unknown;

  @IsInt(COUNT)
  @Min(0, COUNT)
  @Max(Number.MAX_SAFE_INTEGER, COUNT)
  readonly rowCount: unknown;

  @IsBoolean({ message: 'must be true or false' })
  readonly skipDownstreamTrigger: unknown;

  constructor(fields: Readonly<Record<string, unknown>>) {
    this.schemaVersion = fields['schemaVersion'];
    this.phase = fields['phase'];
    this.topic = fields['topic'];
    this.processor = fields['processor'];
    this.runId = fields['runId'];
    this.correlationId = fields['correlationId'];
    this.gameDates = fields['gameDates'];
    this.outputTable = fields['outputTable'];
    this.status = fields['status'];
    this.rowCount = fields['rowCount'];
    this.skipDownstreamTrigger = fields['skipDownstreamTrigger'];
  }
}

function IsTopicOfPhase(): PropertyDecorator {
  const topicOf = (args?: ValidationArguments): Topic | undefined => {
    const { phase } = args?.object as CompletionEventMessage;
    // Anything can stand there, an object that is no name of a property among it.
    return typeof phase === 'number' ? TOPICS[phase as keyof typeof TOPICS] : undefined;
  };
  return ValidateBy({
    name: 'isTopicOfPhase',
    validator: { validate: (value, args) => value !== undefined && value === topicOf(args), defaultMessage: (args) => `must be ${topicOf(args)}, the topic of its phase` },
  });
}

function IsGameDate(): PropertyDecorator {
  return ValidateBy({ name: 'isGameDate', validator: { validate: isGameDate, defaultMessage: () => DATES.message } }, { each: true });
}

function isGameDate(value: unknown): boolean {
  try {
    return typeof value === 'string' && parseGameDate(value) === value;
  } catch {
    return false;
  }
}
