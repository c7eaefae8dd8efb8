/**
 * Everything that a database holds besides rows, as lines without an order: what is left of a schema that was changed and
 * changed back. Where a column or a constraint stands is not told.
 */

import { Unreadable } from "../../src/dialects/sqlite/ddl/cursor.ts";
import { parseTable } from "../../src/dialects/sqlite/ddl/parse.ts";
import { type ColumnText, textOf } from "../../src/dialects/sqlite/ddl/table.ts";

type Ask = (sql: string) => Promise<readonly Readonly<Record<string, unknown>>[]>;

/** SQLite: the parts of every table, and the text of whatever else there is that is not its own. */
export async function sqliteObjects(ask: Ask): Promise<readonly string[]> {
  const rows = await ask(
    "SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT GLOB 'sqlite_*'",
  );
  return rows
    .flatMap(({ type, name, sql }) =>
      type === "table" ? tableLines(String(name), String(sql)) : [`${type} ${name}: ${sql}`],
    )
    .sort();
}

function tableLines(name: string, sql: string): readonly string[] {
  const table = parseTable(sql);
  if (table instanceof Unreadable) throw table;
  const columns = table.columns.map(
    (it: ColumnText, at: number) => `${at} ${textOf(table, it.span)}`,
  );
  const constraints = table.constraints.map((it) => textOf(table, it.span));
  return [`table ${name}`, ...[...columns, ...constraints].map((it) => `${name}: ${it}`)];
}

/** PostgreSQL: what the catalogues say of every object outside of its own schemas. */
export async function postgresObjects(ask: Ask): Promise<readonly string[]> {
  const lines: string[] = [];
  for (const sql of asked) lines.push(...(await ask(sql)).map(({ line }) => String(line)));
  return lines.sort();
}

const ours =
  "relnamespace IN (SELECT oid FROM pg_namespace WHERE nspname !~ '^(pg_|information_schema)')";

/** Since PostgreSQL 17 ALL includes MAINTAIN, which what is left of ALL after a REVOKE does not name: older servers have none. */
const named = "privilege_type <> 'MAINTAIN'";

const asked = [
  `SELECT 'schema ' || nspname AS line FROM pg_namespace WHERE nspname !~ '^pg_'`,
  `SELECT 'relation ' || oid::regclass || ' ' || relkind::text || ' ' || relrowsecurity || relforcerowsecurity AS line
    FROM pg_class WHERE ${ours} AND relkind <> 'c'`,
  `SELECT 'column ' || attrelid::regclass || '.' || attname || ' ' || format_type(atttypid, atttypmod) || ' ' || attnotnull ||
      attidentity::text || attgenerated::text || ' ' || coalesce(attcollation::regcollation::text, '') || ' ' ||
      coalesce(pg_get_expr(adbin, adrelid), '') AS line
    FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
      LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
    WHERE ${ours} AND relkind IN ('r', 'v', 'm') AND attnum > 0 AND NOT attisdropped`,
  `SELECT 'constraint ' || conrelid::regclass || '.' || conname || ' ' || pg_get_constraintdef(c.oid) AS line
    FROM pg_constraint c JOIN pg_class ON pg_class.oid = conrelid WHERE ${ours} AND contype <> 'n'`,
  `SELECT pg_get_indexdef(indexrelid) AS line FROM pg_index JOIN pg_class ON pg_class.oid = indrelid WHERE ${ours}`,
  `SELECT 'enum ' || enumtypid::regtype || ': ' || string_agg(enumlabel, ', ' ORDER BY enumsortorder) AS line
    FROM pg_enum GROUP BY enumtypid`,
  `SELECT 'sequence ' || schemaname || '.' || sequencename || ' ' || concat_ws(' ', data_type, start_value, min_value, max_value,
      increment_by, cycle, cache_size) AS line FROM pg_sequences`,
  `SELECT 'view ' || oid::regclass || ' ' || pg_get_viewdef(oid) AS line FROM pg_class WHERE ${ours} AND relkind IN ('v', 'm')`,
  `SELECT 'policy ' || polrelid::regclass || '.' || polname || ' ' || concat_ws(' ', polpermissive, polcmd,
      (SELECT string_agg(pg_get_userbyid(r), ',' ORDER BY r) FROM unnest(polroles) r),
      'using', pg_get_expr(polqual, polrelid), 'check', pg_get_expr(polwithcheck, polrelid)) AS line FROM pg_policy`,
  `SELECT concat_ws(' ', 'grant', privilege_type, is_grantable, pg_class.oid::regclass, pg_get_userbyid(grantee)) AS line
    FROM pg_class, aclexplode(relacl) WHERE ${ours} AND grantee <> relowner AND ${named}`,
  `SELECT concat_ws(' ', 'grant', privilege_type, is_grantable, attrelid::regclass, attname, pg_get_userbyid(grantee)) AS line
    FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid, aclexplode(attacl) WHERE ${ours} AND NOT attisdropped`,
  `SELECT concat_ws(' ', 'comment', (pg_identify_object(classoid, objoid, objsubid)).identity, description) AS line
    FROM pg_description WHERE classoid IN ('pg_class'::regclass, 'pg_constraint'::regclass, 'pg_type'::regclass,
      'pg_namespace'::regclass, 'pg_policy'::regclass) AND objoid >= 16384`,
] as const;
