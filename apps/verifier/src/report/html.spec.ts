import { embeddedJson, html } from './html';

describe('html', () => {
  it('escapes what is put into it, and nothing that is HTML already', () => {
    expect(html`<p title="${`"a'`}">${'<b> & co'} ${3}</p>`.html).toBe('<p title="&quot;a&#39;">&lt;b&gt; &amp; co 3</p>');
    expect(html`<ul>${['a', '<'].map((item) => html`<li>${item}</li>`)}</ul>`.html).toBe('<ul><li>a</li><li>&lt;</li></ul>');
  });
});

describe('embeddedJson', () => {
  it.each(['</script><script>alert(1)</script>', '<!-- <script>', ']]>', 'a\u2028b\u2029c', '"quoted" \\ \\u003c', 'Jokić 🏀'])('keeps %j, and leaves nothing that ends a script', (text) => {
    const { html: written } = embeddedJson({ text, list: [text] });
    expect(written).not.toMatch(/[<>&\u2028\u2029]/);
    expect(JSON.parse(written)).toEqual({ text, list: [text] });
  });
});
