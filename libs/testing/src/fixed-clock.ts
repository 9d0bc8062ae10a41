import type { Clock } from '@nba/kernel';

/** A clock that stands still until it is set, or slept by: sleeping takes no time but its own. */
export class FixedClock implements Clock {
  /** @param instant ISO 8601, for example `2025-01-26T11:00:00Z` */
  constructor(private instant: string) {}

  now(): Date {
    return new Date(this.instant);
  }

  async sleep(milliseconds: number): Promise<void> {
    this.advance(milliseconds);
  }

  set(instant: string): void {
    this.instant = instant;
  }

  advance(milliseconds: number): void {
    this.instant = new Date(this.now().getTime() + milliseconds).toISOString();
  }
}
