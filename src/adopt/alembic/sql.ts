/** SQLAlchemy's expressions as the SQL that they stand for, which both databases read alike. */
import type { Argument, Expression } from "../python/tree.ts";
import { calleeOf, isNone, resolve, type Scope, stringOf, Untranslated } from "./scope.ts";

type Call = Extract<Expression, { kind: "call" }>;

/** `sa.text("…")` or a plain string as it is; null for anything else. */
export function plainSql(it: Expression, scope: Scope): string | null {
  const found = resolve(it, scope);
  if (found.kind === "call" && calleeOf(found.of, scope) === "text") {
    const [only, ...others] = found.args;
    if (!only || others.length > 0) throw new Untranslated("text() with parameters");
    // A colon that begins no parameter is written with a backslash.
    return stringOf(only.value, scope).replaceAll("\\:", ":");
  }
  try {
    return stringOf(found, scope);
  } catch {
    return null;
  }
}

/** A name in double quotes: none is a word of the language then. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

export function quotedText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** A condition or a value. Throws Untranslated. */
export function sqlOf(it: Expression, scope: Scope): string {
  const found = resolve(it, scope);
  switch (found.kind) {
    case "string":
      return quotedText(found.value);
    case "number":
      return found.text;
    case "constant":
      return found.value === null ? "NULL" : String(found.value).toUpperCase();
    case "attribute":
      return columnOf(found, scope);
    case "unary":
      return unary(found, scope);
    case "binary":
      return binary(found, scope);
    case "call":
      return call(found, scope);
    default:
      throw new Untranslated("an expression that is not known");
  }
}

/** `users.c.status`, and `column("status")` below. */
function columnOf(it: Extract<Expression, { kind: "attribute" }>, scope: Scope): string {
  const { of } = it;
  const isColumn = of.kind === "attribute" && (of.name === "c" || of.name === "columns");
  const table = isColumn ? tableNamed(of.of, scope) : null;
  if (table === null) throw new Untranslated(`${it.name} is no column`);
  if (scope.table !== undefined && scope.table !== table)
    throw new Untranslated("a statement of several tables");
  return quoted(it.name);
}

/** The table of a variable: `table("users", column("status"))`. */
export function tableNamed(it: Expression, scope: Scope): string | null {
  const found = resolve(it, scope);
  if (found.kind !== "call") return null;
  const callee = calleeOf(found.of, scope) ?? "";
  // op.create_table() gives the table that it made.
  if (!["table", "Table", "create_table"].includes(callee)) return null;
  const [first] = found.args;
  if (!first) return null;
  const schema = found.args.find(({ name }) => name === "schema");
  const parts = schema && !isNone(schema.value, scope) ? [stringOf(schema.value, scope)] : [];
  return [...parts, stringOf(first.value, scope)].map(quoted).join(".");
}

function unary({ operator, of }: Extract<Expression, { kind: "unary" }>, scope: Scope): string {
  if (operator === "-" || operator === "+") return `${operator}${sqlOf(of, scope)}`;
  if (operator === "~") return `NOT (${sqlOf(of, scope)})`;
  throw new Untranslated("not …");
}

const operators = new Map([
  ["==", "="],
  ["!=", "<>"],
  ["<", "<"],
  [">", ">"],
  ["<=", "<="],
  [">=", ">="],
  ["&", "AND"],
  ["|", "OR"],
  ["+", "+"],
  ["-", "-"],
  ["*", "*"],
  ["/", "/"],
]);

function binary(
  { operator, left, right }: Extract<Expression, { kind: "binary" }>,
  scope: Scope,
): string {
  const [a, b] = [sqlOf(left, scope), sqlOf(right, scope)];
  if (b === "NULL" && operator === "==") return `${a} IS NULL`;
  if (b === "NULL" && operator === "!=") return `${a} IS NOT NULL`;
  const word = operators.get(operator);
  if (word === undefined) throw new Untranslated(`${operator} in an expression`);
  return word === "AND" || word === "OR" ? `(${a}) ${word} (${b})` : `${a} ${word} ${b}`;
}

function call(it: Call, scope: Scope): string {
  const { of } = it;
  const args = it.args.map(({ value }) => value);
  const isFunction =
    of.kind === "attribute" &&
    (of.of.kind === "attribute" || of.of.kind === "name") &&
    of.of.name === "func";
  if (isFunction) return functionOf(of.name, args, scope);
  const callee = calleeOf(of, scope);
  if (callee !== null) return named(callee, args, it, scope);
  if (of.kind === "attribute") return method(of.name, sqlOf(of.of, scope), args, scope);
  throw new Untranslated("a call that is not known");
}

/** `func.now()`. */
function functionOf(name: string, args: readonly Expression[], scope: Scope): string {
  if (name === "now" || name === "current_timestamp") return "CURRENT_TIMESTAMP";
  return `${name}(${args.map((each) => sqlOf(each, scope)).join(", ")})`;
}

function named(callee: string, args: readonly Expression[], it: Call, scope: Scope): string {
  const [first] = args;
  switch (callee) {
    case "and_":
    case "or_":
      return args
        .map((each) => `(${sqlOf(each, scope)})`)
        .join(callee === "and_" ? " AND " : " OR ");
    case "not_":
      return `NOT (${args.map((each) => sqlOf(each, scope)).join()})`;
    case "null":
      return "NULL";
    case "true":
    case "false":
      return callee.toUpperCase();
    case "literal":
    case "inline_literal":
      if (first) return sqlOf(first, scope);
      throw new Untranslated("literal() of nothing");
    case "column":
    case "literal_column":
      if (!first) throw new Untranslated("column() of nothing");
      return callee === "column" ? quoted(stringOf(first, scope)) : stringOf(first, scope);
    default: {
      const text = plainSql(it, scope);
      if (text !== null) return text;
      throw new Untranslated(`${callee}(…) in an expression`);
    }
  }
}

function method(name: string, on: string, args: readonly Expression[], scope: Scope): string {
  const [first] = args;
  if (!first) throw new Untranslated(`.${name}()`);
  switch (name) {
    case "is_":
      return `${on} IS ${sqlOf(first, scope)}`;
    case "isnot":
    case "is_not":
      return `${on} IS NOT ${sqlOf(first, scope)}`;
    case "in_":
    case "notin_":
    case "not_in":
      return `${on} ${name === "in_" ? "IN" : "NOT IN"} (${items(first, scope)})`;
    case "like":
      return `${on} LIKE ${sqlOf(first, scope)}`;
    default:
      throw new Untranslated(`.${name}(…) in an expression`);
  }
}

function items(it: Expression, scope: Scope): string {
  const found = resolve(it, scope);
  if (found.kind !== "list") throw new Untranslated("in_() of something else than a list");
  return found.items.map((each) => sqlOf(each, scope)).join(", ");
}

/** The pairs of `.values(status="x")` and of `.values({"status": "x"})`. */
export function pairsOf(
  args: readonly Argument[],
  scope: Scope,
): readonly (readonly [string, Expression])[] {
  return args.flatMap(({ name, value }) => {
    if (name !== null) return [[name, value] as const];
    const found = resolve(value, scope);
    if (found.kind !== "dict") throw new Untranslated("values() of something else than names");
    return found.entries.map(([key, each]) => [stringOf(key, scope), each] as const);
  });
}
