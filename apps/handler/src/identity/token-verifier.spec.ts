import { generateKeyPairSync } from 'node:crypto';
import { FixedClock } from '@nba/testing';
import { certificatesAt, isSafeCertificatesUrl } from './certificate-source';
import { AUDIENCE, Issuer, PUSH, SCHEDULER, STRANGER } from './issuer.fixture';
import { TokenVerifier } from './token-verifier';

const HOUR = 3600;
const now = () => Math.floor(Date.now() / 1000);

describe('TokenVerifier', () => {
  const issuer = new Issuer();
  const verifier = new TokenVerifier(async () => issuer.certificates, AUDIENCE);
  const identify = (authorization?: string) => verifier.identify(authorization, [PUSH]);

  it('knows the account of a good token', async () => {
    expect(await identify(issuer.bearer(PUSH))).toEqual({ isKnown: true, email: PUSH });
    expect(await identify(issuer.bearer(PUSH, { iss: 'accounts.google.com' }))).toEqual({ isKnown: true, email: PUSH });
  });

  const other = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
  it.each<[string, string | undefined, string]>([
    ['no token', undefined, 'there is no Authorization header'],
    ['another scheme', 'Basic dXNlcjpwYXNz', 'holds no identity token'],
    ['no token after the scheme', 'Bearer ', 'holds no identity token'],
    ['something else', 'Bearer ya29.opaque', 'holds no identity token'],
    ['a token that is no JSON', 'Bearer e30x.e30x.e30x', 'cannot be read'],
    ['a wrong audience', issuer.bearer(PUSH, { aud: 'https://other.example' }), 'another audience'],
    ['several audiences', issuer.bearer(PUSH, { aud: [AUDIENCE] }), 'another audience'],
    ['an expired token', issuer.bearer(PUSH, { iat: now() - 2 * HOUR, exp: now() - HOUR }), 'has expired'],
    ['a token from the future', issuer.bearer(PUSH, { iat: now() + HOUR, exp: now() + 2 * HOUR }), 'not valid yet'],
    ['a token that is good for years', issuer.bearer(PUSH, { exp: now() + 9e6 }), 'longer than a day'],
    ['a token without an end', issuer.bearer(PUSH, { exp: undefined }), 'cannot be read'],
    ['another issuer', issuer.bearer(PUSH, { iss: 'https://evil.example' }), 'another issuer'],
    ['a forged signature', issuer.bearer(PUSH, {}, {}, other), 'not signed by the key'],
    ['a signature that Cloud Run has removed', issuer.bearer(PUSH).replace(/[^.]+$/, 'SIGNATURE_REMOVED_BY_GOOGLE'), 'Cloud Run has removed the signature'],
    ['no signature', issuer.bearer(PUSH, {}, { alg: 'none' }).replace(/[^.]+$/, 'AA'), 'not signed by the key'],
    ['a key that is none of the issuer\'s', issuer.bearer(PUSH, {}, { kid: 'mine' }), 'none of the issuer'],
    ['a key that every object has', issuer.bearer(PUSH, {}, { kid: 'constructor' }), 'none of the issuer'],
    ['another algorithm', issuer.bearer(PUSH, {}, { alg: 'HS256' }), 'not signed with RS256'],
  ])('refuses %s', async (_what, authorization, reason) => {
    const identity = await identify(authorization);
    expect(identity).toMatchObject({ isKnown: false, status: 401, reason: expect.stringContaining(reason) });
    // Reasons are logged and sent: nothing of the token is in them.
    for (const piece of (authorization ?? '').split(/[ .]/).filter((one) => one.length > 12)) expect(JSON.stringify(identity)).not.toContain(piece);
  });

  it('refuses a token whose claims were changed after it was signed', async () => {
    const [header, , signature] = issuer.bearer(STRANGER).split('.');
    const [, claims] = issuer.bearer(PUSH).split('.');
    expect(await identify([header, claims, signature].join('.'))).toMatchObject({ status: 401, reason: 'the token is not signed by the key that it names' });
  });

  it.each([[issuer.bearer(STRANGER), 'may not do this'], [issuer.bearer(SCHEDULER), 'may not do this'], [issuer.bearer(PUSH, { email_verified: false }), 'no verified account'], [issuer.bearer('', {}), 'no verified account']])(
    'forbids a good token of an account that is not allowed', async (authorization, reason) => {
      expect(await identify(authorization)).toMatchObject({ isKnown: false, status: 403, reason: expect.stringContaining(reason) });
    });

  it('asks to come again when the certificates are out of reach', async () => {
    const blind = new TokenVerifier(async () => { throw new Error('no route'); }, AUDIENCE);
    expect(await blind.identify(issuer.bearer(PUSH), [PUSH])).toMatchObject({ isKnown: false, status: 503 });
  });
});

describe('certificates at an address', () => {
  it('are read once while they count, by all who ask, and again after that', async () => {
    const issuer = new Issuer();
    const url = await issuer.listen();
    const clock = new FixedClock('2025-01-27T11:00:00Z');
    const source = certificatesAt(url, clock);
    const [first, second] = await Promise.all([source(), source()]);
    expect(first).toEqual(issuer.certificates);
    expect(second).toBe(first);
    await issuer.close();
    expect(await source()).toBe(first);
    clock.advance(300_000);
    await expect(source()).rejects.toThrow();
    await expect(source()).rejects.toThrow();
  });

  it.each([['https://issuer.example/certs', true], ['http://127.0.0.1:9000/certs', true], ['http://localhost/certs', true], ['http://[::1]:1/', true],
    ['http://issuer.example/certs', false], ['http://127.0.0.1.evil.example/', false], ['file:///etc/certs', false], ['nowhere', false]])('%s: %s', (url, isSafe) => {
    expect(isSafeCertificatesUrl(url)).toBe(isSafe);
  });
});
