import { SITUATIONS } from './runbook/situations.fixture';
import { type RunbookSection, parseRunbook } from './runbook/parse-runbook';
import { textOf } from './runbook/find-codes.fixture';
import { type Ended, type Stage, Theatre, alertsOf } from './runbook/situation.fixture';
import { type Kind, type Line, type SmallLake, YESTERDAY } from './runbook/small-lake.fixture';

const SECTIONS = parseRunbook(textOf('docs/runbook.md'));
const MORNING = 'node dist/apps/backfill/main.js daily';
const NOTHING_IS_WRONG = 'Nothing is wrong.';

function sectionOf(title: string): RunbookSection {
  const section = SECTIONS.find((one) => one.title === title);
  if (!section) throw new Error(`The runbook has no section ${title}`);
  return section;
}

const commandsOf = ({ blocks }: RunbookSection, part: string): string => blocks.filter((block) => block.part === part && block.where === 'here').map(({ commands }) => commands).join('');

/** Said about a failure: what was typed, and all that came of it. */
const report = ({ code, out, err }: Ended): string => `exit ${code}\n${out}${err}`;

describe('the runbook, acted out', () => {
  let theatre: Theatre;
  beforeAll(async () => {
    theatre = new Theatre();
    await theatre.prepare();
  }, 240_000);
  afterAll(() => theatre.close());

  async function onStage(from: 'morning' | 'done', name: string, act: (stage: Stage) => Promise<void>): Promise<void> {
    const stage = theatre.stage(from, name.replace(/\W+/g, '-'));
    try {
      await act(stage);
    } finally {
      await stage.close();
    }
  }

  it.each(SITUATIONS.map((situation) => [situation.section, situation.name, situation] as const))('%s (%s): its commands end it', (_, name, situation) =>
    onStage(situation.from, `${situation.section} ${name}`, async (stage) => {
      const section = sectionOf(situation.section);
      const byHand = await situation.make(stage);

      const seen = await stage.shell(situation.command ?? MORNING);
      const incident = situation.incident === undefined ? situation.codes[0] : situation.incident;
      if (incident === null) {
        expect(report(seen)).toContain(section.says);
      } else {
        const opened = alertsOf(seen).filter(({ kind }) => kind === 'opened');
        expect([opened.map((alert) => alert.incident), report(seen)]).toEqual([expect.arrayContaining([expect.stringContaining(String(incident))]), report(seen)]);
        if (section.alert?.includes(' ')) expect(opened.map(({ message }) => message)).toEqual(expect.arrayContaining([expect.stringContaining(section.alert)]));
      }

      expect(report(await stage.shell(commandsOf(section, 'Look')))).toMatch(/^exit 0\n/);
      await byHand();
      const mended = await stage.shell(commandsOf(section, 'Mend'));
      expect(report(mended)).toMatch(/^exit 0\n/);
      const over = await stage.shell(commandsOf(section, 'Over'));
      expect(report(over)).toMatch(/^exit 0\n/);
      expect(over.out).toContain(NOTHING_IS_WRONG);
      if (incident !== null && incident !== 'AlertChannel') {
        expect(alertsOf(mended).filter(({ kind }) => kind === 'resolved').map((alert) => alert.incident)).toEqual(expect.arrayContaining([expect.stringContaining(String(incident))]));
      }
      if (incident === 'AlertChannel') expect(over.out).toContain('resolved');
    }), 300_000);

  it('acts out every section that has commands for here', () => {
    const acted = new Set(SITUATIONS.flatMap(({ codes }) => codes));
    const left = SECTIONS.filter(({ blocks }) => blocks.some(({ where }) => where === 'here')).flatMap(({ codes }) => codes).filter((code) => !acted.has(code));
    expect(left).toEqual([]);
  });

  it('first of all tells of what is wrong', () =>
    onStage('morning', 'first', async (stage) => {
      stage.lake.remove(`nba-com/player-boxscores/${YESTERDAY}`);
      expect((await stage.shell(MORNING)).code).not.toBe(0);
      const told = await stage.shell(sectionOf('First of all').blocks.map(({ commands }) => commands).join(''));
      expect(report(told)).toMatch(/^exit 0\n/);
      expect(told.out).toContain('Root cause: Analytics BLOCKED: Upstream Failure');
    }), 120_000);

  it.each(SECTIONS.filter(({ title }) => title.startsWith('Scenarios / ') || title === 'Questions to the history').map((section) => [section.title, section] as const))('%s', (title, section) =>
    onStage(title.includes('morning') ? 'morning' : 'done', title, async (stage) => {
      if (title.includes('corrected')) correctOneAssist(stage);
      for (const { commands } of section.blocks.filter(({ where }) => where === 'here')) {
        const ended = await stage.shell(commands);
        expect(report(ended)).toMatch(/^exit 0\n/);
        if (section.says) expect(report(ended)).toContain(section.says);
        if (title.includes('corrected')) expect(ended.out).toContain('there are corrections');
        if (title.startsWith('Questions')) expect(ended.out).toMatch(/\bsuccess\b/);
      }
    }), 240_000);

  it('names commands for the internet that there are', () =>
    onStage('morning', 'fetch', async (stage) => {
      const help = await stage.shell('node dist/apps/backfill/main.js fetch --help');
      expect(report(help)).toMatch(/^exit 0\n/);
      const used = SECTIONS.flatMap(({ blocks }) => blocks).filter(({ where }) => where === 'internet').flatMap(({ commands }) => commands.match(/--[\w-]+/g) ?? []);
      expect(used.length).toBeGreaterThan(0);
      for (const option of used) expect(help.out).toContain(option);
    }), 60_000);
});

/** Newer documents in which one player has an assist more, and so has the team. */
function correctOneAssist({ lake }: Stage): void {
  const oneMore = (line: Line): Line => ({ ...line, AST: Number(line['AST']) + 1 });
  let corrected: Line = {};
  writeNewer(lake, 'player-boxscores', ([first = {}, ...rest]) => [oneMore((corrected = first)), ...rest]);
  writeNewer(lake, 'team-boxscores', (teams) => teams.map((team) => (['GAME_ID', 'TEAM_ID'].every((id) => team[id] === corrected[id]) ? oneMore(team) : team)));
}

/** Beside what there is, an hour and a half later. */
function writeNewer(lake: SmallLake, kind: Kind, edit: (lines: Line[]) => Line[]): void {
  const path = lake.newest(kind, YESTERDAY);
  const before = lake.text(path);
  lake.editLines(kind, YESTERDAY, edit);
  const after = lake.text(path);
  lake.put(path, before);
  lake.put(path.replace('_100000', '_113000'), after);
}
