import { NbaError, type Alert, type AlertChannel, type Clock, type RootCause, type Row, type Warehouse } from '@nba/kernel';
import { alertIncidents } from './alert-incidents.table';
import { ChannelRound, type Delivery } from './channel-round';
import { channelIncident, findChannelCauses, isAboutChannel } from './find-channel-causes';
import { findIncidentChanges, type IncidentChange } from './find-incident-changes';
import { findMessage } from './find-message';
import { afterMessage, knowsAll, type Incident } from './incident';
import { UNFINISHED_INCIDENTS, contentOf, incidentOf, rowOf } from './incident-rows';

/** What a report did, by the keys of the root causes. */
export interface IncidentReport {
  readonly opened: readonly string[];
  readonly grown: readonly string[];
  /** Open still, and different in what is counted only: held-up units, dates mended. */
  readonly recorded: readonly string[];
  readonly resolved: readonly string[];
  /** Messages that a channel did not take. They are sent there again by the next report. */
  readonly undelivered: readonly Undelivered[];
  /** Messages that none of the channels has taken: to be printed, or nobody will know. Empty when there are no channels. */
  readonly unheard: readonly Alert[];
}

export interface Undelivered {
  readonly channel: string;
  readonly incident: string;
  readonly error: string;
}

interface ToldChange extends IncidentChange {
  readonly deliveries: readonly Delivery[];
}

/** Two messages in a row that are not taken: the channel is gone, not the message wrong. */
const PATIENCE = 2;

/**
 * Keeps one incident per root cause, and tells every channel once: when it opens, when further dates come to light, and
 * when it is gone. Its memory is a table, so a restart repeats nothing.
 * Messages go out before the row that says so is written: a crash between the two repeats them, and loses none.
 */
export class IncidentBook {
  private tableIsThere = false;

  /** @throws NbaError INVALID_ARGUMENT when two channels have the same name, or a name has a comma in it */
  constructor(
    private readonly warehouse: Pick<Warehouse, 'query' | 'append' | 'ensureTable'>,
    private readonly channels: readonly AlertChannel[],
    private readonly clock: Clock,
  ) {
    const names = channels.map(({ name }) => name);
    const wrong = names.find((name, i) => name === '' || name.includes(',') || names.indexOf(name) < i);
    if (wrong !== undefined) throw new NbaError('INVALID_ARGUMENT', `"${wrong}" cannot be the name of an alert channel: names are distinct and have no commas.`);
  }

  /**
   * Tells what is new about all that is wrong now. A channel's fault is part of the report and is told on the other channels; it is never thrown.
   * Without causes and without open incidents it is one query and nothing is written.
   * @param causes everything that is wrong now: what is not among them any more is resolved
   * @throws NbaError of the warehouse when the table cannot be read or written
   */
  async report(causes: readonly RootCause[]): Promise<IncidentReport> {
    const { incidents, sequence } = await this.read();
    const at = this.clock.now().toISOString();
    const rounds = this.channels.map((channel) => new ChannelRound(channel));
    const aboutChannels = incidents.filter(({ key }) => isAboutChannel(key));
    const changes = await tell(findIncidentChanges(incidents.filter(({ key }) => !isAboutChannel(key)), causes, at), rounds, at, PATIENCE);
    // Only now is it known which channels fail. Those that did are not tried once more with the news that others do.
    const channelChanges = await tell(findIncidentChanges(aboutChannels, findChannelCauses(aboutChannels, rounds), at), rounds, at, 1);
    const all = [...changes, ...channelChanges];
    await this.record(incidents, all.map(({ incident }) => incident), sequence + 1, at);
    return { ...byKind(changes), ...this.undelivered(all) };
  }

  private async read(): Promise<{ incidents: readonly Incident[]; sequence: number }> {
    if (!this.tableIsThere) await this.warehouse.ensureTable(alertIncidents);
    this.tableIsThere = true;
    const rows = await this.warehouse.query(UNFINISHED_INCIDENTS);
    // The row with the highest sequence comes along even when it is finished.
    const unfinished = rows.filter((row) => row['status'] === 'open' || row['undelivered'] !== null);
    return { incidents: unfinished.map(incidentOf), sequence: Math.max(0, ...rows.map((row) => Number(row['sequence']))) };
  }

  private async record(before: readonly Incident[], after: readonly Incident[], sequence: number, at: string): Promise<void> {
    const stored = new Map(before.map((incident) => [incident.key, JSON.stringify(contentOf(incident))]));
    const rows: Row[] = after
      .filter((incident) => JSON.stringify(contentOf(incident)) !== stored.get(incident.key))
      .map((incident) => rowOf(incident, sequence, at));
    if (rows.length > 0) await this.warehouse.append(alertIncidents, rows);
  }

  private undelivered(changes: readonly ToldChange[]): Pick<IncidentReport, 'undelivered' | 'unheard'> {
    const failed = changes.flatMap(({ deliveries }) => deliveries).filter(({ error }) => error !== null);
    const heard = ({ incident }: ToldChange) => this.channels.some(({ name }) => {
      const told = incident.told.get(name);
      return told !== undefined && knowsAll(incident, told);
    });
    return {
      undelivered: failed.map(({ channel, alert, error }) => ({ channel, incident: alert.incident, error: String(error) })),
      unheard: changes.filter((change) => !heard(change)).flatMap(({ deliveries }) => deliveries.slice(0, 1).map(({ alert }) => alert)),
    };
  }
}

/** All channels at once; on each, what it hears for the first time before what it has refused before. */
async function tell(changes: readonly IncidentChange[], rounds: readonly ChannelRound[], at: string, patience: number): Promise<readonly ToldChange[]> {
  const deliveries = await Promise.all(rounds.map((round) => {
    const refused = ({ incident }: IncidentChange) => Number((incident.told.get(round.name)?.error ?? null) !== null);
    const due = changes.filter(({ incident }) => incident.key !== channelIncident(round.name)).sort((a, b) => refused(a) - refused(b));
    return round.deliver(due.map((change) => findMessage(change, round.name, at)).filter((alert) => alert !== null), patience);
  }));
  return changes.map((change) => {
    const own = deliveries.flat().filter(({ alert }) => alert.incident === change.incident.key);
    return { ...change, deliveries: own, incident: own.reduce((incident, { channel, error }) => afterMessage(incident, channel, error), change.incident) };
  });
}

function byKind(changes: readonly IncidentChange[]): Pick<IncidentReport, 'opened' | 'grown' | 'recorded' | 'resolved'> {
  const keys = (kind: IncidentChange['kind']) => changes.filter((change) => change.kind === kind).map(({ incident }) => incident.key);
  return { opened: keys('opened'), grown: keys('grown'), recorded: keys('recorded'), resolved: keys('resolved') };
}
