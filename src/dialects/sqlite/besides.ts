/** Triggers, as the statements that make them. They go with their tables. */
import type { Reader } from "../dialect.ts";
import { excluder } from "../exclude.ts";
import type { Besides, ReflectScope } from "../reflection.ts";
import { quote } from "./write.ts";

interface TriggerRow {
  readonly name: string;
  readonly table: string;
  readonly sql: string;
}

export async function besides(reader: Reader, scope: ReflectScope): Promise<readonly Besides[]> {
  const rows = (await reader.all(
    `SELECT name, tbl_name AS "table", sql FROM sqlite_schema WHERE type = 'trigger' ORDER BY name`,
  )) as unknown as readonly TriggerRow[];
  const leavesOut = excluder(scope.exclude ?? []);
  return rows
    .filter(({ table }) => !leavesOut(null, table))
    .map(({ name, sql }) => {
      const remove = `DROP TRIGGER ${quote(name)}`;
      return { kind: "trigger", name, sql, remove, undo: null };
    });
}
