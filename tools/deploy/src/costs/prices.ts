/** When and where the prices below were read: stored copies of Google's pages, for a region of the lowest price tier. They may have changed since. */
export const LOOKED_UP = { on: '2026-11-23', where: 'cloud.google.com: bigquery/pricing, run/pricing, pubsub/pricing, scheduler/pricing, storage/pricing, artifact-registry/pricing' } as const;

export const GIB = 2 ** 30;
export const TIB = 2 ** 40;
/** Least that is billed for each table that a query names, and for each query. */
export const LEAST_BILLED_BYTES = 10 * 2 ** 20;

/** In US dollars. What is free is free per billing account, so that others may have used it up. */
export const PRICES = {
  /** On demand. Load jobs cost nothing. */
  queryPerTib: 6.25,
  queryFreeTibPerMonth: 1,
  /** Logical bytes of tables changed in the last 90 days; older ones cost half. */
  tablePerGibMonth: 0.02,
  tableFreeGib: 10,
  objectPerGibMonth: 0.02,
  objectFreeGib: 5,
  /** A write; 5,000 a month are free. */
  objectPerThousandWrites: 0.005,
  objectFreeWrites: 5000,
  /** Cloud Run jobs, billed while they run. */
  jobPerCpuSecond: 0.000018,
  jobPerGibSecond: 0.000002,
  jobFreeCpuSeconds: 240_000,
  jobFreeGibSeconds: 450_000,
  /** Cloud Run services, billed while they answer. */
  servicePerCpuSecond: 0.000024,
  servicePerGibSecond: 0.0000025,
  serviceFreeCpuSeconds: 180_000,
  serviceFreeGibSeconds: 360_000,
  messagePerTib: 40,
  messageFreeGib: 10,
  leastMessageBytes: 1000,
  scheduleEach: 0.1,
  schedulesFree: 3,
  imagePerGibMonth: 0.1,
  imageFreeGib: 0.5,
} as const;

/** What is left to pay of an amount of which some is free. */
export const beyondFree = (amount: number, free: number, price: number): number => Math.max(0, amount - free) * price;
