import { inspect } from 'node:util';
import { NbaError, type Alert, type AlertChannel } from '@nba/kernel';

/** A channel, and the other side of it. */
export interface ChannelUnderTest {
  readonly channel: AlertChannel;
  /** The last message that arrived, as a reader of the other side sees it: escapes undone. Undefined when none has. */
  received(): string | undefined;
  /** From now on the other side takes nothing, and says so as rudely as it may: quoting the address it was called by. */
  refuse(): void;
  /** Parts of the address that must not be shown to anybody. */
  readonly secrets: readonly string[];
  close(): Promise<void>;
}

const ALERT: Alert = {
  kind: 'opened',
  incident: 'NbacPlayerBoxscoreProcessor DOCUMENT_MISSING',
  title: 'Analytics BLOCKED: Upstream Failure — NbacPlayerBoxscoreProcessor failed for 2025-01-26',
  lines: ['1 missing date in nba_raw.nbac_player_boxscore: 2024-11-15', 'Jokić said "a < b && b > c" <!channel> \\o/'],
  resolution: 'backfill phase2 --date 2025-01-26 --processor nbac_player_boxscore',
  at: '2025-01-27T11:00:00.000Z',
};

/**
 * What every implementation of the AlertChannel port must do, as one jest suite.
 * @param create yields a channel whose other side takes everything
 */
export function alertChannelContract(name: string, create: () => ChannelUnderTest | Promise<ChannelUnderTest>): void {
  describe(`${name} keeps the AlertChannel contract`, () => {
    let side: ChannelUnderTest;
    beforeEach(async () => {
      side = await create();
    });
    afterEach(() => side.close());

    const faultOf = async (): Promise<unknown> => side.channel.send(ALERT).then(() => undefined, (fault: unknown) => fault);

    it.each(['opened', 'grown', 'resolved', 'test'] as const)('delivers title, lines and resolution of a message that is %s, whole', async (kind) => {
      await side.channel.send({ ...ALERT, kind });
      for (const text of [ALERT.title, ...ALERT.lines, ALERT.resolution]) expect(side.received()).toContain(text);
    });

    it('delivers a title alone, and makes up no command', async () => {
      await side.channel.send({ ...ALERT, lines: [], resolution: null });
      expect(side.received()).toContain(ALERT.title);
      expect(side.received()).not.toContain('backfill');
    });

    it('delivers each of many, in order', async () => {
      for (const number of [1, 2, 3]) {
        await side.channel.send({ ...ALERT, title: `message ${number}` });
        expect(side.received()).toContain(`message ${number}`);
      }
    });

    it('rejects with ALERT_UNDELIVERED when the other side refuses, naming the channel', async () => {
      side.refuse();
      const fault = await faultOf();
      expect(fault).toBeInstanceOf(NbaError);
      expect(fault).toMatchObject({ code: 'ALERT_UNDELIVERED', message: expect.stringContaining(side.channel.name) });
    });

    it('has a name without commas, which is no address', () => {
      expect(side.channel.name).toMatch(/^[^,\s][^,]*$/);
      expect(side.channel.name).not.toMatch(/\/\/|@|\?/);
    });

    it('shows no secret: not in its name, not in itself, not in a fault or what caused it', async () => {
      side.refuse();
      const shown = [side.channel.name, inspect(side.channel, { depth: null, showHidden: true }), inspect(await faultOf(), { depth: null, showHidden: true })];
      for (const secret of side.secrets) for (const text of shown) expect(text).not.toContain(secret);
    });
  });
}
