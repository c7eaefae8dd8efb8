/** Tables as nobody would write them: an edit changes what it names, and a rebuild keeps the rest. */

import BetterSqlite3 from "better-sqlite3";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Unreadable } from "../../../src/dialects/sqlite/ddl/cursor.ts";
import * as edit from "../../../src/dialects/sqlite/ddl/edit.ts";
import { parseTable } from "../../../src/dialects/sqlite/ddl/parse.ts";
import type { TableText } from "../../../src/dialects/sqlite/ddl/table.ts";
import { quote } from "../../../src/dialects/sqlite/write.ts";
import { sql } from "../../../src/operations/sql.ts";
import { database, dump, upgrade } from "./support.ts";

const gap = fc.constantFrom(" ", "  ", "\n\t", " /* , ) ' */ ", " -- it's, (\n", "\r\n");
const columnName = fc.constantFrom(
  "a",
  "B c",
  "select",
  `q"q`,
  "x.y",
  "ünï",
  "check",
  "end",
  "constraint",
  "generated",
  "always",
  "key",
  "😀",
  "[",
);
const typeName = fc.constantFrom(
  "",
  "int",
  "INTEGER",
  "text",
  "varchar(10)",
  "decimal ( 10 , -2 )",
  "double precision",
  `"odd type"`,
  "generated int",
  "REAL",
  "blob",
);

/** A constraint of a column named `name`, as it may stand in the text. */
const columnConstraint = (name: string) =>
  fc.constantFrom(
    "",
    "NOT NULL",
    "null",
    "UNIQUE",
    "unique on conflict ignore",
    "DEFAULT 'a, b)'",
    "default -1",
    `DEFAULT "dq"`,
    "DEFAULT (1 + (2))",
    "DEFAULT current_timestamp",
    "COLLATE nocase",
    "constraint cc check (1)",
    `CHECK (${quote(name)} IS NOT x'00' OR ')' = '(')`,
    "REFERENCES o(id) ON DELETE set null ON UPDATE no action",
    "references o DEFERRABLE INITIALLY DEFERRED",
    "REFERENCES o MATCH FULL NOT DEFERRABLE",
    `CONSTRAINT "odd ) name" NOT NULL ON CONFLICT FAIL`,
    `constraint "u u" UNIQUE`,
  );

const column = columnName.chain((name) =>
  fc.record({
    name: fc.constant(name),
    type: typeName,
    gaps: fc.tuple(gap, gap, gap),
    constraints: fc.array(columnConstraint(name), { maxLength: 3 }),
  }),
);

const definition = fc
  .record({
    columns: fc.uniqueArray(column, {
      minLength: 2,
      maxLength: 6,
      selector: ({ name }) => name.toLowerCase(),
    }),
    constraints: fc.array(fc.constantFrom("unique", "check", "foreign", "named"), { maxLength: 3 }),
    commas: fc.boolean(),
    gaps: fc.tuple(gap, gap, gap),
    strict: fc.constantFrom("", " "),
  })
  .map(({ columns, constraints, commas, gaps: [open, between, close] }) => {
    const [first = { name: "" }, second = { name: "" }] = columns;
    const lines = columns.map(
      ({ name, type, gaps, constraints: own }) =>
        [quote(name), type, ...own].filter(Boolean).join(gaps[0]) +
        (gaps[1].startsWith(" --") ? "" : gaps[1]),
    );
    const written: Record<string, string> = {
      unique: `UNIQUE (${quote(second.name)} COLLATE binary, ${quote(first.name)} DESC) ON CONFLICT abort`,
      check: `CHECK (${quote(first.name)} IS NOT 'x)' /* ) */)`,
      foreign: `FOREIGN KEY (${quote(first.name)}) REFERENCES o (id) ON DELETE CASCADE`,
      named: `CONSTRAINT [n, n] CHECK (p.${quote(second.name)} IS NOT 17)`,
    };
    const table = constraints.map((kind) => written[kind] ?? "");
    const separator = commas ? `,${between}` : between;
    return {
      names: columns.map(({ name }) => name),
      sql: `CREATE TABLE p (${open}${lines.join(`,${between}`)}${table.length > 0 ? `,${between}` : ""}${table.join(separator)}${close})`,
    };
  });

/** Tables that the engine takes. */
const tables = definition.filter(({ sql }) => {
  const engine = new BetterSqlite3(":memory:");
  try {
    engine.exec(sql);
    return true;
  } catch {
    return false;
  } finally {
    engine.close();
  }
});

function parsed(sql: string): TableText {
  const table = parseTable(sql);
  if (table instanceof Unreadable) throw table;
  return table;
}

