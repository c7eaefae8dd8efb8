/** Names of every kind, wherever a name can stand. */
import { expect, test } from "vitest";
import { sqlite } from "../../../src/dialects/sqlite/index.ts";
import { t } from "../../../src/operations/columns.ts";
import { check, foreignKey, primaryKey, unique } from "../../../src/operations/constraints.ts";
import type { Op } from "../../../src/operations/op.ts";
import { sql } from "../../../src/operations/sql.ts";
import { database, recorded, upgrade } from "./support.ts";

const names = [
  'a"b',
  "a'b",
  "a b",
  " a ",
  "a.b",
  "a;b",
  "a, b",
  "a(b)",
  "[a]",
  "`a`",
  "-- a",
  "/* a */",
  "a\nb",
  "🙂",
  "ÄÖÜ",
  "select",
  "ON",
  "constraint",
  "AUTOINCREMENT",
  "primary key",
  "1",
  "%s",
  "x".repeat(200),
];

/** Every operation that SQLite has a statement for, all of whose names begin with `name`. */
function everything(op: Op, name: string): void {
  const [table, other, view] = [name, `${name} other`, `${name} view`];
  const [id, a, b, c] = [name, `${name} a`, `${name} b`, `${name} c`];
  op.createTable(
    table,
    [t.integer(id, { autoIncrement: true }), t.text(a, { collation: "NOCASE" }), t.integer(b)],
    [
      primaryKey(`${name} pk`, [id]),
      unique(`${name} unique`, [a, b]),
      check(`${name} check`, sql`${sql.identifier(b)} > 0`),
      foreignKey(name, [b], table, [id], { deferrable: "deferred" }),
    ],
  );
  op.insert(table, [{ [id]: 1, [a]: name, [b]: 1 }]);
  op.createIndex(`${name} index`, table, [{ on: a, order: "desc" }], {
    unique: true,
    where: sql`${sql.identifier(b)} > 0`,
  });
  op.renameIndex(table, `${name} index`, `${name} renamed`);
  op.createView(view, sql`SELECT ${sql.identifier(a)} FROM ${sql.identifier(table)}`, {
    columns: [name],
  });
  op.execute(
    sql`CREATE TRIGGER ${sql.identifier(`${name} trigger`)} INSTEAD OF DELETE ON ${sql.identifier(view)} BEGIN DELETE FROM ${sql.identifier(table)}; END`,
  );
  op.createView(view, sql`SELECT ${sql.identifier(b)} FROM ${sql.identifier(table)}`, {
    columns: [name],
    orReplace: true,
  });
  op.renameView(view, `${view} renamed`);
  op.addColumn(table, t.text(c), { backfill: sql`upper(${sql.identifier(a)})`, after: id });
  op.addColumn(table, t.text(`${name} generated`, { generated: sql`${sql.identifier(a)} || ''` }));
  op.alterColumn(table, c, { collation: "RTRIM", notNull: true });
  op.alterColumn(table, a, { backfill: sql`${sql.identifier(c)}` });
  op.alterColumn(table, id, { autoIncrement: false });
  op.alterColumn(table, id, { autoIncrement: true });
  op.alterColumn(table, `${name} generated`, { generated: null, type: t.varchar("x").type });
  op.renameConstraint(table, `${name} unique`, `${name} unique too`);
  op.dropConstraint(table, `${name} check`);
  op.addConstraint(table, check(`${name} check`, sql`${sql.identifier(b)} > 0`));
  op.batchAlterTable(
    table,
    (batch) => {
      batch.renameColumn(b, `${name} b2`);
      batch.renameColumn(c, b);
    },
    { recreate: "always" },
  );
  op.dropView(`${view} renamed`);
  op.renameTable(table, other);
  op.dropColumn(other, `${name} generated`);
  op.dropIndex(`${name} renamed`, other);
}

test.each(names.map((name) => [name]))("%j in every operation", async (name) => {
  const db = await database();
  for (const it of recorded((op) => everything(op, name))) sqlite.check(it);
  await upgrade(db, (op) => everything(op, name));
  const columns = db.engine
    .prepare("SELECT name FROM pragma_table_xinfo(?)")
    .pluck()
    .all(`${name} other`);
  expect(columns).toEqual([name, `${name} b`, `${name} a`, `${name} b2`]);
  expect(
    db.engine
      .prepare(`SELECT * FROM "${name.replaceAll('"', '""')} other"`)
      .raw()
      .all(),
  ).toEqual([[1, name.replace(/[a-z]/g, (letter) => letter.toUpperCase()), name, 1]]);
  const made = db.engine
    .prepare("SELECT name FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%'")
    .pluck()
    .all();
  expect(made).toEqual([`${name} other`]);
  expect(db.engine.pragma("integrity_check", { simple: true })).toBe("ok");
});
