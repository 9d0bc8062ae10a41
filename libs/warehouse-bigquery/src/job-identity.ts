import { createHash, randomUUID } from 'node:crypto';
import { tableId, type Lease, type PartitionReplacement } from '@nba/kernel';

/** Names a job before it is sent: the same work under the same lease has the same name, so it can be found and not run twice. */
export type JobName = (step: string, attempt: number) => string;

/**
 * The name of a replacement's jobs: a hash of table, range, run, attempt and lease. A client that has lost its connection
 * asks again under the name and finds the job it had started. Another lease is other work: somebody else
 * may have written the table in between, so what an earlier job did says nothing about what is stored now.
 */
export function replacementJobName({ table, range, run }: Pick<PartitionReplacement, 'table' | 'range' | 'run'>, lease: Pick<Lease, 'version'>): JobName {
  const identity = [tableId(table), range.from, range.to, run.runId, run.attempt, lease.version];
  const digest = createHash('sha256').update(JSON.stringify(identity)).digest('hex').slice(0, 24);
  return (step, attempt) => `nba_${table.name}_${step}_${digest}_${attempt}`;
}

/** The name of work that nobody will ask for again: questions. */
export function freshJobName(): JobName {
  const id = randomUUID().replaceAll('-', '').slice(0, 24);
  return (step, attempt) => `nba_${step}_${id}_${attempt}`;
}
