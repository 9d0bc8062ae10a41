import { createPublicKey } from 'node:crypto';
import type { Clock } from '@nba/kernel';
import { OAuth2Client } from 'google-auth-library';

/** Public keys as PEM, by key id. */
export type Certificates = Readonly<Record<string, string>>;

/** Where the keys of the tokens' issuer come from. Rejects when it is out of reach. */
export type CertificateSource = () => Promise<Certificates>;

/** The keys that Google signs with, kept for as long as Google says. */
export function googleCertificates(): CertificateSource {
  const client = new OAuth2Client();
  return async () => (await client.getFederatedSignonCertsAsync()).certs as Certificates;
}

export const CERTIFICATES_URL_RULE = 'must be an https address, or an http address of this machine';

/** Keys that come in the clear could be anybody's, unless they never leave the machine. */
export function isSafeCertificatesUrl(url: string): boolean {
  const { protocol, hostname } = URL.canParse(url) ? new URL(url) : { protocol: '', hostname: '' };
  return protocol === 'https:' || (protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(hostname));
}

const FETCH_MS = 5_000;
/** How long keys are kept when nobody says. */
const KEPT_MS = 300_000;

/** The keys at an address, as a JSON object of PEM texts or as a JWK set; kept for as long as its answer says. */
export function certificatesAt(url: string, clock: Clock): CertificateSource {
  let kept: Promise<Certificates> | undefined;
  let until = 0;
  return () => {
    const now = clock.now().getTime();
    if (kept && now < until) return kept;
    // Those who ask meanwhile wait for the same answer.
    until = now + FETCH_MS;
    kept = read(url).then(
      ({ certificates, keptMs }) => {
        until = now + keptMs;
        return certificates;
      },
      (fault: unknown) => {
        until = 0;
        throw fault;
      },
    );
    return kept;
  };
}

async function read(url: string): Promise<{ readonly certificates: Certificates; readonly keptMs: number }> {
  const answer = await fetch(url, { signal: AbortSignal.timeout(FETCH_MS), redirect: 'error' });
  if (!answer.ok) throw new Error(`${url} answers ${answer.status}`);
  const body = (await answer.json()) as { readonly keys?: readonly ({ readonly kid: string } & Readonly<Record<string, string>>)[] } & Record<string, string>;
  const seconds = /max-age=(\d+)/.exec(answer.headers.get('cache-control') ?? '')?.[1];
  const certificates = body.keys
    ? Object.fromEntries(body.keys.map((key) => [key.kid, createPublicKey({ key, format: 'jwk' }).export({ type: 'spki', format: 'pem' }).toString()]))
    : body;
  return { certificates, keptMs: seconds === undefined ? KEPT_MS : Number(seconds) * 1000 };
}
