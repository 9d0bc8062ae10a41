/** One message to an operator. */
export interface Alert {
  /** `opened` a new incident, `grown` an open one that got further root dates, `resolved`, or a `test` of the channel. */
  readonly kind: 'opened' | 'grown' | 'resolved' | 'test';
  /** The root cause it is about, as in {@link RootCause.key}. */
  readonly incident: string;
  /** One line: `Analytics BLOCKED: Upstream Failure — NbacPlayerBoxscoreProcessor failed for 2025-01-26`. */
  readonly title: string;
  /** What else there is to know, a line each. */
  readonly lines: readonly string[];
  /** The exact command that helps; null when nothing is to be done. */
  readonly resolution: string | null;
  /** ISO 8601, UTC. */
  readonly at: string;
}

/** A way to an operator. */
export interface AlertChannel {
  /** For messages, without secrets: `slack`, `webhook example.com`. */
  readonly name: string;
  /** Resolves when the other side has taken it. @throws NbaError ALERT_UNDELIVERED saying what it answered */
  send(alert: Alert): Promise<void>;
}
