import { SAMPLE_ALERT } from './alerts.fixture';
import { logChannel } from './index';

describe('logChannel', () => {
  const written = async (alert = SAMPLE_ALERT) => {
    const lines: string[] = [];
    await logChannel((line) => lines.push(line)).send(alert);
    return lines;
  };

  it('writes one line with the fields that Cloud Logging lifts out, and those to search by', async () => {
    const lines = await written({ ...SAMPLE_ALERT, lines: ['two\nlines'] });
    expect(lines).toHaveLength(1);
    expect(lines[0]).not.toContain('\n');
    expect(JSON.parse(lines[0] ?? '')).toEqual({
      severity: 'ERROR',
      message: 'Analytics BLOCKED: Upstream Failure — NbacPlayerBoxscoreProcessor failed for 2025-01-26',
      time: '2025-01-27T11:00:00.000Z',
      incident: 'NbacPlayerBoxscoreProcessor DOCUMENT_MISSING',
      kind: 'opened',
      lines: ['two\nlines'],
      resolution: 'backfill phase2 --date 2025-01-26',
      'logging.googleapis.com/labels': { incident: 'NbacPlayerBoxscoreProcessor DOCUMENT_MISSING', kind: 'opened' },
    });
  });

  it.each([['opened', 'ERROR'], ['grown', 'WARNING'], ['resolved', 'NOTICE'], ['test', 'INFO']] as const)('says of a message that is %s: %s', async (kind, severity) => {
    expect(JSON.parse((await written({ ...SAMPLE_ALERT, kind }))[0] ?? '')).toMatchObject({ severity });
  });
});
