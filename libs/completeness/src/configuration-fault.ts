import { NbaError } from '@nba/kernel';
import type { Question } from './asking-port';

/** How engines say that a table or column is not there, or is of another type than it is compared with. */
const MISSING_TABLE = /Not found: (?:Table|Dataset|Project)|(?:Table|View|Schema|Catalog) with name .* does not exist|Table .* (?:was not found|does not exist)/i;
const MISSING_COLUMN = /Unrecognized name|Name \S+ not found inside|Referenced (?:column|table) .* not found|does not have a column named|Column .* (?:not found|does not exist)/i;
const OTHER_TYPE = /incompatible types|No matching signature|Cannot (?:compare|mix) values of type|Conversion Error|Could not convert/i;

/** What the reader is to look at, when the fault says that the check was told something wrong; undefined for any other fault. */
export function configurationFault(fault: unknown, { table, columns, beside }: Question): NbaError | undefined {
  const message = fault instanceof Error ? fault.message : String(fault);
  const what = adviceFor(message);
  if (what === undefined) return undefined;
  const others = beside.filter((other) => other !== table);
  const check = {
    table: `Check that ${[table, ...others].join(' and ')} ${others.length === 0 ? 'exists' : 'exist'}, and that the port looks ${others.length === 0 ? 'where it is and may read it' : 'where they are and may read them'}.`,
    column: `Check that ${table} has the columns ${columns.join(', ')}; options name them otherwise.`,
    type: `Check the types of ${columns.join(', ')} in ${table}: dates are DATE or DATETIME, with timeZone TIMESTAMP; game ids are STRING, other ids INT64.`,
  }[what];
  const [said = ''] = message.split('\n');
  return new NbaError('INVALID_ARGUMENT', `${table} cannot be checked. ${check}\n  ${said}`, { table }, fault);
}

/** Whether a fault says that a table is not there. */
export const isMissingTable = (fault: unknown): boolean => MISSING_TABLE.test(messageOf(fault));

/** Also of a fault that has been put into words already. */
const messageOf = (fault: unknown): string => (fault instanceof Error ? `${fault.message} ${fault.cause === undefined ? '' : messageOf(fault.cause)}` : String(fault));

function adviceFor(message: string): 'table' | 'column' | 'type' | undefined {
  if (MISSING_TABLE.test(message)) return 'table';
  if (MISSING_COLUMN.test(message)) return 'column';
  return OTHER_TYPE.test(message) ? 'type' : undefined;
}
