import { createHash } from 'node:crypto';
import { reportPage } from './page';
import { date, gapOn, seasonOf, surveyOf, tableOf, unitOn } from './survey.fixture';

const EVIL = '</script><script>alert(1)</script><!--<img src=x onerror=alert(1)>';
const survey = {
  ...surveyOf(seasonOf({
    tables: [tableOf('nbac_schedule', [unitOn('2024-10-01')], undefined), tableOf('player_game_summary', [unitOn('2024-10-22', { condition: 'failed', why: [EVIL], fixes: ['nx run x --dates=2024-10-22'] })])],
    gaps: [gapOn('2024-10-22', { game: EVIL, players: [EVIL] })],
    violations: [{ invariant: 'points', severity: 'fails', date: '2024-10-22', gameId: null, who: EVIL, detail: EVIL }],
  })),
  causes: [{ key: 'k', title: EVIL, dates: [date('2024-10-22')], heldUp: [{ processor: 'P', dates: [date('2024-10-23')] }], errors: [EVIL, 'x'.repeat(400)], resolution: EVIL }],
};
const page = reportPage(survey, { label: EVIL, warehouse: EVIL });

describe('reportPage', () => {
  it('lets nothing that was put into it do anything', () => {
    expect(page.match(/<script/g)).toHaveLength(3);
    expect(page.match(/<\/script/g)).toHaveLength(3);
    expect(page).not.toMatch(/<!--|<img/);
  });

  it('names no other place, and runs only what it was written with', () => {
    expect(page).not.toMatch(/https?:|\/\/[a-z]|<link|@import|url\(/);
    const policy = /Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1]?.replaceAll('&#39;', "'") ?? '';
    const hashOf = (text: string | undefined) => `'sha256-${createHash('sha256').update(text ?? '').digest('base64')}'`;
    expect(policy.split('; ')).toEqual([
      "default-src 'none'", `style-src ${hashOf(/<style>([^]*?)<\/style>/.exec(page)?.[1])}`, `script-src ${hashOf(/<script>([^]*?)<\/script>/.exec(page)?.[1])}`, "base-uri 'none'", "form-action 'none'",
    ]);
    expect(page.replace(/<script[^]*?<\/script>/g, '')).not.toMatch(/<[a-z]+( [a-z-]+="[^"]*")* (style|on[a-z]+)=/);
  });

  it('tells the totals, the incidents and what to type', () => {
    expect(page).toContain('<b>1</b> complete');
    expect(page).toContain('<b>1</b> ready to run');
    expect(page).toContain('Not everything is complete.');
    expect(page).toContain('1 unit of P waits for it');
    expect(page).toContain('data-command="nx run x --dates=2024-10-22"');
  });

  it('says when there is nothing to do, and when a schedule is not there', () => {
    const well = reportPage(surveyOf(seasonOf({ tables: [tableOf('player_game_summary', [unitOn('2024-10-22')])] })), { label: 'season 2024-25', warehouse: 'w' });
    expect(well).toContain('Everything that is due is complete: nothing to do.');
    expect(well).toContain('No incident is open');
    const unknown = reportPage(surveyOf(seasonOf({ scheduled: false, games: [] })), { label: 'season 2024-25', warehouse: 'w' });
    expect(unknown).toContain('Not everything is complete.');
    expect(unknown).toContain('data-command="nx run backfill:all --season=2024-25"');
  });
});
