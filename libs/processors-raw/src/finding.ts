import { NbaError } from '@nba/kernel';
import type { Finding, LakeDocument } from '@nba/pipeline';

/** Something that makes the unit partial or failed. */
export function errorFinding(code: string, message: string): Finding {
  return { severity: 'error', code, message };
}

/** Something worth telling that leaves the unit as good as it is. */
export function warningFinding(code: string, message: string): Finding {
  return { severity: 'warning', code, message };
}

/**
 * Refuses a whole document: nothing of it is used.
 * @param field where in the document, for example `resultSets[0].rowSet[3].FGM`
 * @param problem what is wrong with it, as the rest of the sentence
 */
export function refuseDocument(document: LakeDocument, field: string, problem: string): never {
  const file = document.ref.path;
  throw new NbaError('LAKE_DOCUMENT_INVALID', `${file}: ${field} ${problem}`, { file, date: document.ref.partition, field });
}

/** What `read` makes of a document, or why the document was refused. */
export function readOrRefusal<T>(read: () => T): { readonly value: T } | { readonly refusal: string } {
  try {
    return { value: read() };
  } catch (fault) {
    if (fault instanceof NbaError && fault.code === 'LAKE_DOCUMENT_INVALID') return { refusal: fault.message };
    throw fault;
  }
}

/** A value of the feed as messages show it: short, and with its type visible. */
export function shown(value: unknown): string {
  const text = typeof value === 'number' || value === undefined ? String(value) : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
