import { join } from 'node:path';

/** Where things lie: sources in the workspace, everything made from them under `.nba/emulators`. */
export interface Places {
  /** `tools/emulators`. */
  readonly sources: string;
  /** `.nba/emulators`. */
  readonly made: string;
  readonly venv: string;
  readonly programs: string;
  readonly requirements: string;
  readonly bigqueryStart: string;
  readonly go: string;
}

export function placesIn(workspace: string): Places {
  const [sources, made] = [join(workspace, 'tools/emulators'), join(workspace, '.nba/emulators')];
  return {
    sources, made, venv: join(made, 'venv'), programs: join(made, 'bin'), go: join(sources, 'go'),
    requirements: join(sources, 'requirements.txt'), bigqueryStart: join(sources, 'bigquery/start.py'),
  };
}
