/** An address that can be shown, and the headers that say who asks. */
export interface PlainAddress {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Takes the user and the password out of an address: as basic authorization they go in a header (RFC 7617). `fetch` refuses an
 * address with a password, and its error shows it.
 * @throws TypeError when it is no address
 */
export function withoutCredentials(address: string): PlainAddress {
  const url = new URL(address);
  const { username, password } = url;
  if (!username && !password) return { url, headers: {} };
  url.username = url.password = '';
  const said = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { url, headers: { authorization: `Basic ${Buffer.from(said).toString('base64')}` } };
}
