import { NbaError, type Sql, identifier, joinSql } from '@nba/kernel';

const PROJECT = /^[a-z][a-z0-9-]*[a-z0-9]$/;

/** `dataset.table`, or `project.dataset.table`, as SQL. @throws NbaError INVALID_ARGUMENT for anything else */
export function tableName(name: string, what = 'table'): Sql {
  const parts = name.split('.');
  const [project = '', ...rest] = parts.length === 3 ? parts : ['', ...parts];
  const isTable = rest.length === 2 || (rest.length === 1 && project === '');
  if (!isTable || (project !== '' && !PROJECT.test(project) && !isPlain(project)) || !rest.every(isPlain)) {
    throw new NbaError('INVALID_ARGUMENT', `${what}: "${name}" is no table. Write dataset.table, or project.dataset.table.`, { field: what, table: name });
  }
  // A project's name may hold hyphens, which only stand in back-ticks everywhere.
  return project.includes('-') ? { text: `\`${name}\`` } : joinSql(parts.map(identifier), '.');
}

/** A column of somebody else's table as SQL. @throws NbaError INVALID_ARGUMENT for what is no plain name */
export function columnName(name: string, what: string): Sql {
  if (!isPlain(name)) throw new NbaError('INVALID_ARGUMENT', `${what}: "${name}" is no column.`, { field: what });
  return identifier(name);
}

const isPlain = (name: string): boolean => /^[A-Za-z_][A-Za-z0-9_]*$/.test(name);
