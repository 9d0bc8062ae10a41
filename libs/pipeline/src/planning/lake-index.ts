import type { DateRange, DocumentKind, DocumentRef, GameDate, RawLake, Season } from '@nba/kernel';

/** The documents of a lake within some days, as of one moment, by kind and partition; each kind is listed once. */
export class LakeIndex {
  private readonly listed = new Map<DocumentKind, Promise<ReadonlyMap<string, readonly DocumentRef[]>>>();

  constructor(
    readonly lake: RawLake,
    private readonly asOf: Date,
    private readonly within: DateRange,
  ) {}

  /** The versions of one partition's document, oldest first; none when the lake has none. */
  async documents(kind: DocumentKind, partition: GameDate | Season): Promise<readonly DocumentRef[]> {
    const known = this.listed.get(kind);
    const byPartition = known ?? this.lake.list(kind, this.asOf, this.within).then(byPartitionOf);
    if (!known) this.listed.set(kind, byPartition);
    return (await byPartition).get(partition) ?? [];
  }
}

function byPartitionOf(refs: readonly DocumentRef[]): ReadonlyMap<string, readonly DocumentRef[]> {
  const lists = new Map<string, DocumentRef[]>();
  for (const ref of refs) {
    const list = lists.get(ref.partition);
    if (list) list.push(ref);
    else lists.set(ref.partition, [ref]);
  }
  return lists;
}

/** How the run history names the documents a unit was built from; null when there were none. */
export function sourceDocuments(refs: readonly DocumentRef[]): string | null {
  return refs.length > 0 ? refs.map((ref) => ref.path).join(',') : null;
}
