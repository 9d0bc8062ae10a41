import { type Lookback, describeReach } from '@nba/kernel';
import { code } from './markdown';

/** A lookback as a line of the page's table, after the name of what is read. */
export function describeLookback({ reach, effect, columns }: Lookback): string[] {
  return [
    describeReach(reach),
    reach.kind === 'same-date' ? 'yes' : 'no',
    effect === 'blocks' ? '**blocks**: the unit waits' : '**informs**: it runs, keeps the coverage it had, and is stale once the hole is filled',
    columns.length === 0 ? 'which rows there are' : columns.map(code).join(', '),
  ];
}
