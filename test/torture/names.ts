/** A history in which one name stands for everything: tables, columns, constraints and indexes. */
import { t } from "../../src/operations/columns.ts";
import { check, foreignKey, primaryKey, unique } from "../../src/operations/constraints.ts";
import type { Op } from "../../src/operations/op.ts";
import { sql } from "../../src/operations/sql.ts";
import type { Line } from "../support/history.ts";

export const oddNames: readonly string[] = [
  'we"ird',
  '"quoted"',
  "it's",
  "'single'",
  "sp ace",
  " blanks ",
  "tab\tstop",
  "line\nbreak",
  "dot.ted",
  "semi;colon",
  "a;DROP TABLE p;--",
  "--comment",
  "/*comment*/",
  "(round)",
  "[square]",
  "`tick`",
  "back\\slash",
  "100%",
  "$1",
  "$$",
  "?",
  ":name",
  "@at",
  "1st",
  "0",
  "-",
  "ümlaut",
  "İstanbul",
  "表",
  "😀",
  "UPPER",
  "select",
  "table",
  "check",
  "constraint",
  "primary",
  "references",
  "null",
  "rowid",
  "user",
  "public",
  "main",
  "new",
  "__proto__",
  "constructor",
  "toString",
];

/** How the names of a history are made of one, so that none is taken twice. */
export interface Names {
  readonly table: string;
  readonly other: string;
  readonly column: string;
  readonly more: string;
  readonly thing: (kind: string) => string;
}

export function namesOf(name: string): Names {
  return {
    table: name,
    other: `${name} 2`,
    column: name,
    more: `${name} more`,
    thing: (kind) => `${name} ${kind}`,
  };
}

const quoted = sql.identifier;

/** Every operation that there is, with these names; each revision can be taken back. */
export function everyOperation({ table, other, column, more, thing }: Names): Line {
  const positive = (name: string) => check(thing("check"), sql`${quoted(name)} <> 'no'`);
  const create = (op: Op) => {
    op.createTable(
      table,
      [t.integer("id", { notNull: true }), t.text(column, { default: column })],
      [primaryKey(thing("pk"), ["id"]), unique(thing("unique"), [column, "id"]), positive(column)],
    );
    op.createTable(
      other,
      [t.integer("id"), t.integer(column)],
      [foreignKey(thing("fk"), [column], table, ["id"], { onDelete: "cascade" })],
    );
    op.insert(table, [{ id: 1, [column]: column }]);
    op.insert(other, [{ id: 1, [column]: 1 }]);
    op.execute(sql`UPDATE ${quoted(table)} SET ${quoted(column)} = ${`${column}!`}`);
  };
  return {
    create: {
      up: create,
      down: (op) => {
        op.dropTable(other);
        op.dropTable(table, { ifExists: true });
      },
    },
    columns: {
      up: (op) => {
        op.addColumn(table, t.text(more, { notNull: true, default: more }));
        op.alterColumn(table, column, { notNull: true, default: sql`'x'` });
        op.alterColumn(table, more, { type: t.varchar(more, { length: 500 }).type });
        op.alterColumn(table, more, { using: sql`${quoted(more)} || ${quoted(column)}` });
      },
      down: (op) => {
        op.alterColumn(table, column, { notNull: false, default: column });
        op.dropColumn(table, more);
      },
    },
    constraints: {
      up: (op) => {
        op.dropConstraint(other, thing("fk"));
        op.renameConstraint(table, thing("unique"), thing("unique too"));
        op.dropConstraint(table, thing("unique too"));
        op.renameConstraint(table, thing("check"), thing("check too"));
        op.dropConstraint(table, thing("check too"));
        op.createIndex(thing("index"), table, [column, sql`lower(${quoted(column)})`], {
          unique: true,
          where: sql`${quoted(column)} IS NOT NULL`,
        });
        op.renameIndex(table, thing("index"), thing("index too"));
      },
      down: (op) => {
        op.renameIndex(table, thing("index too"), thing("index"));
        op.dropIndex(thing("index"), table);
        op.addConstraint(table, unique(thing("unique"), [column, "id"]));
        op.addConstraint(table, positive(column));
        op.addConstraint(
          other,
          foreignKey(thing("fk"), [column], table, ["id"], { onDelete: "cascade" }),
        );
      },
    },
    renames: {
      up: (op) => {
        op.renameConstraint(table, thing("pk"), thing("pk too"));
        op.batchAlterTable(table, (it) => {
          it.renameColumn(column, thing("renamed"));
          it.addColumn(t.text(column, { default: "a" }));
        });
        op.renameTable(table, thing("table"));
        op.run("read it", async (db) => {
          await db.all(sql`SELECT ${quoted(thing("renamed"))} FROM ${quoted(thing("table"))}`);
        });
      },
      down: (op) => {
        op.renameTable(thing("table"), table);
        op.batchAlterTable(table, (it) => {
          it.dropColumn(column);
          it.renameColumn(thing("renamed"), column);
        });
        op.renameConstraint(table, thing("pk too"), thing("pk"));
      },
    },
  };
}
