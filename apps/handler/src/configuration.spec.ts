import { readHandlerConfiguration } from './configuration';
import { AUDIENCE, PUSH, SCHEDULER } from './identity/issuer.fixture';

const ENOUGH = { NBA_AUDIENCE: AUDIENCE, NBA_PUSH_ACCOUNTS: PUSH, NBA_SCHEDULER_ACCOUNTS: SCHEDULER };
const CLOUD = { ...ENOUGH, K_SERVICE: 'nba-handler', NBA_WAREHOUSE: 'bigquery:my-project/US', NBA_LAKE: 'gs://my-project-nba-lake', NBA_EVENTS: 'pubsub:my-project' };
const read = (environment: Record<string, string>) => readHandlerConfiguration(environment);

describe('the handler\'s configuration', () => {
  it('needs to know whom to trust, and has defaults for the rest', () => {
    expect(read(ENOUGH)).toMatchObject({ audience: AUDIENCE, pushAccounts: [PUSH], schedulerAccounts: [SCHEDULER], job: undefined, port: 8080, maxBodyBytes: 1_048_576, maxUnits: 500, deadlineMs: 270_000 });
  });

  it('takes several accounts, and the project of traces from the job', () => {
    expect(read({ ...CLOUD, NBA_PUSH_ACCOUNTS: `${PUSH}, ${SCHEDULER}`, NBA_JOB: 'projects/my-project/locations/us-east1/jobs/nba-backfill' })).toMatchObject({ pushAccounts: [PUSH, SCHEDULER], project: 'my-project' });
  });

  it('names everything that is wrong at once', () => {
    expect(() => read({ NBA_WAREHOUSE: 'postgres:here', NBA_JOB: 'nba-backfill', PORT: 'http', NBA_SCHEDULER_ACCOUNTS: 'nobody', NBA_MAX_UNITS: '0', NBA_DEADLINE_SECONDS: '900' })).toThrow(expect.objectContaining({
      code: 'INVALID_ARGUMENT',
      message: expect.stringMatching(/NBA_WAREHOUSE.*NBA_AUDIENCE.*NBA_PUSH_ACCOUNTS.*NBA_SCHEDULER_ACCOUNTS.*NBA_JOB.*NBA_MAX_UNITS.*NBA_DEADLINE_SECONDS.*PORT/s),
    }));
  });

  it('refuses on Cloud Run whatever would end with the instance', () => {
    expect(read(CLOUD).service).toBe('nba-handler');
    for (const [name, value] of [['NBA_WAREHOUSE', 'duckdb:/tmp/w.duckdb'], ['NBA_LAKE', '/tmp/lake'], ['NBA_EVENTS', 'local']] as const) {
      expect(() => read({ ...CLOUD, [name]: value })).toThrow('everything else ends with the instance');
    }
  });

  it('refuses certificates of one\'s own on Cloud Run, and in the clear everywhere', () => {
    expect(read({ ...ENOUGH, NBA_OIDC_CERTS_URL: 'http://127.0.0.1:9000/certs' }).certificatesUrl).toBe('http://127.0.0.1:9000/certs');
    expect(() => read({ ...ENOUGH, NBA_OIDC_CERTS_URL: 'http://issuer.example/certs' })).toThrow('NBA_OIDC_CERTS_URL must be an https address');
    expect(() => read({ ...CLOUD, NBA_OIDC_CERTS_URL: 'https://issuer.example/certs' })).toThrow('must not be set on Cloud Run');
  });
});
