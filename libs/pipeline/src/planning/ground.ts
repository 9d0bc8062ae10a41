import { type DateRange, type Season, seasonSpan } from '@nba/kernel';
import { type GameCalendar, loadCalendar } from '@nba/schedule';
import type { PipelineParts } from '../running/pipeline-parts';
import { LakeIndex } from './lake-index';
import { Ledger } from './ledger';

/** What plans are made from, of whole seasons. It is read once for all that one request does, which notes in it what it writes. */
export interface Ground {
  readonly span: DateRange;
  readonly calendar: GameCalendar;
  readonly ledger: Ledger;
  readonly lake: LakeIndex;
}

type GroundParts = Omit<PipelineParts, 'bus'>;

/** With the calendar read, and the rest to be read when it is asked for. */
export async function openGround(span: DateRange, parts: GroundParts): Promise<Ground> {
  return { ...unread(span, parts), calendar: await readCalendar(span, parts) };
}

/** With everything recorded and stored read: for those who will look at all of it. */
export async function readGround(span: DateRange, parts: GroundParts): Promise<Ground> {
  const ground = unread(span, parts);
  const [calendar] = await Promise.all([readCalendar(span, parts), ground.ledger.readAll()]);
  return { ...ground, calendar };
}

/** With the lake as it is now: what others have loaded since is told by the warehouse, but no document may be taken for the newest that no longer is. */
export function listedAnew(ground: Ground, span: DateRange, { lake, clock }: GroundParts): Ground {
  return { ...ground, lake: new LakeIndex(lake, clock.now(), span) };
}

/** With the schedule as it has just been stored. */
export async function withNewCalendar(ground: Ground, parts: GroundParts): Promise<Ground> {
  return { ...ground, calendar: await readCalendar(ground.span, parts) };
}

/** From the first day of the first of some seasons, in order, to the last day of the last; undefined of none. */
export function spanOf(seasons: readonly Season[]): DateRange | undefined {
  const [first, last] = [seasons[0], seasons.at(-1)];
  return first && last && { from: seasonSpan(first).from, to: seasonSpan(last).to };
}

const unread = (span: DateRange, { registry, warehouse, lake, clock }: GroundParts): Omit<Ground, 'calendar'> => ({
  span, ledger: new Ledger(warehouse, span, registry.processors), lake: new LakeIndex(lake, clock.now(), span),
});

const readCalendar = (span: DateRange, { warehouse, settings }: GroundParts): Promise<GameCalendar> => loadCalendar(warehouse, span, settings.gameTypes);
