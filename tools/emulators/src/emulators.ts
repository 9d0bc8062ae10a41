import { join } from 'node:path';
import type { Places } from './places';

/** Within a run's folder. */
export const [PUSH_TOKEN, BUCKETS] = ['push-token', 'buckets'] as const;

/** A server that stands in for a Google service. */
export interface Emulator {
  readonly name: string;
  /** How many ports on 127.0.0.1 it wants; the first is the one that clients speak to. */
  readonly ports: number;
  /** The program and its arguments. */
  command(ports: readonly number[]): readonly string[];
  /** Where it says that it is ready; undefined when an open port says it all. */
  readonly healthPath?: string;
  /** What it reads from its own environment. */
  readonly settings?: Readonly<Record<string, string>>;
  /** What clients read its address from. */
  environment(port: number): Readonly<Record<string, string>>;
}

/** @param folder the run's own: logs, buckets, the push token */
export function emulatorsIn(places: Places, folder: string): readonly Emulator[] {
  const [tokenFile, buckets] = [join(folder, PUSH_TOKEN), join(folder, BUCKETS)];
  return [
    {
      name: 'bigquery',
      ports: 2,
      command: ([rest, grpc]) => [join(places.venv, 'bin/python'), places.bigqueryStart, 'start', '--ephemeral', '--rest-port', `${rest}`, '--grpc-port', `${grpc}`, '--log-level', 'warning'],
      healthPath: '/readyz',
      // Load jobs from gs:// read what the Cloud Storage emulator has stored.
      settings: { BQEMU_GCS_LOCAL_ROOT: buckets },
      environment: (port) => ({ BIGQUERY_EMULATOR_HOST: `http://127.0.0.1:${port}` }),
    },
    {
      name: 'pubsub',
      ports: 1,
      command: ([port]) => [join(places.programs, 'pubsub'), '-port', `${port}`, '-push-token', tokenFile],
      environment: (port) => ({ PUBSUB_EMULATOR_HOST: `127.0.0.1:${port}`, NBA_PUSH_TOKEN_FILE: tokenFile }),
    },
    {
      name: 'storage',
      ports: 1,
      command: ([port]) => [join(places.programs, 'fake-gcs-server'), '-backend', 'filesystem', '-filesystem-root', buckets, '-scheme', 'http', '-host', '127.0.0.1', '-port', `${port}`, '-public-host', `127.0.0.1:${port}`, '-log-level', 'warn'],
      healthPath: '/_internal/healthcheck',
      environment: (port) => ({ STORAGE_EMULATOR_HOST: `http://127.0.0.1:${port}` }),
    },
  ];
}

/** Google's clients look for a metadata server when they find no credentials, also of an emulator: they shall not. */
export const NO_METADATA_SERVER = { METADATA_SERVER_DETECTION: 'none' };
