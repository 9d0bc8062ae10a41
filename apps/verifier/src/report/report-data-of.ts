import { percentOf } from '@nba/completeness';
import { tableId } from '@nba/kernel';
import type { PipelineSurvey, SeasonSurvey, TableSurvey, UnitSurvey } from '@nba/pipeline';
import { gameLabel } from '@nba/schedule';
import { count } from '@nba/command-line';
import { wordsFor } from './conditions';
import { hasWritten } from './find-run-times';
import type { ReportData, ReportGap, ReportSeason, ReportSeasonTable, UnitTuple } from './report-data';

/** A list in which everything stands once. */
class Once<T> {
  readonly all: T[] = [];
  private readonly indexes = new Map<string, number>();

  indexOf(value: T, key = String(value)): number {
    const known = this.indexes.get(key);
    if (known !== undefined) return known;
    this.indexes.set(key, this.all.length);
    return this.all.push(value) - 1;
  }
}

interface Lists {
  readonly conditions: Once<string>;
  readonly texts: Once<string>;
  readonly runs: Once<readonly [string, string]>;
  readonly brevity: Brevity;
}

/** What the page shows of a survey. */
export function reportDataOf({ seasons }: PipelineSurvey): ReportData {
  const lists: Lists = { conditions: new Once(), texts: new Once(), runs: new Once(), brevity: brevityFor(seasons) };
  const processors = seasons[0]?.tables.map(({ processor }) => processor) ?? [];
  const names = processors.map(({ table }) => tableId(table));
  const told = seasons.map((season) => reportSeason(season, names, lists));
  return {
    conditions: lists.conditions.all.map((name) => ({ name, label: wordsFor(name).label, group: wordsFor(name).group })),
    texts: lists.texts.all, runs: lists.runs.all, seasons: told,
    tables: processors.map(({ table, phase }) => ({ name: table.name, dataset: table.dataset, phase })),
  };
}

function reportSeason({ season, games, tables, gaps }: SeasonSurvey, names: readonly string[], lists: Lists): ReportSeason {
  const played = new Map<string, string[]>();
  for (const game of games) played.set(game.date, [...(played.get(game.date) ?? []), gameLabel(game)]);
  // A unit may lie on a date that has no game any more: its rows are to be taken away.
  for (const { units, keys } of tables) if (keys) for (const { date } of units) if (!played.has(date)) played.set(date, []);
  for (const { date } of gaps) if (!played.has(date)) played.set(date, []);
  const days = [...played].map(([date, labels]) => ({ date, games: labels })).sort((a, b) => (a.date < b.date ? -1 : 1));
  const dayOf = new Map(days.map(({ date }, i): [string, number] => [date, i]));
  return {
    season, days, tables: tables.map((table) => seasonTable(table, dayOf, lists)),
    gaps: gaps.map((gap): ReportGap => ({
      day: dayOf.get(gap.date) ?? -1, date: gap.date, kind: gap.kind, game: [gap.game, gap.gameId].filter(Boolean).join(' '),
      teams: gap.teams, players: gap.players.slice(0, 3), playerCount: gap.players.length, tables: gap.tables.map((table) => names.indexOf(table)),
    })),
  };
}

function seasonTable({ keys, units }: TableSurvey, dayOf: ReadonlyMap<string, number>, lists: Lists): ReportSeasonTable {
  const due = units.filter(({ condition }) => wordsFor(condition).group !== 'later');
  const complete = { present: due.filter(({ condition }) => wordsFor(condition).group === 'complete').length, expected: due.length };
  return {
    units: units.map((unit) => unitTuple(unit, dayOf.get(unit.date) ?? -1, lists)),
    coverage: due.length === 0 ? 'nothing due' : `${count(complete.present)} of ${count(complete.expected)}, ${percentOf(complete)} %`,
    keysInWords: keys ? `${count(keys.present)} of ${count(keys.expected)} keys that are expected are stored` : '',
  };
}

/** How much is told of why a unit is not complete. */
interface Brevity {
  readonly reasons: number;
  readonly letters: number;
}

/** A reason names many dates at times, and no two units the same. What is cut off is told by `backfill explain`. */
const IN_FULL: Brevity = { reasons: 3, letters: 320 };
const IN_SHORT: Brevity = { reasons: 1, letters: 120 };
/** With more units than these that are not complete the page would become too large, and nobody reads them one by one. */
const MANY = 1000;

function brevityFor(seasons: readonly SeasonSurvey[]): Brevity {
  const open = seasons.flatMap(({ tables }) => tables).reduce((sum, { units }) => sum + units.filter(({ why }) => why.length > 0).length, 0);
  return open > MANY ? IN_SHORT : IN_FULL;
}

function shortened(texts: readonly string[], { reasons, letters }: Brevity): string[] {
  const told = texts.slice(0, reasons).map((text) => (text.length > letters ? `${text.slice(0, letters - 1)}…` : text));
  const left = texts.length - told.length;
  return left > 0 ? [...told, `and ${left} more ${left === 1 ? 'reason' : 'reasons'}`] : told;
}

function unitTuple({ condition, storedRows, run, why, fixes }: UnitSurvey, day: number, { conditions, texts, runs, brevity }: Lists): UnitTuple {
  const indexes = (told: readonly string[]): number[] => told.map((text) => texts.indexOf(text));
  const notes = run?.coverageGaps ? [`ran beside holes: ${run.coverageGaps}`] : [];
  return [
    day, conditions.indexOf(condition), storedRows, run?.keys?.present ?? -1, run?.keys?.expected ?? -1, run && hasWritten(run) ? (run.statementMs ?? -1) : -1, run?.unitsTogether ?? -1,
    run ? runs.indexOf([run.runId, run.startedAt], `${run.runId} ${run.startedAt}`) : -1, indexes(shortened(why, brevity)), indexes(fixes), indexes(shortened(notes, brevity)),
  ];
}
