/** From what a revision writes to what an operation holds: per-dialect values chosen, SQL written out, names checked. */
import { fail } from "../errors.ts";
import type {
  Column,
  Constraint,
  DialectName,
  Expression,
  Literal,
  TableName,
} from "../model/schema.ts";
import { type ColumnInput, type DefaultInput, isPerDialect, type PerDialect } from "./columns.ts";
import type { ConstraintInput } from "./constraints.ts";
import type { ColumnChanges } from "./op.ts";
import type { ColumnAlteration } from "./operation.ts";
import { isSqlLike, type SqlLike } from "./sql.ts";

/** What a recording needs to know: the dialect, how it writes SQL, and what `-x` said. */
export interface RecordContext {
  readonly dialect: DialectName;
  /** The text of a piece of SQL, its values as literals. */
  readonly text: (sql: SqlLike) => string;
  readonly args: Readonly<Record<string, string>>;
}

type SqlInput = SqlLike | string | PerDialect<SqlLike | string>;

/**
 * Refuse options that mig does not know: types are gone when a revision runs, and an option that is not understood would
 * otherwise leave a schema that nobody asked for.
 */
export function only(options: object, known: readonly string[], operation: string): void {
  const unknown = Object.keys(options).find((name) => !known.includes(name));
  if (unknown === undefined) return;
  const there = known.length > 0 ? `; there are ${known.join(", ")}` : "; it takes none";
  fail("OPERATION_INVALID", { operation, why: `the option "${unknown}" is unknown${there}` });
}

/** The conversions of one recording. */
export interface Resolve {
  column(input: ColumnInput): Column;
  constraint(input: ConstraintInput): Constraint;
  alteration(input: ColumnChanges): ColumnAlteration;
  row(
    input: Readonly<Record<string, Literal | SqlLike>>,
  ): Readonly<Record<string, Literal | Expression>>;
  expression(input: SqlLike): Expression;
  /** The text for this dialect; null where it has nothing to say. */
  sql(input: SqlInput, where: string): string | null;
  name(name: string, what: string): string;
  table(table: TableName): TableName;
}

export function resolver(context: RecordContext): Resolve {
  const choose = <Value>(value: Value | PerDialect<Value>, where: string): Value | null => {
    if (!isPerDialect(value)) return value as Value;
    const chosen = value[context.dialect];
    if (chosen === undefined) fail("DIALECT_MISSING", { what: where, dialect: context.dialect });
    return chosen as Value | null;
  };
  const expression = (input: SqlLike): Expression => ({ sql: context.text(input) });
  const sql = (input: SqlInput, where: string): string | null => {
    const chosen = choose(input, where);
    if (chosen === null) return null;
    if (typeof chosen === "string") return chosen;
    if (isSqlLike(chosen)) return context.text(chosen);
    return fail("DIALECT_MISSING", {
      what: `${where} (${describeValue(chosen)})`,
      dialect: context.dialect,
    });
  };
  const value = (input: DefaultInput, where: string): Literal | Expression => {
    const chosen = choose<Literal | SqlLike>(input, where);
    return isSqlLike(chosen) ? expression(chosen) : literal(chosen, where);
  };

  return {
    expression,
    sql,
    name: checkName,
    table: checkTable,
    column: (input) => resolveColumn(input, value),
    constraint: (input) => resolveConstraint(input, sql),
    alteration: (input) => resolveAlteration(input, value, sql),
    row: (input) =>
      Object.fromEntries(
        Object.entries(input).map(([name, it]) => [checkName(name, "column"), value(it, name)]),
      ),
  };
}

type ResolveValue = (input: DefaultInput, where: string) => Literal | Expression;
type ResolveSql = Resolve["sql"];

function resolveColumn(input: ColumnInput, value: ResolveValue): Column {
  if (typeof input !== "object" || input === null || input.type?.kind === undefined) {
    fail("OPERATION_INVALID", {
      operation: "a column",
      why: `${describeValue(input)} is no column; write t.text("name") and the like`,
    });
  }
  checkName(input.name, "column");
  const { name: _name, type: _type, ...options } = input;
  only(options, ["notNull", "default", "identity"], `column ${input.name}`);
  checkType(input);
  const { default: initial, ...rest } = input;
  // A default of null says the same as none.
  const resolved = initial === undefined ? null : value(initial, `the default of ${input.name}`);
  return resolved === null ? rest : { ...rest, default: resolved };
}

