/** Failures of what a revision recorded: found before a statement is sent. */
export const operationErrors = {
  OPERATION_INVALID: (it: { operation: string; why: string }) => ({
    message: `${it.operation}: ${it.why}`,
    help: "correct the revision; nothing of it was run",
  }),
  UNSUPPORTED: (it: { what: string; dialect: string; instead: string }) => ({
    message: `${it.dialect} has no ${it.what}`,
    help: it.instead,
  }),
  NEEDS_NO_TRANSACTION: (it: { what: string }) => ({
    message: `${it.what} cannot run in a transaction`,
    help: "say `export const transaction = false` (in a .sql file `-- transaction: false`) at the top of the revision, and keep it to such operations",
  }),
  MIXED_TRANSACTION: (it: { revision: string }) => ({
    message: `revision ${it.revision} says \`transaction = false\`, and this run is one transaction`,
    help: "leave out --transaction all, or run up to the revision before it first",
  }),
  NAME_TOO_LONG: (it: { name: string; bytes: number; limit: number }) => ({
    message: `the name "${it.name}" has ${it.bytes} bytes; PostgreSQL keeps ${it.limit} and would cut the rest off`,
    help: "choose a shorter name",
  }),
  NAME_INVALID: (it: { name: string; why: string }) => ({
    message: `${JSON.stringify(it.name)} cannot be a name: ${it.why}`,
    help: "choose another name",
  }),
  VALUE_UNSUPPORTED: (it: { value: string; why: string }) => ({
    message: `the value ${it.value} cannot be written as SQL: ${it.why}`,
    help: "use a string, number, bigint, boolean, null, Date, Uint8Array, or sql`…`",
  }),
  DIALECT_MISSING: (it: { what: string; dialect: string }) => ({
    message: `${it.what} says nothing for ${it.dialect}`,
    help: "give both: { postgresql: …, sqlite: … }; null means nothing here",
  }),
  TABLE_MISSING: (it: { table: string; operation: string; inScript?: boolean }) => ({
    message: `${it.operation}: there is no table "${it.table}"`,
    help: it.inScript
      ? "a script is made from the history: check the name; for a table that no revision creates, say what did, op.batchAlterTable(table, …, { copyFrom: sql`CREATE TABLE …` })"
      : "check the name, and that the revision that creates it runs before",
  }),
  COLUMN_MISSING: (it: { table: string; column: string; operation: string }) => ({
    message: `${it.operation}: table "${it.table}" has no column "${it.column}"`,
    help: "check the name; the columns are those of the table as it is at this point of the history",
  }),
  CONSTRAINT_MISSING: (it: { table: string; constraint: string; known: readonly string[] }) => ({
    message: `table "${it.table}" has no constraint "${it.constraint}"`,
    help: it.known.length
      ? `its constraints are ${it.known.join(", ")}`
      : "it has no named constraint",
  }),
  SCHEMA_MISMATCH: (it: { operation: string; why: string }) => ({
    message: `${it.operation}: ${it.why}`,
    help: "the operation does not fit the schema as it is at this point of the history: check its names, and what runs before it",
  }),
  REBUILD_REFUSED: (it: { table: string; why: string }) => ({
    message: `table "${it.table}" cannot be rebuilt without losing something: ${it.why}`,
    help: "drop it in the revision first and create it again afterwards, or change the table with op.execute",
  }),
  WORK_NOT_AWAITED: (it: { what: string; count: number }) => ({
    message: `"${it.what}" ended while ${it.count === 1 ? "a query of it was" : `${it.count} queries of it were`} still running`,
    help: "await every query of op.run: `await db.run(…)`",
  }),
  ROWS_IN_THE_WAY: (it: {
    table: string;
    what: string;
    count: number;
    examples: readonly string[];
  }) => ({
    message: `${it.count} row${it.count === 1 ? "" : "s"} of "${it.table}" ${it.what}${it.examples.length ? ` (rowid ${it.examples.join(", ")})` : ""}`,
    help: "correct those rows first, in an earlier revision or with op.execute in this one",
  }),
} as const;
