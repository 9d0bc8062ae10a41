import { openFolderLake } from '@nba/raw-lake';
import { generateLeague } from '@nba/sample-league';

/** The sample league from its first day to a date, as documents in a folder. */
export async function writeSampleLake(folder: string, season: string, through: string): Promise<void> {
  const lake = openFolderLake(folder);
  for (const { path, text } of generateLeague({ seasons: [season] })) {
    const [, kind = '', partition = ''] = path.split('/');
    if (kind === 'schedule' || partition <= through) await lake.write(path, text);
  }
}
