import type { DateRange } from '@nba/kernel';

/** What came of an event. */
export type ReactionOutcome =
  /** Units have been run and are complete, or as complete as their input. */
  | { readonly kind: 'done'; readonly units: number }
  /** It triggers nothing, or everything that it triggers was complete: it has come before, or too late to matter. */
  | { readonly kind: 'nothing-to-do' }
  /** Units on its own dates wait for something that is missing. Recorded; they run when that comes. */
  | { readonly kind: 'blocked'; readonly units: number; readonly reasons: readonly string[] }
  /** Another runner is at work on what it triggers: to be delivered again. */
  | { readonly kind: 'in-use'; readonly reasons: readonly string[] }
  /** Units on its own dates failed, or any that may go well in a moment. Recorded. */
  | { readonly kind: 'failed'; readonly isTransient: boolean; readonly faults: readonly string[] }
  /** There was no time for all of it: to be delivered again. */
  | { readonly kind: 'interrupted' }
  /** More than may be run here; nothing has been. The ranges are those that are to be looked at. */
  | { readonly kind: 'too-large'; readonly units: number; readonly ranges: readonly DateRange[] };
