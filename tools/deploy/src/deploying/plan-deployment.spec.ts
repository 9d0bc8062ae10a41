import { PROJECT_VARIABLE, planDeployment, planImage, renderCommand } from './plan-deployment';

const target = { project: 'some-project', region: 'us-east1' };
const lines = (...args: Parameters<typeof planDeployment>): string[] => planDeployment(...args).map(renderCommand);

describe('planDeployment', () => {
  it('builds the image, then gives it to the service', () => {
    expect(lines('handler', target, 'abc')).toEqual([
      'gcloud builds submit dist/deploy/handler --project=some-project --region=us-east1 --tag=us-east1-docker.pkg.dev/some-project/nba/handler:abc --quiet',
      'gcloud run deploy nba-handler --project=some-project --region=us-east1 --image=us-east1-docker.pkg.dev/some-project/nba/handler:abc --quiet',
    ]);
  });

  it('gives the backfill to both of its jobs, and the verifier to its own', () => {
    expect(lines('backfill', target, 'abc').slice(1)).toEqual([
      'gcloud run jobs update nba-backfill --project=some-project --region=us-east1 --image=us-east1-docker.pkg.dev/some-project/nba/backfill:abc --quiet',
      'gcloud run jobs update nba-fetch --project=some-project --region=us-east1 --image=us-east1-docker.pkg.dev/some-project/nba/backfill:abc --quiet',
    ]);
    expect(lines('verifier', target, 'abc')[1]).toContain('gcloud run jobs update nba-verifier ');
  });

  it('can stop after the image', () => {
    expect(planDeployment('backfill', target, 'abc')[0]).toEqual(planImage('backfill', target, 'abc'));
  });
});

describe('renderCommand', () => {
  it('can be copied: the project is a variable of the shell while there is none', () => {
    expect(renderCommand(['gcloud', `--project=${PROJECT_VARIABLE}`])).toBe('gcloud "--project=$PROJECT"');
    expect(renderCommand(['echo', 'a b', 'it\'s', '$(rm)', ''])).toBe(`echo 'a b' 'it'\\''s' '$(rm)' ''`);
  });
});
