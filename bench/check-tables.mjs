/** The tables of the `check` benchmark: 12 columns, 2 indexes and a foreign key each, as a Drizzle schema and as SQL. */

/** Each refers to a table half as far down; the first to itself. */
const parent = (number) => Math.max(1, number >> 1);

const numbers = (count) => Array.from({ length: count }, (_, at) => at + 1);

/** A module that Node and mig can load alike. */
export function schemaModule(dialect, count) {
  const { imports, table } = modules[dialect];
  return [imports, ...numbers(count).map(table)].join("\n\n");
}

const postgresqlModule = (number) => `export const table${number} = pgTable("table_${number}", {
  id: integer("id").primaryKey().generatedAlwaysAsIdentity(),
  parentId: integer("parent_id").references(() => table${parent(number)}.id, { onDelete: "cascade" }),
  email: varchar("email", { length: 255 }).notNull(),
  title: text("title"),
  status: varchar("status", { length: 20 }).notNull().default("new"),
  active: boolean("active").notNull().default(true),
  score: integer("score").notNull().default(0),
  price: numeric("price", { precision: 10, scale: 2 }),
  settings: jsonb("settings").notNull().default({}),
  token: uuid("token").notNull().defaultRandom(),
  createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
  day: date("day"),
}, (t) => [
  index("table_${number}_parent_id_index").on(t.parentId),
  index("table_${number}_status_created_at_index").on(t.status, t.createdAt),
]);`;

const sqliteModule = (number) => `export const table${number} = sqliteTable("table_${number}", {
  id: integer("id").primaryKey({ autoIncrement: true }),
  parentId: integer("parent_id").references(() => table${parent(number)}.id, { onDelete: "cascade" }),
  email: text("email", { length: 255 }).notNull(),
  title: text("title"),
  status: text("status").notNull().default("new"),
  active: integer("active", { mode: "boolean" }).notNull().default(true),
  score: integer("score").notNull().default(0),
  price: numeric("price"),
  settings: text("settings", { mode: "json" }).notNull().default({}),
  token: blob("token"),
  createdAt: text("created_at").notNull().default(sql\`CURRENT_TIMESTAMP\`),
  ratio: real("ratio"),
}, (t) => [
  index("table_${number}_parent_id_index").on(t.parentId),
  index("table_${number}_status_created_at_index").on(t.status, t.createdAt),
]);`;

const modules = {
  postgresql: {
    imports: `import { boolean, date, index, integer, jsonb, numeric, pgTable, text, timestamp, uuid, varchar } from "drizzle-orm/pg-core";`,
    table: postgresqlModule,
  },
  sqlite: {
    imports: `import { sql } from "drizzle-orm";
import { blob, index, integer, numeric, real, sqliteTable, text } from "drizzle-orm/sqlite-core";`,
    table: sqliteModule,
  },
};

/** The SQL that makes the tables, a text each. Of those in `changed` a default, a column and an index are others. */
export function definitions(dialect, count, changed = []) {
  const table = { postgresql: postgresqlTable, sqlite: sqliteTable }[dialect];
  const others = new Set(changed);
  return numbers(count).map((number) => {
    const other = others.has(number);
    const name = `table_${number}`;
    return table(number, other ? "old" : "new", other ? "subtitle" : "title", [
      `CREATE INDEX ${name}_parent_id_index ON ${name} (parent_id);`,
      `CREATE INDEX ${name}_status_created_at_index ON ${name} (status${other ? "" : ", created_at"});`,
    ]);
  });
}

const postgresqlTable = (number, status, title, indexes) => `CREATE TABLE table_${number} (
  id integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  parent_id integer,
  email varchar(255) NOT NULL,
  ${title} text,
  status varchar(20) NOT NULL DEFAULT '${status}',
  active boolean NOT NULL DEFAULT true,
  score integer NOT NULL DEFAULT 0,
  price numeric(10, 2),
  settings jsonb NOT NULL DEFAULT '{}',
  token uuid NOT NULL DEFAULT gen_random_uuid(),
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  day date,
  CONSTRAINT table_${number}_parent_id_table_${parent(number)}_id_fk FOREIGN KEY (parent_id) REFERENCES table_${parent(number)} (id) ON DELETE CASCADE
);
${indexes.join("\n")}`;

/** As drizzle-kit writes it. */
const sqliteTable = (number, status, title, indexes) => `CREATE TABLE \`table_${number}\` (
	\`id\` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	\`parent_id\` integer,
	\`email\` text(255) NOT NULL,
	\`${title}\` text,
	\`status\` text DEFAULT '${status}' NOT NULL,
	\`active\` integer DEFAULT true NOT NULL,
	\`score\` integer DEFAULT 0 NOT NULL,
	\`price\` numeric,
	\`settings\` text DEFAULT '{}' NOT NULL,
	\`token\` blob,
	\`created_at\` text DEFAULT CURRENT_TIMESTAMP NOT NULL,
	\`ratio\` real,
	FOREIGN KEY (\`parent_id\`) REFERENCES \`table_${parent(number)}\`(\`id\`) ON UPDATE no action ON DELETE cascade
);
${indexes.join("\n")}`;
