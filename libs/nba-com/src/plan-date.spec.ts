import fc from 'fast-check';
import { parseSeason } from '@nba/kernel';
import { G1, GAMES, linesOf, logAnswer } from './league.fixture';
import { parseGameLog } from './parse-game-log';
import { contentsOf, planDate, storedContents, type GameContents } from './plan-date';

const KIND = 'player-boxscores';
const contents = (games: Readonly<Record<string, string>>): GameContents => new Map(Object.entries(games));
const NOWHERE = () => false;

describe('the plan for a date', () => {
  it.each<[string, Readonly<Record<string, string>>, (Readonly<Record<string, string>> | undefined)[], string, string[]]>([
    ['nothing is stored', { a: '1' }, [], 'new', []],
    ['only other game types are stored', { a: '1' }, [{}], 'new', []],
    ['the same is stored', { a: '1', b: '2' }, [{ b: '2', a: '1' }], 'unchanged', []],
    ['a game has changed', { a: '1', b: '3' }, [{ a: '1', b: '2' }], 'changed', []],
    ['a game has come', { a: '1', b: '2' }, [{ a: '1' }], 'changed', []],
    ['the answer lacks a game', { a: '1' }, [{ a: '1', b: '2' }], 'kept', ['b']],
    ['the answer lacks all', {}, [{ a: '1' }], 'kept', ['a']],
    ['the answer lacks one and has another', { a: '1', c: '3' }, [{ a: '1', b: '2' }], 'changed', ['b']],
    ['each is the newest of its game, in different documents', { a: '2', b: '1' }, [{ a: '2' }, { a: '1', b: '1' }], 'unchanged', []],
    ['what was said before is said again', { a: '1' }, [{ a: '2' }, { a: '1' }], 'changed', []],
    ['the newest cannot be read', { a: '1' }, [undefined, { a: '1' }], 'changed', []],
    ['an older one cannot be read', { a: '1' }, [{ a: '1' }, undefined], 'unchanged', []],
    ['nothing is anywhere', {}, [], 'unchanged', []],
  ])('when %s', (_name, fetched, stored, change, vanished) => {
    expect(planDate(contents(fetched), stored.map((one) => one && contents(one)), NOWHERE)).toMatchObject({ change, vanished });
  });

  it('writes a date that a game has left for another, once, even if nothing is left of it', () => {
    const moved = (id: string) => id === 'b';
    expect(planDate(contents({ a: '1' }), [contents({ a: '1', b: '2' })], moved)).toMatchObject({ change: 'changed', vanished: [] });
    expect(planDate(contents({ a: '1' }), [contents({ a: '1' }), contents({ a: '1', b: '2' })], moved)).toMatchObject({ change: 'unchanged', vanished: [] });
    expect(planDate(contents({}), [contents({ b: '2' })], moved)).toMatchObject({ change: 'changed', vanished: [] });
    expect(planDate(contents({}), [contents({}), contents({ b: '2' })], moved)).toMatchObject({ change: 'unchanged' });
  });

  it('writes whatever is not known, and nothing twice: what was written is known the next time', () => {
    const some = fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.constantFrom('1', '2'));
    fc.assert(fc.property(fc.array(some, { maxLength: 4 }), some, (stored, fetched) => {
      const before = stored.map(contents);
      const plan = planDate(contents(fetched), before, NOWHERE);
      const known = Object.assign({}, ...[...stored].reverse()) as Record<string, string>;
      expect(plan.change === 'new' || plan.change === 'changed').toBe(Object.entries(fetched).some(([id, content]) => known[id] !== content));
      const after = plan.change === 'new' || plan.change === 'changed' ? [contents(fetched), ...before] : before;
      expect(['unchanged', 'kept']).toContain(planDate(contents(fetched), after, NOWHERE).change);
    }));
  });
});

describe('what a document says', () => {
  const answer = () => logAnswer(linesOf(KIND, GAMES), KIND) as { parameters: unknown; resultSets: [{ headers: string[]; rowSet: unknown[][] }] };
  const fetched = () => {
    const log = parseGameLog(answer(), { kind: KIND, season: parseSeason('2023-24'), gameType: 'regular-season' });
    return contentsOf(log, log.rows);
  };

  it('does not depend on the order of rows, columns and keys, on white space, or on how it was asked for', () => {
    const other = answer();
    other.resultSets[0].headers.reverse();
    other.resultSets[0].rowSet.reverse().forEach((row) => row.reverse());
    const text = JSON.stringify({ resultSets: other.resultSets, parameters: { DateFrom: '10/24/2023' } }, null, 2);
    expect(storedContents(text, KIND, 'regular-season')).toEqual(fetched());
  });

  it('depends on every value, and on every row', () => {
    const other = answer();
    (other.resultSets[0].rowSet[5] as unknown[])[8] = 'x';
    expect(storedContents(JSON.stringify(other), KIND, 'regular-season')).not.toEqual(fetched());
    const fewer = answer();
    fewer.resultSets[0].rowSet.pop();
    expect(storedContents(JSON.stringify(fewer), KIND, 'regular-season')).not.toEqual(fetched());
  });

  it('is nothing when it cannot be read, and no game when its games are of another type', () => {
    expect(storedContents('{"resultSets":', KIND, 'regular-season')).toBeUndefined();
    expect(storedContents(JSON.stringify(logAnswer(linesOf('team-boxscores', [G1]))), KIND, 'regular-season')).toBeUndefined();
    expect(storedContents(JSON.stringify(answer()), KIND, 'playoffs')).toEqual(new Map());
  });
});
