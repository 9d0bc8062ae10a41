import type { Alert, AlertChannel, Clock } from '@nba/kernel';
import { describeFault } from './channel-error';

/** What came of a test message. */
export interface ChannelTest {
  readonly channel: string;
  /** Why it was not taken; null when it was. */
  readonly error: string | null;
}

/** Sends a test message on every channel at once, so that alerts are not found to go nowhere on the day they matter. Never throws. */
export function testChannels(channels: readonly AlertChannel[], clock: Clock): Promise<readonly ChannelTest[]> {
  const alert: Alert = {
    kind: 'test',
    incident: 'test',
    title: 'Test of the alert channels',
    lines: ['Somebody asked whether alerts arrive here. They do; nothing is wrong.'],
    resolution: null,
    at: clock.now().toISOString(),
  };
  return Promise.all(channels.map(async (channel) => ({ channel: channel.name, error: await sendOn(channel, alert) })));
}

/** Why the alert was not taken; null when it was. Never throws, whatever the channel does. */
export async function sendOn(channel: AlertChannel, alert: Alert): Promise<string | null> {
  try {
    await channel.send(alert);
    return null;
  } catch (fault) {
    return describeFault(fault);
  }
}
