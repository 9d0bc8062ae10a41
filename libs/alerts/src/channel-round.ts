import type { Alert, AlertChannel } from '@nba/kernel';
import { sendOn } from './test-channels';

/** One message on one channel. */
export interface Delivery {
  readonly channel: string;
  readonly alert: Alert;
  /** Why it was not taken; null when it was. */
  readonly error: string | null;
}

/** One channel during one report: after some faults in a row it is let be, so that a dead one does not cost its timeout for every message. */
export class ChannelRound {
  private lastError: string | null = null;
  private faultsInARow = 0;
  private firstError: string | null = null;
  private taken = 0;

  constructor(private readonly channel: AlertChannel) {}

  get name(): string {
    return this.channel.name;
  }

  /** What went wrong first in this report; null when nothing did. */
  get fault(): string | null {
    return this.firstError;
  }

  /** Whether it took a message in this report. */
  get works(): boolean {
    return this.taken > 0 && this.firstError === null;
  }

  /**
   * Sends one after another, in the order given. Never throws.
   * @param patience faults in a row, those of earlier calls included, after which the rest is not tried
   */
  async deliver(alerts: readonly Alert[], patience: number): Promise<readonly Delivery[]> {
    const deliveries: Delivery[] = [];
    for (const alert of alerts) {
      const error = this.faultsInARow < patience ? await this.send(alert) : this.lastError;
      deliveries.push({ channel: this.name, alert, error });
    }
    return deliveries;
  }

  private async send(alert: Alert): Promise<string | null> {
    const error = await sendOn(this.channel, alert);
    this.lastError = error;
    this.faultsInARow = error === null ? 0 : this.faultsInARow + 1;
    this.firstError ??= error;
    if (error === null) this.taken++;
    return error;
  }
}
