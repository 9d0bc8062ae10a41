import 'reflect-metadata';
import { CLOCK, RAW_LAKE } from '@nba/kernel';
import { FixedClock, MemoryLake } from '@nba/testing';
import { Container } from 'inversify';
import { NBA_COM_FETCHER, NbaComFetcher } from './index';
import { nbaComModule } from './inversify';

describe('nbaComModule', () => {
  it('binds one fetcher over the lake and the clock', () => {
    const container = new Container();
    container.bind(RAW_LAKE).toConstantValue(new MemoryLake());
    container.bind(CLOCK).toConstantValue(new FixedClock('2024-01-15T12:00:00Z'));
    container.loadSync(nbaComModule({ baseUrl: 'http://127.0.0.1:1' }));
    const fetcher = container.get(NBA_COM_FETCHER);
    expect(fetcher).toBeInstanceOf(NbaComFetcher);
    expect(container.get(NBA_COM_FETCHER)).toBe(fetcher);
  });
});