function columnsBy(sql: string): unknown {
  const engine = new BetterSqlite3(":memory:");
  engine.exec(sql);
  const columns = engine
    .prepare(`SELECT name, type, "notnull", dflt_value FROM pragma_table_xinfo('p')`)
    .all();
  engine.close();
  return columns;
}

describe("laws", () => {
  test("the parser finds the columns that the engine finds", () => {
    fc.assert(
      fc.property(tables, ({ sql }) => {
        const table = parsed(sql);
        const engine = columnsBy(sql) as readonly { name: string; type: string }[];
        expect(table.columns.map(({ name }) => name)).toEqual(engine.map(({ name }) => name));
        const text = (at: number) => {
          const type = table.columns[at]?.type;
          return type ? sql.slice(type.start, type.end) : "";
        };
        for (const [at, { type }] of engine.entries()) {
          const plain = (it: string) =>
            it
              .replace(/--[^\n]*\n|\/\*.*?\*\//g, "")
              .replace(/[\s"]+/g, "")
              .toLowerCase();
          expect(plain(text(at))).toBe(plain(type));
        }
      }),
      { numRuns: 300 },
    );
  });

  test("an edit changes one attribute of one column for the engine, and can be undone", () => {
    fc.assert(
      fc.property(tables, fc.nat(), ({ sql }, pick) => {
        const table = parsed(sql);
        const at = pick % table.columns.length;
        const column = table.columns[at];
        if (!column) return;
        const before = columnsBy(sql) as Record<string, unknown>[];
        const expectChange = (edited: string, change: Record<string, unknown>) => {
          expect(columnsBy(edited)).toEqual(
            before.map((it, index) => (index === at ? { ...it, ...change } : it)),
          );
        };
        expectChange(edit.replaceType(table, column, "bigint"), { type: "bigint" });
        expectChange(edit.setDefault(table, column, "(7)"), { dflt_value: "7" });
        expectChange(edit.setDefault(table, column, null), { dflt_value: null });
        expectChange(edit.addNotNull(table, column), { notnull: 1 });
        expectChange(edit.dropNotNull(table, column), { notnull: 0 });
        const more = edit.appendConstraint(table, "CONSTRAINT mine CHECK (1)");
        expect(columnsBy(more)).toEqual(before);
        const added = parsed(more).constraints.find(({ name }) => name === "mine");
        expect(
          columnsBy(edit.removeItem(parsed(more), added?.span ?? { start: 0, end: 0 })),
        ).toEqual(before);
        const longer = parsed(edit.appendColumn(table, `"new one" text NOT NULL`));
        expect(longer.columns.at(-1)?.name).toBe("new one");
        expect(
          columnsBy(edit.removeItem(longer, longer.columns.at(-1)?.span ?? { start: 0, end: 0 })),
        ).toEqual(before);
        for (const constraint of table.constraints) {
          const less = edit.removeItem(table, constraint.span);
          expect(columnsBy(less)).toEqual(before);
          expect(parsed(less).constraints).toHaveLength(table.constraints.length - 1);
        }
      }),
      { numRuns: 300 },
    );
  });

  test("a rebuild keeps rows and definitions", async () => {
    await fc.assert(
      fc.asyncProperty(
        tables,
        fc.nat(),
        fc.boolean(),
        async ({ sql: text, names }, pick, copies) => {
          const db = await database(
            `PRAGMA foreign_keys = OFF; CREATE TABLE o(id integer primary key); INSERT INTO o VALUES (1); ${text}`,
          );
          for (const value of [1, "1", "text", 2.5, Buffer.from([1])]) {
            db.engine
              .prepare(`INSERT OR IGNORE INTO p VALUES (${names.map(() => "?").join(", ")})`)
              .run(names.map(() => value));
          }
          // The rows are older than this column: they read its default from the schema.
          db.engine.exec("ALTER TABLE p ADD COLUMN late DEFAULT 'late'");
          const before = dump(db.engine);
          const all = [...names, "late"];
          const column = all[pick % all.length] ?? "";
          const using = copies ? { using: sql.identifier(column) } : {};
          await upgrade(db, (op) =>
            op.alterColumn("p", column, { default: "the new default", ...using }),
          );
          const after = dump(db.engine);
          expect(after.rows).toEqual(before.rows);
          const definition = (it: typeof before) =>
            it.schema.find(({ name }) => name === "p")?.sql ?? "";
          const table = parsed(definition(before));
          const wanted = edit.setDefault(
            table,
            table.columns[pick % all.length] as never,
            "'the new default'",
          );
          const plain = (it: string) =>
            it.replace(/^CREATE TABLE ("p"|p)/, "CREATE TABLE p").replaceAll(/\bp\./g, '"p".');
          expect(plain(definition(after))).toBe(plain(wanted));
          await db.connection.close();
          db.engine.close();
        },
      ),
      { numRuns: 100 },
    );
  });
});
