import { type DateRange, type GameDate, type Season, easternDate, isWithin, seasonSpan } from '@nba/kernel';
import { type GameCalendar, type Scope, withinSeasons } from '@nba/schedule';
import { readGround } from '../planning/ground';
import { type Outlook, readOutlookOn } from '../planning/outlook';
import { documentsOf } from '../planning/planner';
import { findRootCauses } from '../recovery/root-causes';
import { readProblems } from '../recovery/read-problems';
import { ensureTables } from '../running/ensure-tables';
import type { PipelineParts } from '../running/pipeline-parts';
import { type PhaseVerification, type VerificationOptions, Verifier } from '../verification/verifier';
import { findGameGaps } from './find-game-gaps';
import { Fixes } from './find-fixes';
import type { PipelineSurvey, SeasonSurvey, TableSurvey } from './pipeline-survey';
import { readUnitRuns } from './read-unit-runs';
import { surveyTable } from './survey-table';

/** Looks at everything at once: the state of every unit, gaps from the rows themselves, runs, root causes. Reads only. */
export class Survey {
  constructor(private readonly parts: Omit<PipelineParts, 'bus'>) {}

  /**
   * Seasons are looked at one after the other, with the dates of the scope that they hold.
   * @param verification how closely the stored rows are compared with their record
   */
  async read(scope: Scope, verification: VerificationOptions = {}): Promise<PipelineSurvey> {
    const { warehouse, registry, clock } = this.parts;
    const now = clock.now();
    await ensureTables(warehouse, registry);
    const seasons: SeasonSurvey[] = [];
    for (const season of scope.seasons) {
      seasons.push(await this.readSeason(season, withinSeasons(scope, [season]), easternDate(now), verification));
    }
    return { asOf: now.toISOString(), today: easternDate(now), seasons, causes: findRootCauses(await readProblems(this.parts)) };
  }

  private async readSeason(season: Season, scope: Scope, today: GameDate, verification: VerificationOptions): Promise<SeasonSurvey> {
    const span = seasonSpan(season);
    const ground = await readGround(span, this.parts);
    const { calendar, ledger, lake } = ground;
    const scheduled = calendar.games.length > 0;
    const verified = scheduled ? await this.verify(scope.ranges, verification) : [];
    const reports = verified.flatMap((one) => one.reports);
    const [runs, fixes] = [await readUnitRuns(this.parts.warehouse, span), new Fixes(season)];
    // Whether the lake has a document for a unit, as far as it is made of one.
    const documented = async ({ processor }: Outlook, date: GameDate): Promise<boolean> => processor.kind === 'query' || (await documentsOf(processor, date, { lake })).length > 0;
    const tables: TableSurvey[] = [];
    for (const outlook of await readOutlookOn(ground, scope, this.parts)) {
      const { processor } = outlook;
      fixes.add(processor, outlook.presumed, outlook.plan.blocked);
      const dates = scope.ranges.flatMap((range) => calendar.dates(range, 'scheduled'));
      tables.push(await surveyTable(outlook, {
        dates, due: dueDates(calendar, scope, processor.games, today), span, fixes, reports, documented, tables,
        edited: verified.flatMap(({ unlikeRecord }) => unlikeRecord).filter((one) => one.kind === 'content' && one.processor === processor.name).map(({ unit }) => unit),
        stored: (await ledger.page(processor)).stored, runs: runs.get(processor.name) ?? new Map(),
      }));
    }
    return {
      season, scheduled, tables, gaps: findGameGaps(reports, calendar), games: calendar.games.filter(({ date }) => scope.ranges.some((range) => isWithin(date, range))),
      violations: verified.flatMap(({ violations }) => violations).filter(({ severity }) => severity === 'fails'),
    };
  }

  private async verify(ranges: readonly DateRange[], options: VerificationOptions): Promise<PhaseVerification[]> {
    const { registry, warehouse, settings, clock } = this.parts;
    const verifier = new Verifier(registry, warehouse, settings, clock);
    const found: PhaseVerification[] = [];
    for (const phase of [2, 3, 4] as const) for (const range of ranges) found.push(await verifier.verifyPhase(phase, range, options));
    return found;
  }
}

function dueDates(calendar: GameCalendar, { ranges }: Scope, games: 'final' | 'scheduled', today: GameDate): GameDate[] {
  return ranges.flatMap((range) => calendar.dates(range, games)).filter((date) => date <= today);
}
