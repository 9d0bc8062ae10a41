import { OAuth2Client, type TokenPayload } from 'google-auth-library';
import type { CertificateSource, Certificates } from './certificate-source';

/** Who asks; or why that is not known, with the status that says so. The reason never holds any of the token. */
export type Identity =
  | { readonly isKnown: true; readonly email: string }
  | { readonly isKnown: false; readonly status: 401 | 403 | 503; readonly reason: string };

const ISSUERS = ['https://accounts.google.com', 'accounts.google.com'];

/** How the library's refusals begin, and what is said of them instead: its own texts hold the token. */
const REFUSALS: readonly (readonly [begins: string, reason: string])[] = [
  ['Invalid token signature', 'the token is not signed by the key that it names'],
  ['No pem found', 'the token is signed with a key that is none of the issuer\'s'],
  ['Token used too late', 'the token has expired'],
  ['Token used too early', 'the token is not valid yet'],
  ['Expiration time too far', 'the token is valid for longer than a day'],
  ['Invalid issuer', 'the token is from another issuer'],
  ['Wrong recipient', 'the token is made out for another audience'],
];

/** What Cloud Run puts in the place of the signature of a token that it has checked itself: then nobody can check it again. */
const REMOVED = '.SIGNATURE_REMOVED_BY_GOOGLE';

/** Checks the identity tokens that Pub/Sub and Cloud Scheduler send. There is no way to switch it off. */
export class TokenVerifier {
  private readonly client = new OAuth2Client();

  constructor(
    private readonly certificates: CertificateSource,
    private readonly audience: string,
  ) {}

  /**
   * Signature, issuer, audience and time of the token, then that its account is one of those allowed.
   * @param authorization the header, as it came
   */
  async identify(authorization: string | undefined, allowed: readonly string[]): Promise<Identity> {
    const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(authorization ?? '')?.[1];
    if (token?.endsWith(REMOVED)) return refused('Cloud Run has removed the signature of the token: its own check of callers must be off for this service (docs/deploy.md)');
    if (token === undefined) return refused(authorization ? 'the Authorization header holds no identity token' : 'there is no Authorization header');
    let certificates: Certificates;
    try {
      certificates = await this.certificates();
    } catch {
      return { isKnown: false, status: 503, reason: 'the certificates of the issuer are out of reach' };
    }
    try {
      const ticket = await this.client.verifySignedJwtWithCertsAsync(token, certificates, this.audience, ISSUERS);
      return (ticket.getEnvelope() as { readonly alg?: string } | undefined)?.alg === 'RS256' ? accountOf(ticket.getPayload(), allowed) : refused('the token is not signed with RS256');
    } catch (fault) {
      const message = fault instanceof Error ? fault.message : '';
      return refused(REFUSALS.find(([begins]) => message.startsWith(begins))?.[1] ?? 'the token cannot be read');
    }
  }
}

function accountOf(payload: TokenPayload | undefined, allowed: readonly string[]): Identity {
  const { email, email_verified: isVerified } = payload ?? {};
  if (!email || isVerified !== true) return refused('the token names no verified account', 403);
  return allowed.includes(email) ? { isKnown: true, email } : refused('the account of the token may not do this', 403);
}

const refused = (reason: string, status: 401 | 403 = 401): Identity => ({ isKnown: false, status, reason });
