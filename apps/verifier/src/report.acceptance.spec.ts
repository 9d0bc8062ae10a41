import { readFileSync, statSync } from 'node:fs';
import type { Browser, Locator, Page } from 'playwright-core';
import { WORST_FIRST } from './report/conditions';
import { type OpenPage, openChromium, openPage, textsTooFaint } from './report/chromium.fixture';
import { LoadedLeague } from './report/loaded-league.fixture';

/** Its players' box scores are not in the lake. */
const GONE = '2025-01-26';
const COMMAND = `nx run backfill:phase2 --dates=${GONE}`;

describe('verifier report', () => {
  let league: LoadedLeague;
  let browser: Browser;
  let opened: OpenPage;
  let page: Page;
  const file = (): string => league.path('report.html');

  beforeAll(async () => {
    browser = await openChromium();
    league = new LoadedLeague();
    league.takeAway(GONE);
    expect(league.run('backfill', 'all').code).toBe(1);
    const { code, out, err } = league.run('verifier', 'report', '--html', 'report.html');
    expect({ code, err }).toEqual({ code: 1, err: '' });
    expect(out).toContain(`Wrote ${file()}`);
  }, 300_000);
  afterAll(async () => {
    await browser?.close();
    league?.remove();
  });
  beforeEach(async () => {
    opened = await openPage(browser, file());
    page = opened.page;
  });
  afterEach(async () => {
    // Whatever was done on it.
    expect([opened.requests, opened.complaints]).toEqual([[], []]);
    await page.close();
  });

  const cellOf = (label: string): Locator => page.locator(`[role=gridcell][aria-label^="${label}"]`);
  const panel = (): Locator => page.getByRole('dialog');
  const focused = (attribute: string): Promise<string | null> => page.evaluate((name) => document.activeElement?.getAttribute(name) ?? null, attribute);
  /** Table, state and the rest of each unit that the panel shows. */
  const unitsShown = async (): Promise<string[][]> => panel().locator('.units tbody tr').evaluateAll((rows) => rows.map((row) => Array.from(row.children).map((cell) => (cell.textContent ?? '').trim())));

  it('is one small page that is drawn at once, four seasons of twelve tables', async () => {
    expect(statSync(file()).size).toBeLessThan(3_000_000);
    const started = performance.now();
    await page.reload();
    await page.waitForSelector('html[data-ready]');
    expect(performance.now() - started).toBeLessThan(10_000);
    expect(await page.getByRole('grid').count()).toBe(4);
    // 652 dates, each in eleven tables and once for all of them, and four schedules.
    expect(await page.locator('[role=grid] .cell').count()).toBe(652 * 12 + 4);
  });

  it('counts as the status does', async () => {
    const statuses = JSON.parse(league.run('backfill', 'status', '--json').out) as { complete: number; ready: Record<string, number>; blocked: number }[];
    const sum = (of: (one: (typeof statuses)[number]) => number): string => new Intl.NumberFormat('en-US').format(statuses.reduce((total, one) => total + of(one), 0));
    const ready = sum((one) => Object.values(one.ready).reduce((total, units) => total + units, 0));
    const totals = await page.locator('.totals li').allTextContents();
    expect(totals.slice(0, 3)).toEqual([`${sum((one) => one.complete)} complete`, `${ready} ready to run`, `${sum((one) => one.blocked)} blocked`]);
  });

  it('shows by a click what is wrong on a day, and what to type', async () => {
    const cell = cellOf(`${GONE}, nbac_player_boxscore: failed`);
    await cell.click();
    await expect(panel().getByRole('heading', { level: 2 }).textContent()).resolves.toBe(GONE);
    expect(await panel().locator('code').allTextContents()).toEqual([COMMAND]);
    const units = await unitsShown();
    expect(units.map(([table]) => table)).toHaveLength(11);
    expect(units[0]?.slice(0, 2)).toEqual(['2 nbac_player_boxscore', 'failed']);
    expect(units[0]?.[2]).toMatch(/the lake has no document for it.*no readable document/);
    expect(units[0]?.[3]).toBe('0');
    expect(units.find(([table]) => table === '3 player_game_summary')?.slice(1, 3)).toEqual(['blocked', expect.stringContaining(`NbacPlayerBoxscoreProcessor failed for ${GONE}`)]);
    const teams = units.find(([table]) => table === '2 nbac_team_boxscore');
    const lines = league.gamesOn(GONE).size * 2;
    expect([teams?.[1], teams?.[3], teams?.[4]]).toEqual(['complete', `${lines}`, `${lines} of ${lines}`]);
    await panel().getByRole('button', { name: 'Close' }).click();
    expect(await panel().count()).toBe(0);
  });

  it('shows the same by keyboard alone', async () => {
    for (let i = 0; i < 200 && !(await focused('data-place'))?.startsWith('3 '); i++) await page.keyboard.press('Tab');
    // The grid is entered where the first trouble is.
    expect(await focused('aria-label')).toMatch(new RegExp(`^${GONE}, all tables: `));
    await page.keyboard.press('ArrowDown');
    expect(await focused('aria-label')).toMatch(/^2024-25, nbac_schedule: complete/);
    await page.keyboard.press('ArrowDown');
    expect(await focused('aria-label')).toMatch(new RegExp(`^${GONE}, nbac_player_boxscore: failed`));
    expect(await page.evaluate(() => getComputedStyle(document.activeElement as Element).outlineStyle)).toBe('solid');
    await page.keyboard.press('Enter');
    expect(await focused('id')).toBe('day-title');
    expect(await panel().locator('code').allTextContents()).toEqual([COMMAND]);
    expect((await unitsShown())[0]?.slice(0, 2)).toEqual(['2 nbac_player_boxscore', 'failed']);
    await page.keyboard.press('Escape');
    expect(await panel().count()).toBe(0);
    expect(await focused('aria-label')).toMatch(new RegExp(`^${GONE}, nbac_player_boxscore: failed`));
    await page.keyboard.press('ArrowLeft');
    expect(await focused('aria-label')).toMatch(/^2025-01-2\d, nbac_player_boxscore: complete, \d+ rows/);
    // One stop a grid for the Tab key, wherever the arrows have been.
    expect(await page.locator('[role=grid] [role=gridcell][tabindex="0"]').count()).toBe(4);
  });

  it('goes from day to day, and back to the cell of the day that is shown', async () => {
    await cellOf(`${GONE}, all tables`).click();
    await panel().getByRole('button', { name: 'Day after' }).press('Enter');
    await expect(panel().getByRole('heading', { level: 2 }).textContent()).resolves.toBe('2025-01-27');
    await page.keyboard.press('Escape');
    expect(await focused('aria-label')).toMatch(/^2025-01-27, all tables/);
  });

  it('tells the gap by game and team, and the incident with its resolution', async () => {
    const rows = await page.locator('[data-gaps="3"] tbody tr').evaluateAll((all) => all.map((row) => Array.from(row.children).map((cell) => cell.textContent ?? '')));
    const found = rows.filter(([date]) => date === GONE);
    expect(found.map(([, , game]) => game?.split(' ')[1])).toEqual([...league.gamesOn(GONE).keys()].sort());
    for (const [, kind, game, teams, , tables] of found) {
      expect([kind, teams]).toEqual(['missing', league.gamesOn(GONE).get(game?.split(' ')[1] ?? '')?.join(', ')]);
      expect(tables).toContain('nbac_player_boxscore');
    }
    expect(await page.locator('[data-gaps]').count()).toBe(1);
    const incident = page.locator('.cause');
    expect(await incident.getByRole('heading').allTextContents()).toEqual([`Analytics BLOCKED: Upstream Failure — NbacPlayerBoxscoreProcessor failed for ${GONE}`]);
    expect(await incident.locator('code').allTextContents()).toEqual([COMMAND]);
  });

  it.each(['light', 'dark'] as const)('can be read in %s', async (scheme) => {
    await page.emulateMedia({ colorScheme: scheme });
    await cellOf(`${GONE}, nbac_player_boxscore`).click();
    const { looked, faint } = await textsTooFaint(page);
    expect(faint).toEqual([]);
    expect(looked).toBeGreaterThan(200);
    const ground = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    expect(ground).toBe(scheme === 'light' ? 'rgb(255, 255, 255)' : 'rgb(15, 20, 25)');
  });

  it('tells no two states apart by colour alone', async () => {
    const patterns = await page.evaluate((names) => names.map((name) => {
      const cell = document.createElement('span');
      cell.className = `cell is-${name}`;
      document.querySelector('.legend li')?.append(cell);
      const { backgroundImage, backgroundColor, backgroundPosition, borderTopWidth } = getComputedStyle(cell);
      const filled = backgroundColor === 'rgba(0, 0, 0, 0)' ? 'empty' : 'filled';
      return [backgroundImage.replace(/rgba?\([^)]*\)/g, (color) => (color === 'rgba(0, 0, 0, 0)' ? '-' : '#')), backgroundPosition, borderTopWidth, filled].join(' ');
    }), WORST_FIRST);
    expect(new Set(patterns).size).toBe(WORST_FIRST.length);
  });

  it('types what mends it: the day is complete when the document is back and the command has run', async () => {
    await cellOf(`${GONE}, nbac_player_boxscore`).click();
    const [command = ''] = await panel().locator('code').allTextContents();
    league.putBack(GONE);
    const [, phase = '', ...rest] = /^nx run backfill:(\w+) (.*)$/.exec(command) ?? [];
    expect(league.run('backfill', phase, ...rest.join(' ').split(' ')).code).toBe(0);
    expect(league.run('verifier', 'report', '--html', 'mended.html')).toMatchObject({ code: 0, err: '' });
    expect(readFileSync(league.path('mended.html'), 'utf8')).toContain('Everything that is due is complete: nothing to do.');
    const mended = await openPage(browser, league.path('mended.html'));
    const label = await mended.page.locator(`[role=gridcell][aria-label^="${GONE}, nbac_player_boxscore"]`).getAttribute('aria-label');
    expect(label).toMatch(/: complete, \d+ rows$/);
    await mended.page.close();
  });

  it('refuses to write nowhere, and verifies as ever without the word', () => {
    const nowhere = league.run('verifier', 'report', '--html', 'there/is/no/folder.html');
    expect([nowhere.code, nowhere.err]).toEqual([2, expect.stringMatching(/^INVALID_ARGUMENT: The page cannot be written to .*folder\.html/)]);
    expect(league.run('verifier', 'report').code).toBe(2);
    expect(league.run('verifier', '--phase', '2', '--season', '2021-22')).toMatchObject({ code: 0, out: expect.stringContaining('COMPLETE: season 2021-22, phase 2.') });
  });
});
