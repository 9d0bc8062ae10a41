/**
 * What a query costs on demand, in US dollars for a tebibyte processed: the list price of the US multi-region in Google's BigQuery pricing
 * (page "BigQuery pricing", "On-demand compute pricing", since July 2023). Regions differ by a few tenths, and the first tebibyte of a month is free.
 */
export const LIST_PRICE_USD_PER_TIB = 6.25;

const MIB = 2 ** 20;
const TIB = 2 ** 40;
/** BigQuery bills no less for a query, and rounds up to whole mebibytes. */
const LEAST_BILLED_BYTES = 10 * MIB;

/** What a statement would read, and what that would cost before any free allowance. */
export interface CostEstimate {
  /** Bytes of the columns and partitions it names, as a dry run tells. */
  readonly bytesProcessed: number;
  /** The same as they are billed. */
  readonly bytesBilled: number;
  readonly usd: number;
}

/** The cost of so many bytes in one statement. Nothing read costs nothing. */
export function costOf(bytesProcessed: number, usdPerTiB: number = LIST_PRICE_USD_PER_TIB): CostEstimate {
  const bytesBilled = bytesProcessed === 0 ? 0 : Math.max(LEAST_BILLED_BYTES, Math.ceil(bytesProcessed / MIB) * MIB);
  return { bytesProcessed, bytesBilled, usd: (bytesBilled / TIB) * usdPerTiB };
}
