import 'reflect-metadata';
import { CLOCK, EVENT_BUS, RAW_LAKE, WAREHOUSE } from '@nba/kernel';
import { Container } from 'inversify';
import { CorrectionWatch } from './corrections/correction-watch';
import { Backfill } from './running/backfill';
import { pipelineModule } from './inversify';
import { PipelineStatus } from './status/pipeline-status';
import { createRegistry } from './definition/registry';
import { Reaction } from './reaction/reaction';
import { BACKFILL, CORRECTION_WATCH, REACTION, STATUS, SURVEY, VERIFIER } from './service-identifiers';
import { Survey } from './survey/survey';
import { Verifier } from './verification/verifier';

describe('pipelineModule', () => {
  const container = (): Container => {
    const made = new Container();
    for (const port of [WAREHOUSE, RAW_LAKE, EVENT_BUS, CLOCK]) made.bind(port).toConstantValue({});
    void made.load(pipelineModule(createRegistry([]), { gameTypes: ['regular-season'] }));
    return made;
  };

  it.each([[BACKFILL, Backfill], [VERIFIER, Verifier], [STATUS, PipelineStatus], [CORRECTION_WATCH, CorrectionWatch], [REACTION, Reaction], [SURVEY, Survey]])('makes one %p', (identifier, type) => {
    const made = container();
    expect(made.get(identifier)).toBeInstanceOf(type);
    expect(made.get(identifier)).toBe(made.get(identifier));
  });
});
