/** Objects of another database than the one whose schema is read. */
import { fail } from "../errors.ts";
import type { DialectName } from "../model/schema.ts";
import { type Declared, placeOf } from "./place.ts";

const entityKind = Symbol.for("drizzle:entityKind");
const enumMark = Symbol.for("drizzle:isPgEnum");

const databases: Readonly<Record<string, string>> = {
  Pg: "PostgreSQL",
  SQLite: "SQLite",
  MySql: "MySQL",
  SingleStore: "SingleStore",
  MsSql: "SQL Server",
  Cockroach: "CockroachDB",
  Gel: "Gel",
};

const things: Readonly<Record<string, string>> = {
  Table: "a table",
  View: "a view",
  MaterializedView: "a materialized view",
  Schema: "a schema",
  Enum: "an enum",
  Sequence: "a sequence",
  Role: "a role",
  Policy: "a policy",
};

/** Refuse what is of another database: it would be left out without a word. `prefix` begins the names of its own classes. */
export function refuseForeign(
  exports: readonly Declared[],
  prefix: string,
  dialect: DialectName,
): void {
  for (const it of exports) {
    const [, database = "", thing = ""] =
      /^([A-Z][A-Za-z]*?)(Table|MaterializedView|View|Schema|Enum|Sequence|Role|Policy)$/.exec(
        kindOf(it.value),
      ) ?? [];
    const name = databases[database];
    if (name === undefined || database === prefix) continue;
    fail("SCHEMA_DIALECT", { ...placeOf(it), found: `${things[thing]} of ${name}`, dialect });
  }
}

/** The name of its class in Drizzle, or nothing. The prototype is asked, for views are proxies. */
function kindOf(value: unknown): string {
  if (typeof value === "function") return enumMark in value ? "PgEnum" : "";
  if (typeof value !== "object" || value === null) return "";
  const made: unknown = Object.getPrototypeOf(value)?.constructor;
  if (typeof made !== "function" || !(entityKind in made)) return "";
  return String(made[entityKind]);
}
