/** `op.batch_alter_table`: several changes of one table. */
import { type Call, string } from "../../autogenerate/render/code.ts";
import { parameterName } from "../../autogenerate/render/tables.ts";
import { name } from "../../autogenerate/render/values.ts";
import type { ObjectName } from "../../model/schema.ts";
import type { Argument, Expression, Statement } from "../python/tree.ts";
import { Arguments } from "./arguments.ts";
import { changeDirectives } from "./changes.ts";
import { ownComments } from "./comments.ts";
import { calledOn } from "./directives.ts";
import { createIndex, dropIndex } from "./indexes.ts";
import { type Line, line, objectName, remark } from "./line.ts";
import { type Scope, Untranslated } from "./scope.ts";

/** `with op.batch_alter_table("users") as batch_op:`. */
export function batch(
  it: Extract<Statement, { kind: "with" }>,
  given: readonly Argument[],
  scope: Scope,
): readonly Line[] {
  const args = new Arguments(given, scope);
  const own = args.string("table_name");
  const table = objectName(own, args.optionalString("schema"));
  const recreate = args.optionalString("recreate") ?? "auto";
  args.ignore("naming_convention", "reflect_args", "reflect_kwargs");
  args.end();
  const parts = it.body.map((statement) => batched(statement, it.as, table, scope));
  const parameter = parameterName(table);
  const called = ({ call, args: given }: Call) => ({ call: `${parameter}.${call}`, args: given });
  const body = parts.flatMap(({ changes, remarks }) => [
    ...remarks.map(remark),
    ...changes.map(called),
  ]);
  const isForced = recreate === "always" || recreate === "never";
  const last = isForced ? [{ members: [["recreate", string(recreate)] as const] }] : [];
  const call = {
    call: "op.batchAlterTable",
    args: [name(table), { parameter, body }, ...last],
  };
  return [
    ...parts.flatMap(({ before }) => before),
    ...(parts.some(({ changes }) => changes.length > 0) ? [line(call)] : []),
    ...parts.flatMap(({ after }) => after),
  ];
}

interface Batched {
  readonly before: readonly Line[];
  readonly changes: readonly Call[];
  readonly after: readonly Line[];
  readonly remarks: readonly string[];
}

const nothing: Batched = { before: [], changes: [], after: [], remarks: [] };

/** One statement of a batch. Indexes are not changes of the table: those that go go first, and new ones come last. */
function batched(
  statement: Statement,
  variable: string | null,
  table: ObjectName,
  scope: Scope,
): Batched {
  if (statement.kind === "pass") return nothing;
  const remarks = ownComments(statement);
  const called = statement.kind === "expression" ? calledOn(statement.value, variable) : null;
  if (called === null) throw new Untranslated("something else than batch_op in a batch");
  const args = new Arguments(called.args, scope);
  const own = Object.hasOwn(changeDirectives, called.name) ? changeDirectives[called.name] : null;
  if (own) {
    const found = own(args, () => table, scope);
    return { ...found, before: [], remarks: [...remarks, ...found.remarks] };
  }
  const withTable = new Arguments([...called.args, ...tableArguments(table)], scope);
  if (called.name === "create_index")
    return { ...nothing, after: createIndex(withTable, scope), remarks };
  if (called.name === "drop_index")
    return { ...nothing, before: dropIndex(withTable, scope), remarks };
  throw new Untranslated(`${variable ?? "batch_op"}.${called.name} has no counterpart`);
}

/** The table of a batch, as an argument of what is not told it there. */
function tableArguments(table: ObjectName): readonly Argument[] {
  const string = (value: string): Expression => ({ kind: "string", value, from: 0, to: 0 });
  if (typeof table === "string") return [{ name: "table_name", value: string(table) }];
  return [
    { name: "table_name", value: string(table.name) },
    { name: "schema", value: string(table.schema) },
  ];
}
