import 'reflect-metadata';
import { CLOCK, WAREHOUSE } from '@nba/kernel';
import { FixedClock } from '@nba/testing';
import { Container } from 'inversify';
import { RecordingChannel, RowsInMemory, causeOf } from './alerts.fixture';
import { INCIDENT_BOOK, IncidentBook } from './index';
import { alertsModule } from './inversify';

describe('alertsModule', () => {
  it('binds one book over warehouse and clock, which tells the given channels', async () => {
    const container = new Container();
    container.bind(WAREHOUSE).toConstantValue(new RowsInMemory());
    container.bind(CLOCK).toConstantValue(new FixedClock('2025-01-27T11:00:00Z'));
    const log = new RecordingChannel('log');
    await container.load(alertsModule([log]));
    const book = container.get<IncidentBook>(INCIDENT_BOOK);
    expect(container.get(INCIDENT_BOOK)).toBe(book);
    await book.report([causeOf('A', [1])]);
    expect(log.sent).toEqual([expect.objectContaining({ incident: 'A', at: '2025-01-27T11:00:00.000Z' })]);
  });
});
