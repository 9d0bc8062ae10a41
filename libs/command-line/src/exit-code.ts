/** What a program's end means to the shell, a scheduler and CI. */
export const EXIT = {
  complete: 0,
  /** Gaps, failed units, violated invariants. */
  incomplete: 1,
  /** Wrong usage or configuration. */
  usage: 2,
  /** The guard kept units from running, and nothing else is wrong. */
  blocked: 3,
  /** A fault of ours or of the machine. */
  fault: 4,
  /** By SIGINT. */
  interrupted: 130,
  /** By SIGTERM. */
  terminated: 143,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
