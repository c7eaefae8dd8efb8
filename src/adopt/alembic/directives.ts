/** The directives of `op`: https://alembic.sqlalchemy.org/en/latest/ops.html */
import { name } from "../../autogenerate/render/values.ts";
import { psqlProblem } from "../psql.ts";
import type { Argument, Expression } from "../python/tree.ts";
import { Arguments } from "./arguments.ts";
import { changeDirectives, fromArguments } from "./changes.ts";
import { createIndex, dropIndex } from "./indexes.ts";
import { type Line, line } from "./line.ts";
import { type Scope, Untranslated } from "./scope.ts";
import { plainSql } from "./sql.ts";
import { statementOf } from "./statements.ts";
import { bulkInsert, commentTable, createTable, dropTable, renameTable } from "./tables.ts";

type Directive = (args: Arguments, scope: Scope) => readonly Line[];

const directives: Readonly<Record<string, Directive>> = {
  create_table: createTable,
  drop_table: dropTable,
  rename_table: renameTable,
  create_index: createIndex,
  drop_index: dropIndex,
  bulk_insert: bulkInsert,
  create_table_comment: (args) => commentTable(args, false),
  drop_table_comment: (args) => commentTable(args, true),
  execute,
  // What a connection is asked for is what it is told.
  get_bind: () => [],
};

/** Throws Untranslated. */
export function directive(
  called: string,
  given: readonly Argument[],
  scope: Scope,
): readonly Line[] {
  const args = new Arguments(given, scope);
  const change = Object.hasOwn(changeDirectives, called) ? changeDirectives[called] : undefined;
  if (change) {
    const { table, changes, after, remarks } = change(args, fromArguments, scope);
    const [first, ...others] = changes.map((it) => ({
      call: `op.${it.call}`,
      args: [name(table), ...it.args],
    }));
    if (first === undefined) return [];
    return [line(first, remarks), ...others.map((code) => line(code)), ...after];
  }
  const known = Object.hasOwn(directives, called) ? directives[called] : undefined;
  if (!known) throw new Untranslated(`op.${called} has no counterpart`);
  return known(args, scope);
}

/** `op.execute` of a string, of text() or of a statement. */
export function execute(args: Arguments, scope: Scope): readonly Line[] {
  const what = args.need("sqltext");
  args.ignore("execution_options");
  args.end();
  const sql = statementOf(what, scope) ?? plainSql(what, scope);
  if (sql === null) throw new Untranslated("a statement that is not told here");
  if (psqlProblem(sql, "") !== null) throw new Untranslated("it is for psql, not for the server");
  const own = migsOwn(sql);
  if (own !== null) return [own];
  const isAlone = /\bCONCURRENTLY\b|^\s*VACUUM\b/i.test(sql);
  return [{ ...line({ call: "op.execute", args: [{ sql: sql.trim() }] }), alone: isAlone }];
}

/** What mig does by itself, or has another word for; null for any other statement. */
function migsOwn(sql: string): Line | null {
  const words = sql.trim().replace(/\s*;$/, "");
  const remark = (text: string, alone: boolean): Line => ({ code: null, remarks: [text], alone });
  if (/^PRAGMA\s+foreign_keys\s*=/i.test(words))
    return remark(
      `${words}: mig switches them off before the transaction, and checks them in it`,
      false,
    );
  if (/^(?:BEGIN|START)(?:\s+TRANSACTION)?$/i.test(words))
    return remark(`${words}: mig begins`, false);
  return /^COMMIT$/i.test(words)
    ? remark(
        `${words}: what follows cannot be in a transaction, so that all of it goes without`,
        true,
      )
    : null;
}

/** `batch_op.add_column(…)`: what is called, and how. */
export function calledOn(
  it: Expression,
  variable: string | null,
): { readonly name: string; readonly args: readonly Argument[] } | null {
  if (it.kind !== "call" || it.of.kind !== "attribute") return null;
  const { of, name: called } = it.of;
  return of.kind === "name" && of.name === variable ? { name: called, args: it.args } : null;
}
