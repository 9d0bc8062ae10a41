import { RUN_LISTENER, type RunListener } from '@nba/kernel';
import { ContainerModule, type ServiceIdentifier } from 'inversify';
import { FileSink } from './file-sink';
import { HttpSink } from './http-sink';
import { type EmitterOptions, OpenLineageEmitter } from './open-lineage-emitter';

/** Where events are to go: a URL to post them to, or a file to append them to. */
export type LineageTarget = { readonly kind: 'http'; readonly url: string } | { readonly kind: 'file'; readonly file: string };

/** Binds the {@link RunListener} port to OpenLineage; what waits is sent when the container is unbound. */
export function openLineageModule(target: LineageTarget, options: Omit<EmitterOptions, 'sink'>): ContainerModule {
  const sink = target.kind === 'http' ? new HttpSink(target.url) : new FileSink(target.file);
  return new ContainerModule(({ bind }) => {
    bind(RUN_LISTENER as ServiceIdentifier<RunListener>)
      .toResolvedValue(() => new OpenLineageEmitter({ ...options, sink }))
      .inSingletonScope()
      .onDeactivation((listener) => (listener as OpenLineageEmitter).close());
  });
}
