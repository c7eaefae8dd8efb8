/** The operations of two databases as one script, which records for each just its own. */
import type { Rules } from "../../model/rules.ts";
import type { DialectName, ObjectName } from "../../model/schema.ts";
import { localName } from "../../operations/apply/names.ts";
import type { Operation } from "../../operations/operation.ts";
import type { Call, Code } from "../render/code.ts";
import { callOf, type Drafted, linesOf, type Rendered, renderLines } from "../render/render.ts";
import { type Aligned, align } from "./align.ts";
import { bodyOf, type Part } from "./apart.ts";
import { type Both, each } from "./both.ts";
import { mergeCalls } from "./calls.ts";
import { mergeChanges } from "./changes.ts";
import { portableIndex } from "./portable.ts";
import { mergeTables } from "./tables.ts";

/** The text of a body for both, with what differs said for each. */
export function renderBoth(drafted: Both<readonly Drafted[]>, rules: Both<Rules>): Rendered {
  const aligned = align(drafted, {
    key: ({ operation }) => keyOf(operation),
    merge: (pair) =>
      mergeOperations(
        each(pair, ({ operation }) => operation),
        rules,
      ),
  });
  const parts = aligned.map((it) => partOf(it, rules));
  return renderLines(bodyOf(parts, "op"));
}

/** Only what has the same name can be the same thing. */
function keyOf(operation: Operation): string {
  return JSON.stringify([operation.kind, nameOf(operation)]);
}

function nameOf(operation: Operation): string {
  switch (operation.kind) {
    case "createTable":
      return localName(operation.table.name);
    case "createIndex":
      return operation.index.name;
    case "createView":
      return localName(operation.view.name);
    default:
      return "name" in operation ? localName(operation.name) : tableOf(operation);
  }
}

function tableOf(operation: object): string {
  return "table" in operation ? localName(operation.table as ObjectName) : "";
}

function mergeOperations({ postgresql, sqlite }: Both<Operation>, rules: Both<Rules>): Code | null {
  if (postgresql.kind === "createTable" && sqlite.kind === "createTable")
    return mergeTables({ postgresql, sqlite }, rules);
  if (postgresql.kind === "alterTable" && sqlite.kind === "alterTable")
    return mergeChanges({ postgresql, sqlite }, rules);
  const calls = each(portable({ postgresql, sqlite }), callOf);
  return isCall(calls.postgresql) && isCall(calls.sqlite)
    ? mergeCalls({ postgresql: calls.postgresql, sqlite: calls.sqlite })
    : null;
}

function portable({ postgresql, sqlite }: Both<Operation>): Both<Operation> {
  if (postgresql.kind !== "createIndex" || sqlite.kind !== "createIndex")
    return { postgresql, sqlite };
  const index = portableIndex({ postgresql: postgresql.index, sqlite: sqlite.index });
  return { postgresql, sqlite: { ...sqlite, index } };
}

function isCall(code: Code): code is Call {
  return typeof code === "object" && "call" in code;
}

/** What is nothing to the other database can stand for both. */
function partOf(it: Aligned<Drafted, Code>, rules: Both<Rules>): Part {
  if (it.of === "both") {
    const remarks = remarksOf(it.items).map((remark) => ({ remark }));
    return { of: "both", lines: [...remarks, it.merged] };
  }
  const other = it.of === "postgresql" ? rules.sqlite : rules.postgresql;
  const of = other.needless.has(it.item.operation.kind) ? "both" : it.of;
  return { of, lines: linesOf(it.item) };
}

const names: Both<string> = { postgresql: "PostgreSQL", sqlite: "SQLite" };

/** What is so on both is said once; of the rest it is said where. */
function remarksOf({ postgresql, sqlite }: Both<Drafted>): readonly string[] {
  const own = (of: DialectName, { remarks }: Drafted, others: Drafted) =>
    remarks.filter((it) => !others.remarks.includes(it)).map((it) => `${names[of]}: ${it}`);
  return [
    ...postgresql.remarks.filter((it) => sqlite.remarks.includes(it)),
    ...own("postgresql", postgresql, sqlite),
    ...own("sqlite", sqlite, postgresql),
  ];
}
