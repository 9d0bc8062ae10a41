import type { Cell, Parameters, QueryPort, Row } from '@nba/kernel';
import { configurationFault } from './configuration-fault';

/** What a check asks about, for the words of a fault. */
export interface Question {
  /** The table under check. */
  readonly table: string;
  /** The columns that it must have. */
  readonly columns: readonly string[];
  /** The tables that say what is expected. */
  readonly beside: readonly string[];
}

/**
 * The port as a check asks it: can be called off, gives a query only those parameters that it mentions, because some clients
 * refuse others, understands cells as other clients return them, and says what to look at when a table or column is not there.
 */
export function askingPort(port: QueryPort, question: Question, signal?: AbortSignal): QueryPort {
  const asked = cancellable(port, signal);
  return {
    async query(text, parameters = {}) {
      try {
        return (await asked.query(text, mentioned(text, parameters))).map(plainRow);
      } catch (fault) {
        throw configurationFault(fault, question) ?? fault;
      }
    },
  };
}

/**
 * Looks at the signal before each query, hands it on, and waits no longer once it is aborted, even for a client that knows no signals. However
 * a client says that it was called off, what is thrown is the signal's own reason.
 */
export function cancellable(port: QueryPort, signal: AbortSignal | undefined): QueryPort {
  if (!signal) return port;
  return {
    async query(text, parameters) {
      signal.throwIfAborted();
      const aborted = whenAborted(signal);
      try {
        return await Promise.race([port.query(text, parameters, { signal }), aborted.promise]);
      } finally {
        aborted.forget();
        signal.throwIfAborted();
      }
    },
  };
}

/** Rejects when the signal is aborted; to be forgotten, because one signal may outlive many queries. */
function whenAborted(signal: AbortSignal): { readonly promise: Promise<never>; forget(): void } {
  let told: () => void = () => undefined;
  const promise = new Promise<never>((_, reject) => {
    told = () => reject(signal.reason as Error);
    signal.addEventListener('abort', told, { once: true });
  });
  return { promise, forget: () => signal.removeEventListener('abort', told) };
}

function mentioned(text: string, parameters: Parameters): Parameters {
  const names = new Set([...text.matchAll(/@(\w+)/g)].map(([, name]) => name));
  return Object.fromEntries(Object.entries(parameters).filter(([name]) => names.has(name)));
}

const plainRow = (row: Row): Row => Object.fromEntries(Object.entries(row).map(([name, cell]) => [name, plainCell(cell)]));

/** 64-bit integers may come as BigInt, dates as an object with a `value`. */
function plainCell(cell: unknown): Cell {
  if (typeof cell === 'bigint') return Number(cell);
  if (typeof cell === 'object' && cell !== null && 'value' in cell) return cell.value as Cell;
  return cell as Cell;
}
