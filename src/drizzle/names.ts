/**
 * The names that Drizzle makes up: those that the drizzle-kit of the project's version would have given, so that a draft
 * names things as the rest of the database is named.
 */

/** How constraints are named that were given no name. `columns` are as they are called in the database. */
export interface Naming {
  /** `inColumn`: declared with `.primaryKey()` of a column. */
  primaryKey(table: string, columns: readonly string[], inColumn: boolean): string;
  /** Declared with `.unique()` of a column. Where it is named with the column, Drizzle tells it. */
  columnUnique(table: string, column: string): string;
  foreignKey(reference: Reference): string;
}

export interface Reference {
  readonly table: string;
  readonly columns: readonly string[];
  readonly to: string;
  readonly references: readonly string[];
}

export function join(...parts: readonly (string | readonly string[])[]): string {
  const names: string[] = [];
  for (const part of parts) {
    if (typeof part === "string") names.push(part);
    else names.push(...part);
  }
  return names.join("_");
}

/** Of an index without a name: the same in all versions, on both databases. */
export function indexName(table: string, columns: readonly string[]): string {
  return join(table, columns, "index");
}

export function uniqueName(table: string, columns: readonly string[]): string {
  return join(table, columns, "unique");
}

/** `a_b_c_d_fk`: of both databases before 1.0. */
export function foreignKeyName({ table, columns, to, references }: Reference): string {
  return join(table, columns, to, references, "fk");
}
