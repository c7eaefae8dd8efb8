/** Functions and triggers, as the statements that make them. */
import type { Reader } from "../dialect.ts";
import { excluder } from "../exclude.ts";
import type { Besides, ReflectScope } from "../reflection.ts";
import { lookAround } from "./reflect/look.ts";
import { string } from "./write.ts";

interface BesidesRow {
  readonly kind: "function" | "trigger function" | "trigger";
  readonly name: string;
  readonly table: string | null;
  readonly sql: string;
  readonly remove: string;
}

/** Those of extensions are theirs; a partition has its triggers of its parent. */
export async function besides(reader: Reader, scope: ReflectScope): Promise<readonly Besides[]> {
  const { schema } = await lookAround(reader);
  const schemas = [...new Set(scope.schemas ?? [schema])];
  const rows = (await reader.all(`
WITH place AS (SELECT oid FROM pg_namespace WHERE nspname = ANY (ARRAY[${schemas.map(string).join(", ")}]::text[]))
SELECT CASE WHEN prorettype = 'trigger'::regtype THEN 'trigger function' ELSE 'function' END AS kind, proname AS name,
    NULL AS "table", pg_get_functiondef(pg_proc.oid) AS sql,
    'DROP ' || CASE prokind WHEN 'p' THEN 'PROCEDURE ' ELSE 'FUNCTION ' END || pg_proc.oid::regprocedure AS remove
  FROM pg_proc JOIN place ON place.oid = pronamespace
  WHERE prokind IN ('f', 'p', 'w') AND NOT EXISTS (SELECT FROM pg_depend
    WHERE classid = 'pg_proc'::regclass AND objid = pg_proc.oid AND deptype = 'e')
UNION ALL
SELECT 'trigger', tgname, relname, pg_get_triggerdef(pg_trigger.oid),
    'DROP TRIGGER ' || quote_ident(tgname) || ' ON ' || pg_class.oid::regclass
  FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid JOIN place ON place.oid = relnamespace
  WHERE NOT tgisinternal AND NOT relispartition
ORDER BY 1, 2, 4`)) as unknown as readonly BesidesRow[];
  const leavesOut = excluder(scope.exclude ?? []);
  return inOrder(rows)
    .filter(({ table, name }) => !leavesOut(null, table ?? name))
    .map((row) => {
      const { kind, name, remove } = row;
      return { kind, name, sql: row.sql.trim(), remove, undo: isTrigger(row) ? null : remove };
    });
}

/** A trigger calls a function. */
function inOrder(rows: readonly BesidesRow[]): readonly BesidesRow[] {
  return [...rows.filter((row) => !isTrigger(row)), ...rows.filter(isTrigger)];
}

function isTrigger({ kind }: BesidesRow): boolean {
  return kind === "trigger";
}
