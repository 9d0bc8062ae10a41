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

/** Looks at the signal before and after each query, and hands it on. However a client says that it was called off, what is thrown is the signal's own reason. */
export function cancellable(port: QueryPort, signal: AbortSignal | undefined): QueryPort {
  if (!signal) return port;
  return {
    async query(text, parameters) {
      signal.throwIfAborted();
      try {
        return await port.query(text, parameters, { signal });
      } finally {
        signal.throwIfAborted();
      }
    },
  };
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
