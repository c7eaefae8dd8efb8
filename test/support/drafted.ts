/** The text of a draft, and what it records when it is run. */
import { transformSync } from "oxc-transform";
import { render } from "../../src/autogenerate/render/render.ts";
import { postgresql } from "../../src/dialects/postgresql/index.ts";
import { sqlite } from "../../src/dialects/sqlite/index.ts";
import { check, foreignKey, primaryKey, sql, t, unique } from "../../src/index.ts";
import type { DialectName } from "../../src/model/schema.ts";
import type { Op } from "../../src/operations/op.ts";
import type { Operation } from "../../src/operations/operation.ts";
import { record } from "../../src/operations/record.ts";

const context = (dialect: DialectName) => ({
  dialect,
  text: dialect === "sqlite" ? sqlite.text : postgresql.text,
  args: {},
});

const exported = { check, foreignKey, primaryKey, sql, t, unique };

/** The operations that the text of a body records. */
export function evaluate(
  text: string,
  imports: readonly string[],
  dialect: DialectName,
): readonly Operation[] {
  const { code } = transformSync("draft.ts", `export default (op) => {\n${text}\n};`);
  const body = code.replace("export default", "return").replace(/;\s*$/, "");
  const script = new Function(...imports, body)(...imports.map((name) => exported[name as "t"]));
  return record(script as (op: Op) => void, context(dialect)).operations.map((it) => it.operation);
}

/** `operations`, written as a draft and read back. */
export function throughText(
  operations: readonly Operation[],
  dialect: DialectName,
): { readonly text: string; readonly operations: readonly Operation[] } {
  const { text, imports } = render(operations.map((operation) => ({ operation, remarks: [] })));
  return { text, operations: evaluate(text, imports, dialect) };
}
