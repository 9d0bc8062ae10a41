import { parseArguments } from './arguments';

const asked = (...argv: string[]) => parseArguments(argv, {});

describe('parseArguments', () => {
  it('shows and does nothing unless it is told the project and yes', () => {
    const shown = { command: 'deploy', app: 'backfill', region: 'us-east1', isReal: false, isImageOnly: false };
    expect(asked('backfill')).toEqual({ ...shown, project: undefined });
    expect(asked('backfill', '--project=some-project')).toEqual({ ...shown, project: 'some-project' });
    expect(asked('backfill', '--project=some-project', '--yes', '--dry-run')).toEqual({ ...shown, project: 'some-project' });
    expect(asked('backfill', '--project=some-project', '--yes')).toEqual({ ...shown, project: 'some-project', isReal: true });
    expect(() => asked('backfill', '--yes')).toThrow('needs --project');
  });

  it('reads project and region from the environment, after the flags', () => {
    const environment = { NBA_DEPLOY_PROJECT: 'from-environment', NBA_DEPLOY_REGION: 'us-west1' };
    expect(parseArguments(['handler', '--region=us-central1'], environment)).toMatchObject({ project: 'from-environment', region: 'us-central1' });
    expect(parseArguments(['handler'], environment)).toMatchObject({ region: 'us-west1', isReal: false });
  });

  it('reads the other commands', () => {
    expect(asked('names', '--json')).toEqual({ command: 'names', isWritten: true });
    expect(asked('package', 'verifier')).toEqual({ command: 'package', app: 'verifier' });
    expect(asked('costs', '--warehouse=duckdb:/x.duckdb')).toEqual({ command: 'costs', warehouse: '/x.duckdb', seasons: 4 });
  });

  it.each([
    [['nothing'], 'There is no command or app nothing'], [['backfill', 'verifier'], 'one app at a time'], [['package'], 'package: name one of'], [['images'], 'add --project'],
    [['costs'], '--warehouse names'], [['backfill', '--project=Some Project'], 'is no project id'], [['backfill', '--region=here; rm'], 'is no region'], [['backfill', '--force'], '--force'],
    [['costs', '--warehouse=x', '--seasons=0'], 'a whole number'], [[], 'deploy <app>'],
  ])('refuses %j', (argv, message) => {
    expect(() => asked(...argv)).toThrow(message);
  });
});
