/** What is in a database, as text that can be compared. mig's own tables are left out. */

/** The schema as SQLite keeps it: its own text of every object. */
export function sqliteSchema(objects: readonly Readonly<Record<string, string>>[]): string {
  return objects
    .filter(({ tbl_name: table = "" }) => !/^(mig_|sqlite_)/.test(table))
    .map(({ type, name, sql }) => `${type} ${name}\n${sql}`)
    .sort()
    .join("\n\n");
}

type Ask = <Row>(sql: string) => Promise<Row[]>;

/** The schema as PostgreSQL's catalogue has it. */
export async function postgresSchema(ask: Ask): Promise<string> {
  const parts = await Promise.all(asked.map((sql) => ask<{ line: string }>(sql)));
  return parts
    .flat()
    .map(({ line }) => line)
    .sort()
    .join("\n");
}

const ours = "relnamespace = 'public'::regnamespace AND relname NOT LIKE 'mig\\_%'";

const asked = [
  `SELECT 'relation ' || relname || ' ' || relkind::text AS line FROM pg_class WHERE ${ours}`,
  `SELECT 'column ' || relname || '.' || row_number() OVER (PARTITION BY attrelid ORDER BY attnum) || ' ' || attname || ' ' ||
      format_type(atttypid, atttypmod) || CASE WHEN attnotnull THEN ' not null' ELSE '' END || ' ' || attidentity::text || ' ' ||
      coalesce(pg_get_expr(adbin, adrelid), '') AS line
    FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
      LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
    WHERE ${ours} AND relkind IN ('r', 'p', 'v') AND attnum > 0 AND NOT attisdropped`,
  `SELECT 'constraint ' || relname || '.' || conname || ' ' || pg_get_constraintdef(pg_constraint.oid) AS line
    FROM pg_constraint JOIN pg_class ON pg_class.oid = conrelid WHERE ${ours}`,
  `SELECT pg_get_indexdef(indexrelid) || CASE WHEN indisvalid THEN '' ELSE ' INVALID' END AS line
    FROM pg_index JOIN pg_class ON pg_class.oid = indrelid WHERE ${ours}`,
  `SELECT 'comment ' || relname || ' ' || description AS line
    FROM pg_description JOIN pg_class ON pg_class.oid = objoid WHERE ${ours}`,
] as const;
