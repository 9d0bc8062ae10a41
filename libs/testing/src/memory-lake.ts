import { NbaError, parseGameDate, parseSeason, isWithin, seasonsIn, type DateRange, type DocumentKind, type DocumentRef, type GameDate, type RawLake, type Season } from '@nba/kernel';

const PATH = /^nba-com\/(schedule|player-boxscores|team-boxscores)\/([0-9-]+)\/(\d{8}_\d{6})\.json$/;

/** A lake in memory. */
export class MemoryLake implements RawLake {
  readonly location = 'memory';
  private readonly texts = new Map<string, string>();

  /** @param documents texts by path; objects are written as JSON */
  constructor(documents: Readonly<Record<string, string | object>> = {}) {
    for (const [path, content] of Object.entries(documents)) {
      this.texts.set(path, typeof content === 'string' ? content : JSON.stringify(content));
    }
  }

  async list(kind: DocumentKind, asOf: Date, within?: DateRange): Promise<readonly DocumentRef[]> {
    const last = asOf.toISOString().slice(0, 19).replace('T', '_').replace(/[-:]/g, '');
    return [...this.texts.keys()]
      .map(refOf)
      .filter((ref): ref is DocumentRef => ref !== undefined && ref.kind === kind && ref.stamp <= last)
      .filter(({ partition }) => !within || (kind === 'schedule' ? seasonsIn(within).includes(partition as Season) : isWithin(partition as GameDate, within)))
      .sort((a, b) => (a.path < b.path ? -1 : 1));
  }

  async read(ref: DocumentRef): Promise<string> {
    const text = this.texts.get(ref.path);
    if (text === undefined) throw new NbaError('LAKE_UNREADABLE', `${ref.path} is not in the lake.`, { file: ref.path });
    return text;
  }

  async write(path: string, text: string): Promise<void> {
    if (!refOf(path)) throw new NbaError('INVALID_ARGUMENT', `${path} is no path of a lake document.`, { file: path });
    this.texts.set(path, text);
  }

  /** Takes a document away, as if it had never been written. */
  remove(path: string): void {
    this.texts.delete(path);
  }
}

function refOf(path: string): DocumentRef | undefined {
  const [, folder, name = '', stamp = ''] = PATH.exec(path) ?? [];
  if (!folder) return undefined;
  const kind = folder as DocumentKind;
  return { path, kind, partition: kind === 'schedule' ? parseSeason(name) : parseGameDate(name), stamp };
}
