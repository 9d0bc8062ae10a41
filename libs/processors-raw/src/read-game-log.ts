import type { Cell, Row } from '@nba/kernel';
import type { LakeDocument } from '@nba/pipeline';
import type { BoxscoreField, BoxscoreKind } from './boxscore-fields';
import { refuseDocument, shown } from './finding';
import { readJson } from './read-json';

/** One row of a box-score document, complete as its table stores it. `game_date` is what the row itself says. */
export type BoxscoreRow = Row & {
  readonly game_id: string;
  readonly game_date: string;
  readonly team_id: number;
  readonly team_tricode: string | null;
  readonly points: number | null;
};

/**
 * Reads a `leaguegamelog` document: columns by their headers, every row and every value strictly.
 * Yields exactly as many rows as the document has.
 * @throws NbaError LAKE_DOCUMENT_INVALID naming file and field; nothing of the document may be used then
 */
export function readGameLog(document: LakeDocument, kind: BoxscoreKind, season: string): BoxscoreRow[] {
  const { headers, rowSet } = resultSetOf(document);
  if (kind.foreignHeader !== undefined && headers.includes(kind.foreignHeader)) {
    refuseDocument(document, `headers hold ${kind.foreignHeader}:`, `these are not ${kind.noun} rows, the document lies in the wrong folder`);
  }
  const positions = kind.fields.map(({ header }) => positionOf(document, headers, header));
  return rowSet.map((source, index) => {
    if (!Array.isArray(source) || source.length !== headers.length) {
      return refuseDocument(document, `resultSets[0].rowSet[${index}]`, `must be a list of ${headers.length} values, one per header, and is ${shown(source)}`);
    }
    return readRow(document, kind.fields, positions, source, index, season);
  });
}

function readRow(
  document: LakeDocument, fields: readonly BoxscoreField[], positions: readonly number[], source: readonly unknown[], index: number, season: string,
): BoxscoreRow {
  const row: Record<string, Cell> = {};
  for (let n = 0; n < fields.length; n++) {
    const { header, column, value } = fields[n] as BoxscoreField;
    const cell = value.read(source[positions[n] as number]);
    if (cell === undefined) {
      const place = `resultSets[0].rowSet[${index}].${header}`;
      return refuseDocument(document, place, `must be ${value.wanted}, and is ${shown(source[positions[n] as number])}${whose(row)}`);
    }
    row[column] = cell;
    if (column === 'game_date') row['season'] = season;
    if (column === 'seconds_played') row['minutes'] = cell === null ? null : (cell as number) / 60;
  }
  return row as BoxscoreRow;
}

function whose(row: Row): string {
  const name = row['player_name'] ?? row['team_name'] ?? row['team_tricode'];
  return row['game_id'] === undefined ? '' : ` (game ${row['game_id']}${name ? `, ${name}` : ''})`;
}

function resultSetOf(document: LakeDocument): { headers: readonly string[]; rowSet: readonly unknown[] } {
  const sets = memberOf(readJson(document), 'resultSets');
  if (!Array.isArray(sets) || sets.length !== 1) {
    return refuseDocument(document, 'resultSets', `must be a list of one result set, and is ${shown(sets)}`);
  }
  const [headers, rowSet] = [memberOf(sets[0], 'headers'), memberOf(sets[0], 'rowSet')];
  if (!Array.isArray(headers) || !headers.every((header) => typeof header === 'string')) {
    return refuseDocument(document, 'resultSets[0].headers', `must be a list of names, and is ${shown(headers)}`);
  }
  if (!Array.isArray(rowSet)) return refuseDocument(document, 'resultSets[0].rowSet', `must be a list of rows, and is ${shown(rowSet)}`);
  return { headers, rowSet };
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}

function positionOf(document: LakeDocument, headers: readonly string[], header: string): number {
  const position = headers.indexOf(header);
  if (position < 0) refuseDocument(document, `header ${header}`, `is missing from resultSets[0].headers (${headers.join(', ')})`);
  if (headers.lastIndexOf(header) !== position) refuseDocument(document, `header ${header}`, 'stands twice in resultSets[0].headers');
  return position;
}
