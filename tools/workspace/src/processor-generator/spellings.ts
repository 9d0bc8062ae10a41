import { NbaError } from '@nba/kernel';

/** One name in its spellings. */
export interface Spellings {
  /** `player_rebound_form` */
  readonly table: string;
  /** `player-rebound-form`: the files start with it. */
  readonly file: string;
  /** `PlayerReboundFormProcessor` */
  readonly processor: string;
  /** `playerReboundForm`: the constant that the library exports. */
  readonly constant: string;
}

/** Two words at least, so that no name is a word of SQL, TypeScript or the domain; letters only, so that each spelling leads back to the others. */
const TABLE = /^[a-z]+(_[a-z]+)+$/;
const LONGEST = 60;

/**
 * The spellings of a name that is written in any one of them, with `Processor` or `.processor.ts` at its end or without.
 * @throws NbaError INVALID_ARGUMENT for a name with one word, digits or other characters, or of more than 60 characters
 */
export function spellingsOf(name: string): Spellings {
  const table = name
    .trim()
    .replace(/\.processor(\.ts)?$|(?<=[a-z])Processor$/, '')
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .replace(/[-\s]/g, '_')
    .toLowerCase();
  if (!TABLE.test(table) || table.length > LONGEST) {
    throw new NbaError('INVALID_ARGUMENT',
      `"${name}" is no table name: take two or more words of letters that say whose and what, ${LONGEST} characters at most, for example player_rebound_form. `
      + 'How many games it looks back at is said by --games and in the columns\' names.');
  }
  const pascal = table.replace(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase());
  return { table, file: table.replaceAll('_', '-'), processor: `${pascal}Processor`, constant: `${pascal.charAt(0).toLowerCase()}${pascal.slice(1)}` };
}
