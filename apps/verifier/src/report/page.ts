import { createHash } from 'node:crypto';
import { count, duration, plural } from '@nba/command-line';
import type { PipelineSurvey, SeasonSurvey } from '@nba/pipeline';
import { clientScript } from './client/client-parts';
import { timeInWords } from './client/time-in-words';
import { WORST_FIRST, wordsFor } from './conditions';
import { describeViolationOf, nextCommands, totalsOf } from './totals';
import { findRunTimes } from './find-run-times';
import { type Html, embeddedJson, html } from './html';
import { reportDataOf } from './report-data-of';
import { STYLE } from './style';

/** What the page is about, beside what was found. */
export interface PageScope {
  /** As the user said it: `season 2024-25`. */
  readonly label: string;
  readonly warehouse: string;
}

/**
 * The report as one page that needs nothing else: no network, no other file. What it may run is fixed by the hashes of
 * its own style and script, so that no text that was put into it can do anything.
 */
export function reportPage(survey: PipelineSurvey, scope: PageScope): string {
  const data = reportDataOf(survey);
  const script = clientScript();
  const policy = `default-src 'none'; style-src '${hashOf(STYLE)}'; script-src '${hashOf(script)}'; base-uri 'none'; form-action 'none'`;
  const { html: page } = html`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>NBA backfill: ${scope.label}, ${survey.asOf.slice(0, 10)}</title>
<style>${{ html: STYLE }}</style>
</head>
<body>
${header(survey, scope)}
<main>
${incidents(survey)}
${legend(data.conditions.map(({ name }) => name))}
<noscript><p class="verdict">The calendars below are drawn by the page's own script, which this browser does not run.</p></noscript>
${survey.seasons.map(season)}
${runTimes(survey)}
</main>
<section id="day" role="dialog" aria-labelledby="day-title" hidden>
<div class="keys"><button type="button" class="before">← Day before</button><button type="button" class="after">Day after →</button><button type="button" class="close">Close (Esc)</button></div>
<div class="content"></div>
</section>
<script type="application/json" id="worst-first">${embeddedJson(WORST_FIRST)}</script>
<script type="application/json" id="report-data">${embeddedJson(data)}</script>
<script>${{ html: script }}</script>
</body>
</html>
`;
  return page;
}

const hashOf = (text: string): string => `sha256-${createHash('sha256').update(text).digest('base64')}`;

function header(survey: PipelineSurvey, { label, warehouse }: PageScope): Html {
  const { complete, ready, blocked, later } = totalsOf(survey.seasons);
  const { gaps, violations } = { gaps: survey.seasons.flatMap((one) => one.gaps).length, violations: survey.seasons.flatMap((one) => one.violations).length };
  const unknown = survey.seasons.filter(({ scheduled }) => !scheduled).length;
  const well = ready + blocked + gaps + violations + unknown === 0;
  const total = (number: number, what: string): Html => html`<li><b>${count(number)}</b> ${what}</li>`;
  return html`<header>
<h1>NBA backfill: ${label}</h1>
<p class="muted">As of ${survey.asOf.slice(0, 16).replace('T', ' ')} UTC, game day ${survey.today} in US Eastern time · ${warehouse}</p>
<ul class="totals" aria-label="Units in all">${total(complete, 'complete')}${total(ready, 'ready to run')}${total(blocked, 'blocked')}${total(gaps, 'games with gaps')}${later > 0 ? total(later, 'not due yet') : { html: '' }}</ul>
<p class="verdict">${well ? 'Everything that is due is complete: nothing to do.' : 'Not everything is complete.'}</p>
</header>`;
}

function incidents({ causes, seasons }: PipelineSurvey): Html {
  const told = causes.map(({ title, errors, heldUp, resolution, dates }) => {
    const waiting = heldUp.reduce((sum, held) => sum + held.dates.length, 0);
    return html`<article class="cause"><h3>${title}</h3>
${errors.slice(0, 5).map(inShort)}${errors.length > 5 ? html`<p>… and ${errors.length - 5} more</p>` : { html: '' }}
<p class="muted">${plural(dates.length, 'date')} at the root · ${waiting === 0 ? 'nothing waits for it' : html`${plural(waiting, 'unit')} of ${heldUp.map(({ processor }) => processor).join(', ')} ${waiting === 1 ? 'waits' : 'wait'} for it`}</p>
${command(resolution)}</article>`;
  });
  const next = nextCommands(seasons);
  const list = next.map(({ command: text, units }) => html`<div class="next">${command(text)}<span class="muted small">for ${plural(units, 'unit')}</span></div>`);
  return html`<section aria-labelledby="incidents"><h2 id="incidents">Incidents</h2>
${told.length > 0 ? told : html`<p>No incident is open: nothing is recorded that did not end well.</p>`}
</section>${next.length > 0 ? html`<section aria-labelledby="next"><h2 id="next">What to type</h2>${list}</section>` : { html: '' }}`;
}

