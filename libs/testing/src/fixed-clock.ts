import type { Clock } from '@nba/kernel';

/** A clock that stands still until it is set. */
export class FixedClock implements Clock {
  /** @param instant ISO 8601, for example `2025-01-26T11:00:00Z` */
  constructor(private instant: string) {}

  now(): Date {
    return new Date(this.instant);
  }

  set(instant: string): void {
    this.instant = instant;
  }

  advance(milliseconds: number): void {
    this.instant = new Date(this.now().getTime() + milliseconds).toISOString();
  }
}
