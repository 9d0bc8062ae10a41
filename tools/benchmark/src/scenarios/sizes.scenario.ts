import { join } from 'node:path';
import { seasonStarting } from '@nba/kernel';
import { type League, leagueOf, writeLeague } from '../league';
import { type Line, compared, medianPeak, single } from '../line';
import type { Ground, Scenario } from '../scenario';
import { runWholeFloor, runWholeJob } from '../whole-job';

/** Memory at ten times the size, against memory at the size: what still counts as flat. */
const FLAT = 1.25;

const lakeOf = ({ folder }: Ground, seasons: number): string => join(folder, `lake-${seasons}`);
const leagueOfSize = (ground: Ground, count: number): League =>
  leagueOf(lakeOf(ground, count), Array.from({ length: count }, (_, i) => seasonStarting(ground.size.firstYear + i)));
const [floorOf, hereOf] = [(size: number) => `floor-${size}`, (size: number) => `here-${size}`];

/** JSON to verified Phase 4 of ever more seasons. */
export const sizes: Scenario = {
  name: 'sizes',
  prepare: async (ground) => {
    for (const seasons of ground.sizes) writeLeague(lakeOf(ground, seasons), { ...ground.size, seasons });
  },
  contenders: (ground) => ground.sizes.flatMap((size) => [
    { name: floorOf(size), run: (_, file) => runWholeFloor(leagueOfSize(ground, size), file) },
    { name: hereOf(size), run: (_, file) => runWholeJob(leagueOfSize(ground, size), file) },
  ]),
  alike: ({ sizes: all }) => all.map((size) => [floorOf(size), hereOf(size)] as const),
  lines: ({ sizes: all }, runs) => {
    const lines: Line[] = all.map((size) => compared(`JSON to verified Phase 4, ${size} synthetic seasons`, runs[floorOf(size)], runs[hereOf(size)]));
    const [least, most] = [all[0] ?? 0, all.at(-1) ?? 0];
    if (most > least) lines.push(single(`Peak memory, ${most} seasons against ${least}`, medianPeak(runs[hereOf(most)]) / medianPeak(runs[hereOf(least)]), '×', FLAT));
    return lines;
  },
};
