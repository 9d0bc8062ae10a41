import 'reflect-metadata';
import { CLOCK, EVENT_BUS, RAW_LAKE, WAREHOUSE } from '@nba/kernel';
import { Container } from 'inversify';
import { Backfill } from './running/backfill';
import { pipelineModule } from './inversify';
import { PipelineStatus } from './status/pipeline-status';
import { createRegistry } from './definition/registry';
import { BACKFILL, STATUS, VERIFIER } from './service-identifiers';
import { Verifier } from './verification/verifier';

describe('pipelineModule', () => {
  const container = (): Container => {
    const made = new Container();
    for (const port of [WAREHOUSE, RAW_LAKE, EVENT_BUS, CLOCK]) made.bind(port).toConstantValue({});
    void made.load(pipelineModule(createRegistry([]), { gameTypes: ['regular-season'] }));
    return made;
  };

  it.each([[BACKFILL, Backfill], [VERIFIER, Verifier], [STATUS, PipelineStatus]])('makes one %p', (identifier, type) => {
    const made = container();
    expect(made.get(identifier)).toBeInstanceOf(type);
    expect(made.get(identifier)).toBe(made.get(identifier));
  });
});
