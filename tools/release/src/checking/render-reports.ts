import Table from 'cli-table3';
import type { PackageReport } from './check-packages';

const kilobytes = (bytes: number): string => `${(bytes / 1000).toFixed(1)} kB`;

/** A line for each package: how large it is, and what it brings along. */
export function renderTable(reports: readonly PackageReport[]): string {
  const table = new Table({
    head: ['package', 'packed', 'unpacked', 'files', 'direct', 'all', 'of them foreign', 'findings'], colAligns: ['left', 'right', 'right', 'right', 'right', 'right', 'left', 'right'],
    style: { head: [], border: [] }, chars: { 'mid': '', 'left-mid': '', 'mid-mid': '', 'right-mid': '' },
  });
  for (const { manifest, packedBytes, unpackedBytes, files, direct, dependencies, findings } of reports) {
    table.push([manifest.name, kilobytes(packedBytes), kilobytes(unpackedBytes), files.length, direct, dependencies.length, foreign(dependencies), findings.length]);
  }
  return table.toString();
}

const foreign = (dependencies: readonly string[]): string => dependencies.filter((name) => !name.startsWith('@nba/')).join('\n') || '–';

/** What is wrong, a line each. */
export const renderFindings = (reports: readonly PackageReport[]): string[] =>
  reports.flatMap(({ manifest, findings }) => findings.map((finding) => `${manifest.name}: ${finding}`));
