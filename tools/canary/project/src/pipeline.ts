import type { Row, Warehouse } from '@nba/kernel';
import { LocalEventBus } from '@nba/events-local';
import { Backfill, type BackfillOutcome, type PhaseVerification, RUN_DEFAULTS, Verifier, datesAsked } from '@nba/pipeline';
import { openFolderLake } from '@nba/raw-lake';
import { clock, FIRST_DATE, LAKE, LAST_DATE, scope, settings } from './place.js';
import { registry } from './team-assist-form.js';

/** Plain constructors: nobody here knows a container. */
export class Scouting {
  readonly lake = openFolderLake(LAKE);
  private readonly backfill: Backfill;
  private readonly verifier: Verifier;

  constructor(private readonly warehouse: Warehouse) {
    this.backfill = new Backfill({ registry, warehouse, lake: this.lake, bus: new LocalEventBus(), clock, settings });
    this.verifier = new Verifier(registry, warehouse, settings, clock);
  }

  /** Makes everything complete: the first time all of it, later what is not. */
  run(): Promise<BackfillOutcome> {
    return this.backfill.run({ ...RUN_DEFAULTS, phases: [2, 3], scope, verify: datesAsked, trigger: 'scouting', holder: 'scouting' });
  }

  async verify(): Promise<readonly PhaseVerification[]> {
    const found: PhaseVerification[] = [];
    for (const range of scope.ranges) for (const phase of [2, 3] as const) found.push(await this.verifier.verifyPhase(phase, range, { isDeep: true }));
    return found;
  }

  /** Our table, team by team and game by game. */
  form(): Promise<readonly Row[]> {
    return this.warehouse.query(
      `SELECT team_id, game_id, game_date, assists, games_in_last_5, assists_last_5, assists_avg_last_5 FROM scouting.team_assist_form
       WHERE game_date BETWEEN CAST(@from AS DATE) AND CAST(@to AS DATE) ORDER BY team_id, game_date, game_id`,
      { from: FIRST_DATE, to: LAST_DATE },
    );
  }
}

/** What of an outcome is told. */
export function told({ phases, interrupted, isLate }: BackfillOutcome): object {
  const units = phases.flatMap(({ outcomes }) => outcomes).map(({ processor, date, status, rows, changes }) => ({ table: processor.table.name, date, status, rows, changes }));
  return { interrupted, isLate, verified: phases.flatMap(({ verifications }) => verifications).map(({ phase, complete }) => [phase, complete]), units };
}
