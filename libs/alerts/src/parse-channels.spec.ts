import { NotingClock, RecordingChannel, SAMPLE_ALERT } from './alerts.fixture';
import { parseChannels, testChannels, type ChannelSurroundings } from './index';
import { says, startWebhookServer } from './webhook-server.fixture';

describe('parseChannels', () => {
  const clock = new NotingClock();
  const surroundings = (more: Partial<ChannelSurroundings> = {}): ChannelSurroundings => ({ clock, write: () => undefined, ...more });
  const names = (text: string) => parseChannels(text, surroundings()).map(({ name }) => name);

  it.each<[string, string[]]>([
    ['log', ['log']],
    ['none', []],
    [' none ', []],
    ['webhook:https://example.com/hook?a=b:c', ['webhook example.com']],
    ['slack:https://hooks.slack.com/services/T0/B0/x', ['slack']],
    ['log, slack:https://hooks.slack.com/services/T0/B0/x , webhook:http://localhost:8080/x', ['log', 'slack', 'webhook localhost:8080']],
    ['slack:https://hooks.slack.com/1,slack:https://hooks.slack.com/2,slack:https://hooks.slack.com/3', ['slack', 'slack (2)', 'slack (3)']],
  ])('reads %p', (text, expected) => {
    expect(names(text)).toEqual(expected);
  });

  it.each([
    ['', /^alert channel 1 is none that there is\. Allowed are log, webhook:https:.*, slack:https:\/\/hooks\.slack\.com.* or none\.$/],
    ['log,', /^alert channel 2 is none/],
    ['log,none', /^alert channel 2 is none/],
    ['log,log', /^alert channel 2 is the same as an earlier one/],
    ['slak:https://hooks.slack.com/services/T0/B0/sesame', /^alert channel 1 \(slak:…\) is none that there is\. Allowed/],
    ['https://hooks.slack.com/services/T0/B0/sesame', /^alert channel 1 \(https:…\) is none that there is/],
    ['sesame', /^alert channel 1 is none/],
    ['slack:hooks.slack.com/services/sesame', /^alert channel 1 \(slack\) .*address/],
    ['slack:', /^alert channel 1 \(slack\) .*address/],
    ['webhook:http://example.com/sesame', /^alert channel 1 \(webhook\) must begin with https/],
    ['webhook:https://example.com/a,sesame', /^alert channel 2 is none .*%2C/],
  ])('refuses %p, says what is allowed, and shows no secret', (text, expected) => {
    let fault: unknown;
    try { names(text); } catch (thrown) { fault = thrown; }
    expect(fault).toMatchObject({ code: 'INVALID_ARGUMENT', message: expect.stringMatching(expected) });
    expect(String(fault)).not.toContain('sesame');
  });

  it('makes channels that work, the second of two with the same name included', async () => {
    const server = await startWebhookServer();
    const lines: string[] = [];
    const channels = parseChannels(`log,slack:http://${server.host}/1,slack:http://${server.host}/2`, surroundings({ write: (line) => lines.push(line) }));
    for (const channel of channels) await channel.send(SAMPLE_ALERT);
    expect(lines).toHaveLength(1);
    expect(server.arrived.map(({ path }) => path)).toEqual(['/1', '/2']);
    server.answer(says(500));
    await channels[1]?.send(SAMPLE_ALERT).catch(() => undefined);
    expect(server.arrived).toHaveLength(5);
    await server.close();
  });
});

describe('testChannels', () => {
  it('sends a test on every channel, and says which of them did not take it', async () => {
    const [good, bad] = [new RecordingChannel('good'), new RecordingChannel('bad')];
    bad.fault = new Error('bad answered 404\n "no_service"');
    expect(await testChannels([good, bad], new NotingClock())).toEqual([{ channel: 'good', error: null }, { channel: 'bad', error: 'bad answered 404 "no_service"' }]);
    expect(good.sent).toEqual([expect.objectContaining({ kind: 'test', at: '2025-01-27T11:00:00.000Z', resolution: null })]);
  });

  it('survives a channel that throws instead of rejecting, and the absence of channels', async () => {
    const rude = { name: 'rude', send: () => { throw new Error('at once'); } };
    expect(await testChannels([rude], new NotingClock())).toEqual([{ channel: 'rude', error: 'at once' }]);
    expect(await testChannels([], new NotingClock())).toEqual([]);
  });
});
