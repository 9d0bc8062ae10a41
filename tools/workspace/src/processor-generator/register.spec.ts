import { registerIn } from './register';
import { spellingsOf } from './spellings';

const INDEX = `import { playerForm } from './player-form.processor';
import { teamForm } from './team-form.processor';

export { playerForm, teamForm };

/** In an order that the graph allows. */
export const processors = [teamForm, playerForm] as const;
export { totals } from './totals';
`;
const AT = { array: 'processors', file: 'libs/some/src/index.ts' };

describe('registration', () => {
  it('adds the import and the export in order, and to the array at its end; nothing else changes', () => {
    expect(registerIn(INDEX, spellingsOf('player_rebound_form'), AT)).toBe(`import { playerForm } from './player-form.processor';
import { playerReboundForm } from './player-rebound-form.processor';
import { teamForm } from './team-form.processor';

export { playerForm, playerReboundForm, teamForm };

/** In an order that the graph allows. */
export const processors = [teamForm, playerForm, playerReboundForm] as const;
export { totals } from './totals';
`);
  });

  it('goes before the first and after the last', () => {
    const first = registerIn(INDEX, spellingsOf('a_form'), AT);
    expect(first.startsWith('import { aForm } from \'./a-form.processor\';\nimport { playerForm }')).toBe(true);
    expect(first).toContain('export { aForm, playerForm, teamForm };');
    const last = registerIn(INDEX, spellingsOf('z_form'), AT);
    expect(last).toContain('\'./team-form.processor\';\nimport { zForm } from \'./z-form.processor\';\n\n');
    expect(last).toContain('export { playerForm, teamForm, zForm };');
  });

  it('keeps to a line each where the array does', () => {
    const lines = INDEX.replace('[teamForm, playerForm]', '[\n  teamForm,\n  playerForm,\n]');
    expect(registerIn(lines, spellingsOf('team_shot_form'), AT)).toContain('[\n  teamForm,\n  playerForm,\n  teamShotForm,\n] as const');
  });

  it.each([
    ['imports of processors', INDEX.replace(/^import.*$/gm, '')],
    ['"export { … }" of its processors', INDEX.replace(/^export \{ playerForm.*$/m, '')],
    ['array "processors"', INDEX.replace('const processors = [teamForm, playerForm] as const', 'const processors = all()')],
    ['array "processors"', INDEX.replace('[teamForm, playerForm]', '[]')],
    ['imports of processors', ''],
  ])('without %s is refused, and says what to write by hand', (what, text) => {
    const attempt = () => registerIn(text, spellingsOf('team_shot_form'), AT);
    expect(attempt).toThrow(`libs/some/src/index.ts has no ${what}, so that nothing was written.`);
    expect(attempt).toThrow('  import { teamShotForm } from \'./team-shot-form.processor\';\n  export { …, teamShotForm };\n  export const processors = [ …, teamShotForm ] as const;');
  });
});