/** What a document was found wanting in can be long: its beginning, and the rest when asked for. */
const inShort = (text: string): Html => (text.length > SHORT ? html`<details class="error"><summary>${text.slice(0, SHORT)}…</summary><p>${text}</p></details>` : html`<p>${text}</p>`);
const SHORT = 260;

/** The script puts a button beside it. */
const command = (text: string): Html => html`<div data-command="${text}"><code>${text}</code></div>`;

function legend(shown: readonly string[]): Html {
  const names = ['complete', 'missing', 'failed', 'blocked', ...shown].filter((name, i, all) => all.indexOf(name) === i);
  return html`<section aria-label="Legend"><ul class="legend">${names.map((name) => html`<li><span class="cell is-${name}" aria-hidden="true"></span><b>${wordsFor(name).label}</b> ${wordsFor(name).meaning}</li>`)}</ul></section>`;
}

function season(one: SeasonSurvey, number: number): Html {
  const { complete, ready, blocked, later } = totalsOf([one]);
  const dates = new Set(one.games.map(({ date }) => date)).size;
  const units = [`${count(complete)} complete`, `${count(ready)} ready`, `${count(blocked)} blocked`, ...(later > 0 ? [`${count(later)} not due`] : [])].join(', ');
  const head = html`<h2 id="season-${one.season}">${one.season}</h2>`;
  if (!one.scheduled) {
    return html`<section aria-labelledby="season-${one.season}">${head}<p>Its schedule is not loaded: what is expected is not known yet.</p>${command(`nx run backfill:all --season=${one.season}`)}</section>`;
  }
  const gaps = one.gaps.length > 0
    ? html`<details open><summary>Gaps by game and team: ${plural(one.gaps.length, 'game')}</summary><div data-gaps="${number}"></div></details>`
    : html`<p class="muted">No gaps: every game, team and player that is expected is stored in every table.</p>`;
  const violations = one.violations.length > 0
    ? html`<details open><summary>Violated invariants: ${one.violations.length}</summary><ul>${one.violations.slice(0, 100).map((violation) => html`<li>${describeViolationOf(violation)}</li>`)}</ul></details>`
    : { html: '' };
  return html`<section aria-labelledby="season-${one.season}">${head}
<p class="muted">${plural(dates, 'game date')}, ${plural(one.games.length, 'game')} · units: ${units}</p>
<div data-grid="${number}"></div>
${gaps}${violations}</section>`;
}

function runTimes(survey: PipelineSurvey): Html {
  const times = findRunTimes(survey);
  if (times.length === 0) return html`<section><h2>Run times</h2><p>Nothing has run yet.</p></section>`;
  const inWords = (ms: number): string => timeInWords(undefined, ms);
  return html`<section aria-labelledby="times"><h2 id="times">Run times</h2>
<p class="muted">Of the newest run of each unit. A unit that was written together with others counts with its share of the statement. ${duration(times.reduce((sum, { totalMs }) => sum + totalMs, 0))} in all.</p>
<div class="scroll" tabindex="0" role="group" aria-label="Run times"><table><thead><tr>${['Phase', 'Table', 'Units', 'Statements', 'In all', 'Median of a unit', 'Slowest'].map((name) => html`<th scope="col">${name}</th>`)}</tr></thead>
<tbody>${times.map((one) => html`<tr><td>${one.phase}</td><th scope="row">${one.table}</th><td class="number">${count(one.units)}</td><td class="number">${count(one.statements)}</td><td class="number">${inWords(one.totalMs)}</td><td class="number">${inWords(one.medianMs)}</td>
<td>${one.slowest.map(({ date, ms, unitsTogether }, i) => `${i > 0 ? ', ' : ''}${date} ${inWords(ms)}${unitsTogether > 1 ? ` (one of ${count(unitsTogether)} together)` : ''}`).join('')}</td></tr>`)}</tbody></table></div></section>`;
}
