import { NbaError } from '@nba/kernel';

const OWN_MACHINE = ['localhost', '127.0.0.1', '[::1]'];

/**
 * The address of a webhook: https, or http on this very machine. Whoever knows the address may post, so it is a secret
 * and no error shows it.
 * @param what how to call it in the error, for example `the 2nd alert channel`
 * @throws NbaError INVALID_ARGUMENT for anything else
 */
export function parseWebhookUrl(text: string, what: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url) throw new NbaError('INVALID_ARGUMENT', `${what} has no address that can be read. Write it whole, as in https://example.com/hook.`, { field: what });
  if (url.protocol === 'https:' || (url.protocol === 'http:' && OWN_MACHINE.includes(url.hostname))) return url;
  throw new NbaError('INVALID_ARGUMENT', `${what} must begin with https:// (http:// is for localhost only), or others on the way could read it.`, { field: what });
}

/** The text without any part of the address but its host: servers like to quote the path they were asked for. */
export function withoutSecrets(text: string, url: URL): string {
  const parts = [url.pathname, url.search, url.hash, ...url.pathname.split('/'), ...[...url.searchParams].map(([name, value]) => value || name), url.username, url.password, credentials(url) ?? ''];
  const secrets = [...new Set(parts.flatMap((part) => [part, decode(part)]))].filter((part) => part.length >= SHORTEST_SECRET);
  // Longest first: a part must not be taken out of a longer one and leave the rest of it standing.
  return secrets.sort((a, b) => b.length - a.length).reduce((rest, secret) => rest.replaceAll(secret, '…'), text);
}

/** The credentials of the address as Basic authorization has them; undefined when there are none. */
export function credentials({ username, password }: URL): string | undefined {
  return username || password ? Buffer.from(`${decode(username)}:${decode(password)}`).toString('base64') : undefined;
}

/** Shorter parts (`v1`, `/`) are no secrets, and taking them out would leave nothing to read. */
const SHORTEST_SECRET = 4;

/** The part as it was before it was written into an address; as it is when it cannot be decoded. */
function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
