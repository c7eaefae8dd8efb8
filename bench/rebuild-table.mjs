/** The table that is changed: ten columns and three indexes, and what changes of it. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";

const columns = (type = "integer") => `
  id integer PRIMARY KEY,
  email text NOT NULL,
  name text,
  status text DEFAULT 'new',
  amount real,
  quantity ${type},
  note text,
  created_at text,
  owner integer,
  flag integer,
  CONSTRAINT big_email UNIQUE (email, id)`;

const indexes = [
  "CREATE INDEX big_name ON big (name)",
  "CREATE INDEX big_created ON big (created_at DESC, status)",
  "CREATE INDEX big_owner ON big (owner) WHERE flag = 1",
];

/** A file with the table and `rows` rows, about 200 bytes each. */
export function fill(file, rows) {
  const db = new Database(file);
  db.exec(`PRAGMA journal_mode = OFF; CREATE TABLE owners (id integer PRIMARY KEY); CREATE TABLE big (${columns()});
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000) INSERT INTO owners SELECT i FROM n;
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${rows})
    INSERT INTO big SELECT i, printf('user%09d@example.com', i), 'name ' || (i * 7919 % 1000003), CASE i % 3 WHEN 0 THEN 'new' WHEN 1 THEN 'open' ELSE 'done' END,
      i * 1.5, i % 100, printf('%s %d', 'a note that says what people write in the notes of such a table, a line or two', i),
      datetime(1700000000 + i % 1000000, 'unixepoch'), i % 1000 + 1, i % 2 FROM n;
    ${indexes.join(";")}; PRAGMA journal_mode = DELETE`);
  db.close();
}

/** The calls that each make a single change, and the procedure by hand for the first of them. */
export const one = {
  hand: {
    columns: columns("text"),
    names: "id, email, name, status, amount, quantity, note, created_at, owner, flag",
  },
  general: [`op.alterColumn("big", "quantity", { type: t.text("quantity").type });`],
  transfer: [`op.dropConstraint("big", "big_email");`],
  text: [
    `op.alterColumn("big", "status", { default: "open" });`,
    `op.addConstraint("big", check("big_flag", "flag IN (0, 1)"));`,
  ],
  native: [`op.addColumn("big", t.text("extra", { default: "x" }));`],
};

export const many = [
  ...one.general,
  `op.alterColumn("big", "status", { default: "open", notNull: true });`,
  `op.alterColumn("big", "name", { notNull: true });`,
  `op.alterColumn("big", "amount", { notNull: true, default: 0 });`,
  `op.alterColumn("big", "note", { default: "" });`,
  `op.alterColumn("big", "flag", { notNull: true });`,
  `op.addConstraint("big", check("big_flag", "flag IN (0, 1)"));`,
  `op.addConstraint("big", check("big_amount", "amount >= 0"));`,
  `op.alterColumn("big", "owner", { notNull: true });`,
  `op.addColumn("big", t.text("extra", { default: "x" }));`,
];

export function byHand({ columns: definition, names }) {
  return `import Database from "better-sqlite3";
const db = new Database("bench.db");
db.pragma("foreign_keys = OFF");
db.exec("BEGIN IMMEDIATE");
db.exec(\`CREATE TABLE new_big (${definition})\`);
db.exec("INSERT INTO new_big (${names}) SELECT ${names} FROM big");
db.exec("DROP TABLE big");
db.exec("ALTER TABLE new_big RENAME TO big");
for (const sql of ${JSON.stringify(indexes)}) db.exec(sql);
if (db.pragma("foreign_key_check").length > 0) throw new Error("foreign keys");
db.exec("COMMIT");
db.close();
`;
}

/** A project whose one revision makes \`calls\`. */
export function projectOf(folder, calls) {
  writeFileSync(
    join(folder, "migrator.config.ts"),
    `import { defineConfig } from "drizzle-mig";
export default defineConfig({ environments: { dev: { url: "sqlite:bench.db" } } });
`,
  );
  mkdirSync(join(folder, "versions"));
  writeFileSync(
    join(folder, "versions/20260101_000000_r000001_change.ts"),
    `/**
 * Change the table
 *
 * Revision:  r000001
 * Revises:   none
 * Created:   2026-01-01T00:00:00Z
 */
import { type Op, check, foreignKey, t } from "drizzle-mig";

export const revision = "r000001";
export const downRevision = null;

export function upgrade(op: Op) {
  ${calls.join("\n  ")}
}
`,
  );
}
