import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { buildProgram } from '@nba/testing';
import { generateLeague } from '@nba/sample-league';

const ROOT = join(__dirname, '../../../..');

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

interface GameLog {
  readonly resultSets: readonly [{ readonly headers: readonly string[]; readonly rowSet: readonly (readonly unknown[])[] }];
}

/** Four invented seasons as a lake, with a warehouse that the built programs fill and read. Take it away with {@link LoadedLeague.remove}. */
export class LoadedLeague {
  readonly folder = mkdtempSync(join(tmpdir(), 'nba-report-'));
  private readonly programs: string;

  constructor() {
    for (const { path, text } of generateLeague()) {
      mkdirSync(dirname(this.path('lake', path)), { recursive: true });
      writeFileSync(this.path('lake', path), text);
    }
    // Inside the repository, so that the packages which are not bundled are found as they are from dist/apps.
    mkdirSync(join(ROOT, 'dist'), { recursive: true });
    this.programs = mkdtempSync(join(ROOT, 'dist/under-test-'));
    for (const program of ['backfill', 'verifier'] as const) buildProgram(program, join(this.programs, `${program}.js`));
  }

  path(...parts: readonly string[]): string {
    return join(this.folder, ...parts);
  }

  run(program: 'backfill' | 'verifier', ...args: readonly string[]): Ended {
    const environment = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('NBA_')));
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(this.programs, `${program}.js`), ...args, '--warehouse', `duckdb:${this.path('w.duckdb')}`, '--lake', this.path('lake')], {
      cwd: this.folder, env: environment, encoding: 'utf8', maxBuffer: 1e9,
    });
    return { code: status, out: stdout, err: stderr };
  }

  /** Puts the players' box scores of a date aside. */
  takeAway(date: string): void {
    cpSync(this.boxScores('lake', date), this.boxScores('aside', date), { recursive: true });
    rmSync(this.boxScores('lake', date), { recursive: true });
  }

  putBack(date: string): void {
    cpSync(this.boxScores('aside', date), this.boxScores('lake', date), { recursive: true });
  }

  /** The teams of each game of a date, as the teams' box scores have them. */
  gamesOn(date: string): Map<string, string[]> {
    const folder = this.path('lake/nba-com/team-boxscores', date);
    const { headers, rowSet } = (JSON.parse(readFileSync(join(folder, readdirSync(folder).sort().at(-1) ?? ''), 'utf8')) as GameLog).resultSets[0];
    const games = new Map<string, string[]>();
    for (const row of rowSet) {
      const [game, team] = ['GAME_ID', 'TEAM_ABBREVIATION'].map((header) => String(row[headers.indexOf(header)]));
      games.set(game ?? '', [...(games.get(game ?? '') ?? []), team ?? ''].sort());
    }
    return games;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
    rmSync(this.programs, { recursive: true, force: true });
  }

  private boxScores(where: string, date: string): string {
    return this.path(where, 'nba-com/player-boxscores', date);
  }
}
