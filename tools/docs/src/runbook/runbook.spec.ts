import { everyCode, findingCodes, kindsIn, textOf, unionMembers } from './find-codes.fixture';
import { parseRunbook } from './parse-runbook';

const SECTIONS = parseRunbook(textOf('docs/runbook.md'));
const blocks = SECTIONS.flatMap((section) => section.blocks.map((block) => ({ ...block, title: section.title })));

describe('the runbook', () => {
  it('has a section for every code that an alert, a record or a fault can carry', () => {
    const told = new Set(SECTIONS.flatMap(({ codes }) => codes));
    expect(everyCode().filter((code) => !told.has(code))).toEqual([]);
  });

  it('tells of no code that there is not', () => {
    const known = new Set(everyCode());
    expect(SECTIONS.flatMap(({ codes }) => codes).filter((code) => !known.has(code))).toEqual([]);
  });

  it('has each code in one section only', () => {
    const codes = SECTIONS.flatMap((section) => section.codes);
    expect(codes.filter((code, i) => codes.indexOf(code) < i)).toEqual([]);
  });

  it('says how to look, what mends it and how to see that it is over, wherever something can be seen here', () => {
    const without = SECTIONS.filter(({ codes, blocks: own }) => codes.length > 0 && own.some(({ where }) => where === 'here'))
      .filter(({ blocks: own }) => ['Look', 'Mend', 'Over'].some((part) => !own.some((block) => block.part === part && block.where === 'here')));
    expect(without.map(({ title }) => title)).toEqual([]);
  });

  it('has a section for every alert policy of Terraform, under the name that its messages carry', () => {
    const policies = [...textOf('tools/deploy/terraform/alerts.tf').matchAll(/resource "google_monitoring_alert_policy" "(\w+)" \{\s*display_name\s*=\s*var\.names\.alerts\.(\w+)/g)];
    const { names } = JSON.parse(textOf('tools/deploy/terraform/names.auto.tfvars.json')) as { names: { alerts: Record<string, string> } };
    expect(policies).toHaveLength(Object.keys(names.alerts).length);
    expect(SECTIONS.flatMap(({ title, policy }) => (policy ? [[policy, title]] : []))).toEqual(policies.map(([, policy, key = '']) => [policy, `Alerts of Google Cloud / ${names.alerts[key]}`]));
  });

  it('names in commands of Google Cloud only what is deployed under that name', () => {
    const deployed = new Set(textOf('tools/deploy/terraform/names.auto.tfvars.json').match(/nba[\w.-]*/g));
    const cloud = blocks.filter(({ where }) => where === 'google-cloud');
    expect(cloud).toHaveLength(4);
    expect(cloud.flatMap(({ commands }) => commands.match(/\bnba[\w.-]*/g) ?? []).filter((name) => !deployed.has(name))).toEqual([]);
  });

  it('marks whatever only Google Cloud or the internet can answer', () => {
    const unmarked = blocks.filter(({ where, commands }) => where === 'here' && /\b(gcloud|bq|curl|wget)\b|main\.js fetch/.test(commands));
    expect(unmarked.map(({ title }) => title)).toEqual([]);
  });
});

describe('what the runbook is held against', () => {
  it('is read from the types and calls of the code', () => {
    expect(kindsIn('libs/dependency-guard/src/verdict.ts', 'BlockedReason').sort()).toEqual(['data-gaps', 'guard-failed', 'table-in-use', 'upstream-failure', 'upstream-running']);
    expect(unionMembers('libs/kernel/src/warehouse.ts', 'RunStatus')).toEqual(['running', 'success', 'partial', 'empty_ok', 'failed', 'blocked', 'skipped']);
    expect(unionMembers('libs/kernel/src/nba-error.ts', 'ErrorCode')).toEqual(expect.arrayContaining(['WAREHOUSE_LOCKED', 'LEASE_LOST', 'ALERT_UNDELIVERED']));
    expect(findingCodes()).toEqual(expect.arrayContaining(['DOCUMENT_INVALID', 'GAMES_VANISHED', 'GAME_OUTSIDE_SEASON', 'TOTALS_DIFFER']));
    expect(findingCodes()).not.toContain('GAME_DROPPED');
  });
});

describe('the reader of the runbook', () => {
  it('knows parts, marks and codes', () => {
    const [first, second] = parseRunbook('# R\n\n## One\n\n**Codes:** `A`, `B`\n\n**Look**: so\n\n```sh\nls\n```\n\nBy hand. *Needs the internet:*\n\n```sh\nget\n```\n\n**Mend**\n\n```sh\nfix\n```\n\n### Two\n\n*On Google Cloud:*\n\n```sh\ngcloud\n```\n');
    expect(first).toMatchObject({
      title: 'One', codes: ['A', 'B'],
      blocks: [{ part: 'Look', where: 'here', commands: 'ls\n' }, { part: '', where: 'internet', commands: 'get\n' }, { part: 'Mend', where: 'here', commands: 'fix\n' }],
    });
    expect(second).toMatchObject({ title: 'One / Two', codes: [], blocks: [{ where: 'google-cloud', commands: 'gcloud\n' }] });
  });
});
