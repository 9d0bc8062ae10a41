import { renderCosts } from './cost-page';
import { GIB, TIB, beyondFree } from './prices';

const costs = {
  seasons: 4, tables: [{ table: 'nba_raw.box', rows: 1234, bytes: 20 * GIB }], firstBackfill: [{ table: 'nba_raw.box', statements: 12, scanned: 0, billed: TIB / 2 }],
  planningOfBackfill: 0, again: 0, dateByDate: TIB, day: TIB / 15, noOpPlan: 0,
};
const usage = { lakeBytes: GIB, imageBytes: 0.5 * GIB, jobSecondsPerBackfill: 10_000, serviceSecondsPerDay: 0, messagesPerDay: 0, noOpPlansPerDay: 0, leaseWritesPerDay: 0 };

describe('renderCosts', () => {
  const page = renderCosts(costs, usage);

  it('takes 6.25 dollars for a TiB', () => {
    expect(page).toContain('| the first, a season in a statement: 12 statements | 0.50 TiB | 3.13 |');
    expect(page).toContain('| Phases 3 and 4 date by date (`--date-by-date`), Phase 2 grouped | 1.50 TiB | 9.38 |');
  });

  it('charges only what is beyond the free part of a month', () => {
    // 2 TiB of queries of which one is free; 20 GiB of tables of which 10 are; a lake and images within what is free.
    expect(page).toContain('| queries of the mornings, 2.00 TiB | 12.50 | 6.25 |');
    expect(page).toContain('| tables, 20.00 GiB | 0.40 | 0.20 |');
    expect(page).toContain('| lake, 1.00 GiB | 0.02 | 0 |');
    expect(page).toContain('| images, 0.50 GiB | 0.05 | 0 |');
    // 4 schedules, 3 free.
    expect(page).toContain('| schedules, 4 | 0.40 | 0.10 |');
    expect(page).toContain('| **together** | **13.37** | **6.55** |');
  });

  it('counts the job with one processor and two GiB', () => {
    // 10,000 s × (0.000018 + 2 × 0.000002).
    expect(page).toContain('| the Cloud Run job, 10,000 s with 1 CPU and 2 GiB | | 0.22 |');
  });

  it('never pays back', () => {
    expect([beyondFree(1, 2, 5), beyondFree(3, 2, 5)]).toEqual([0, 5]);
  });
});
