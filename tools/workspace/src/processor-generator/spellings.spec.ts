import * as fc from 'fast-check';
import { column, defineTable } from '@nba/kernel';
import { processorName } from '@nba/pipeline';
import { spellingsOf } from './spellings';

const word = fc.stringMatching(/^[a-z]{1,8}$/).filter((text) => text !== 'processor');
const words = fc.array(word, { minLength: 2, maxLength: 5 });
const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** As the pipeline would name the table's processor. */
const processorOf = (name: string) =>
  processorName(defineTable({ dataset: 'nba_raw', name, description: '', key: ['game_date'], columns: { game_date: column.date('Day') } }));

describe('a name', () => {
  it('is the same in every spelling it is written in, and the processor\'s is the pipeline\'s own', () => {
    fc.assert(
      fc.property(words, (parts) => {
        const table = parts.join('_');
        const expected = { table, file: parts.join('-'), processor: processorOf(table) };
        const pascal = parts.map(capital).join('');
        // One letter alone cannot be told from the start of the next word when only capitals part them.
        const camel = parts.every((part) => part.length > 1) ? [pascal, `${pascal}Processor`, parts[0] + parts.slice(1).map(capital).join('')] : [];
        const written = [table, parts.join('-'), parts.join(' '), `${parts.join('-')}.processor`, `${parts.join('-')}.processor.ts`, ...camel];
        for (const name of written) {
          expect(spellingsOf(name)).toMatchObject(expected);
          expect(spellingsOf(name).constant).toBe(parts[0] + parts.slice(1).map(capital).join(''));
        }
      }),
    );
  });

  it.each(['', 'rebounds', 'Rebounds', 'player_last_5', 'player__form', '_player_form', 'player form!', '../player_form', 'Spieler_Größe', `player_${'x'.repeat(60)}`])(
    '%j is refused, with an example of what is not', (name) => {
      expect(() => spellingsOf(name)).toThrow(/is no table name.*player_rebound_form/s);
    });
});
