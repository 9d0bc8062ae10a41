import { type KeyObject, createSign, generateKeyPairSync } from 'node:crypto';
import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Certificates } from './certificate-source';

export const AUDIENCE = 'https://nba-handler.example';
export const [PUSH, SCHEDULER, STRANGER] = ['nba-push@p.iam.gserviceaccount.com', 'nba-scheduler@p.iam.gserviceaccount.com', 'stranger@p.iam.gserviceaccount.com'] as const;

const part = (content: object): string => Buffer.from(JSON.stringify(content)).toString('base64url');

/** Signs identity tokens as Google does, with keys of its own. */
export class Issuer {
  private readonly pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
  private server: Server | undefined;

  constructor(readonly keyId = 'key-1') {}

  get certificates(): Certificates {
    return { [this.keyId]: this.pair.publicKey.export({ type: 'spki', format: 'pem' }).toString() };
  }

  get privateKey(): KeyObject {
    return this.pair.privateKey;
  }

  get publicJwk(): object {
    return { ...this.pair.publicKey.export({ format: 'jwk' }), kid: this.keyId, alg: 'RS256', use: 'sig' };
  }

  /** `Bearer …`; claims and header fields take the place of the right ones. */
  bearer(email: string, claims: Readonly<Record<string, unknown>> = {}, header: Readonly<Record<string, unknown>> = {}, key: KeyObject = this.privateKey): string {
    const now = Math.floor(Date.now() / 1000);
    const signed = `${part({ alg: 'RS256', typ: 'JWT', kid: this.keyId, ...header })}.${part({
      iss: 'https://accounts.google.com', aud: AUDIENCE, iat: now, exp: now + 3600, sub: '1', email, email_verified: true, ...claims,
    })}`;
    return `Bearer ${signed}.${createSign('RSA-SHA256').update(signed).sign(key, 'base64url')}`;
  }

  /** Publishes its certificates on this machine. Close it. */
  async listen(): Promise<string> {
    const server = createServer((_request, answer) => answer.setHeader('content-type', 'application/json').end(JSON.stringify(this.certificates)));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    this.server = server;
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/certs`;
  }

  async close(): Promise<void> {
    await new Promise((resolve) => (this.server ? this.server.close(resolve) : resolve(undefined)));
  }
}
