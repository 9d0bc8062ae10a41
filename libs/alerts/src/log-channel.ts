import type { Alert, AlertChannel } from '@nba/kernel';
import { describeFault, undelivered } from './channel-error';

const SEVERITY: Readonly<Record<Alert['kind'], string>> = { opened: 'ERROR', grown: 'WARNING', resolved: 'NOTICE', test: 'INFO' };

/**
 * One line of JSON per alert. Cloud Logging lifts `severity`, `message`, `time` and the labels out of what a program
 * prints; the other fields can be searched as `jsonPayload.incident`.
 * @param write takes the line without its line break, for example `console.error`
 */
export function logChannel(write: (line: string) => void): AlertChannel {
  return {
    name: 'log',
    async send(alert) {
      try {
        write(JSON.stringify(logEntry(alert)));
      } catch (fault) {
        throw undelivered('log', `it cannot be written (${describeFault(fault)})`);
      }
    },
  };
}

function logEntry({ kind, incident, title, lines, resolution, at }: Alert): object {
  return {
    severity: SEVERITY[kind],
    message: title,
    time: at,
    incident,
    kind,
    lines,
    resolution,
    'logging.googleapis.com/labels': { incident, kind },
  };
}