/** What TypeScript would have refused, for those who write JavaScript. */
function checkType({ name, type }: ColumnInput): void {
  const { kind: _kind, ...details } = type;
  for (const [detail, value] of Object.entries(details)) {
    const fits =
      detail === "timezone"
        ? typeof value === "boolean"
        : type.kind === "raw"
          ? typeof value === "string"
          : Number.isInteger(value);
    if (fits) continue;
    const why = `${detail} cannot be ${describeValue(value)}`;
    fail("OPERATION_INVALID", { operation: `column ${name}`, why });
  }
}

const constraintMembers: Readonly<Record<ConstraintInput["kind"], readonly string[]>> = {
  primaryKey: ["columns"],
  unique: ["columns"],
  foreignKey: ["columns", "table", "references", "onDelete", "onUpdate"],
  check: ["expression"],
};

function resolveConstraint(input: ConstraintInput, sql: ResolveSql): Constraint {
  const members = constraintMembers[input?.kind];
  if (members === undefined) {
    fail("OPERATION_INVALID", {
      operation: "a constraint",
      why: `${describeValue(input)} is no constraint; write unique("name", ["column"]) and the like`,
    });
  }
  checkName(input.name, input.kind);
  const { kind: _kind, name: _name, ...rest } = input;
  only(rest, members, `${input.kind} ${input.name}`);
  if (input.kind !== "check") return checkColumns(input);
  const text = sql(input.expression, `check ${input.name}`);
  // A check that one database does not have is one that always holds there.
  return { kind: "check", name: input.name, expression: { sql: text ?? "1 = 1" } };
}

function checkColumns<Input extends Exclude<ConstraintInput, { kind: "check" }>>(
  input: Input,
): Input {
  const lists = input.kind === "foreignKey" ? [input.columns, input.references] : [input.columns];
  for (const columns of lists) {
    if (!Array.isArray(columns) || columns.length === 0) {
      fail("OPERATION_INVALID", {
        operation: `${input.kind} ${input.name}`,
        why: "it names no columns",
      });
    }
    for (const column of columns) checkName(column, "column");
  }
  if (input.kind === "foreignKey" && input.columns.length !== input.references.length) {
    fail("OPERATION_INVALID", {
      operation: `foreignKey ${input.name}`,
      why: `${input.columns.length} columns cannot refer to ${input.references.length}`,
    });
  }
  return input;
}

function resolveAlteration(
  changes: ColumnChanges,
  value: ResolveValue,
  sql: ResolveSql,
): ColumnAlteration {
  const operation = "alterColumn";
  only(changes, ["type", "notNull", "default", "using"], operation);
  const { type, notNull, default: initial, using } = changes;
  if (Object.values(changes).every((it) => it === undefined)) {
    fail("OPERATION_INVALID", { operation, why: "it changes nothing" });
  }
  const text = using === undefined ? null : sql(using, "using");
  return {
    ...(type !== undefined && { type }),
    ...(notNull !== undefined && { notNull }),
    ...(initial !== undefined && { default: value(initial, "the default") }),
    ...(text !== null && { using: { sql: text } }),
  };
}

function literal(input: unknown, where: string): Literal {
  if (input === null || input instanceof Date || input instanceof Uint8Array) return input;
  if (["string", "number", "bigint", "boolean"].includes(typeof input)) return input as Literal;
  return fail("VALUE_UNSUPPORTED", { value: describeValue(input), why: `it is ${where}` });
}

function checkTable(table: TableName): TableName {
  if (typeof table === "object" && table !== null) {
    checkName(table.schema, "schema");
    checkName(table.name, "table");
  } else checkName(table, "table");
  return table;
}

function checkName(name: unknown, what: string): string {
  if (typeof name !== "string") {
    fail("OPERATION_INVALID", { operation: `a ${what}`, why: `${describeValue(name)} is no name` });
  }
  if (name === "") fail("NAME_INVALID", { name, why: "it is empty" });
  if (name.includes("\0")) fail("NAME_INVALID", { name, why: "it holds a NUL character" });
  return name;
}

function describeValue(value: unknown): string {
  if (typeof value === "function") return "a function";
  return JSON.stringify(value) ?? String(value);
}
