import { kindsIn, textOf, unionMembers } from './runbook/find-codes.fixture';

const GLOSSARY = textOf('docs/glossary.md');
/** `- **unit**: …`, and words that are explained within another's line. */
const TERMS = new Set([...GLOSSARY.matchAll(/\*\*([^*]+)\*\*/g)].map(([, term = '']) => term.toLowerCase()));
const NAMES = new Set([...GLOSSARY.matchAll(/`([A-Z]\w+)`/g)].map(([, name = '']) => name));

/** What says how something is called or answered, and nothing about the domain: the thing itself is in the glossary. */
const PLUMBING = /(Options|Request|Outcome|Parameters?|Fields|Settings|Parts|Query|Check|Checker|Status|Script|Names|Input|Unit|Step|Span|Weekday|Facts|End)$/;

const exportedTypes = (library: string): string[] =>
  [...textOf(`libs/${library}/src/index.ts`).matchAll(/\{([^}]*)\}/g)]
    .flatMap(([, list = '']) => list.split(',')).map((name) => name.trim().replace(/^type /, '')).filter((name) => /^[A-Z][a-z]\w+$/.test(name));

describe('the glossary', () => {
  it('has the words of the domain', () => {
    const words = ['game date', 'partition', 'unit', 'spine', 'lookback', 'window', 'expected', 'present', 'gap', 'coverage', 'run', 'blocked', 'empty_ok', 'cascade'];
    expect(words.filter((word) => !TERMS.has(word))).toEqual([]);
  });

  it.each([
    ['states of a unit', () => kindsIn('libs/pipeline/src/planning/unit-state.ts', 'UnitState')],
    ['ends of a run', () => unionMembers('libs/kernel/src/warehouse.ts', 'RunStatus')],
    ['verdicts', () => kindsIn('libs/dependency-guard/src/verdict.ts', 'Verdict')],
    ['reasons for a verdict', () => kindsIn('libs/dependency-guard/src/verdict.ts', 'BlockedReason')],
  ])('explains all %s', (_, find) => {
    const values = find();
    expect(values.length).toBeGreaterThan(1);
    expect(values.filter((value) => !TERMS.has(value))).toEqual([]);
  });

  it.each(['kernel', 'schedule', 'completeness', 'dependency-guard', 'pipeline'])('names what @nba/%s exports; else add it to docs/glossary.md', (library) => {
    const types = exportedTypes(library);
    expect(types.length).toBeGreaterThan(3);
    expect(types.filter((name) => !NAMES.has(name) && !PLUMBING.test(name))).toEqual([]);
  });

  it('names nothing that is not exported anywhere', () => {
    const exported = new Set(['kernel', 'schedule', 'completeness', 'dependency-guard', 'pipeline'].flatMap(exportedTypes));
    expect([...NAMES].filter((name) => !exported.has(name) && name !== 'YYYY')).toEqual([]);
  });

  it('explains each word once', () => {
    const heads = [...GLOSSARY.matchAll(/^- \*\*([^*]+)\*\*/gm)].map(([, term]) => term);
    expect(heads.filter((term, i) => heads.indexOf(term) < i)).toEqual([]);
  });
});
