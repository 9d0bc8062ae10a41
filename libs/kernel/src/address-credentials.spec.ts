import { withoutCredentials } from './address-credentials';

describe('an address with credentials', () => {
  it('is shown without them, and they go as basic authorization', () => {
    // The example of RFC 7617, section 2.
    const { url, headers } = withoutCredentials('https://Aladdin:open%20sesame@example.org/a?b=c');
    expect([url.href, headers]).toEqual(['https://example.org/a?b=c', { authorization: 'Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==' }]);
  });

  it('may name a user alone, and what is written in percent', () => {
    expect(withoutCredentials('http://nba%40home@example.org').headers).toEqual({ authorization: `Basic ${Buffer.from('nba@home:').toString('base64')}` });
  });

  it('need not have any', () => {
    expect(withoutCredentials('http://localhost:5000/v1')).toMatchObject({ url: { href: 'http://localhost:5000/v1' }, headers: {} });
  });
});
