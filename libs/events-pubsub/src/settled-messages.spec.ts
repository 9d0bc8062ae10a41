import { SettledMessages } from './settled-messages';

describe('messages that are awaited', () => {
  it('are those published and not yet consumed, in whichever order that becomes known', () => {
    const messages = new SettledMessages();
    messages.await('1', 'a');
    expect(messages.settle('2')).toBe(true);
    messages.await('2', 'a');
    expect(messages.count).toBe(1);
    expect(messages.settle('1')).toBe(true);
    expect(messages.isEmpty).toBe(true);
  });

  it('are settled once, however often they come', () => {
    const messages = new SettledMessages();
    expect([messages.settle('1'), messages.settle('1')]).toEqual([true, false]);
  });

  it('are not awaited on a topic that nobody consumes any more', () => {
    const messages = new SettledMessages();
    messages.await('1', 'a');
    messages.await('2', 'b');
    messages.forget('a');
    expect(messages.count).toBe(1);
  });

  it('are forgotten when they are long gone', () => {
    const messages = new SettledMessages();
    for (let i = 0; i <= 10_000; i += 1) messages.settle(String(i));
    expect(messages.settle('0')).toBe(true);
    expect(messages.settle('10000')).toBe(false);
  });
});
