/** The names that a script knows, and the values that can be told without running it. */
import { hash } from "node:crypto";
import type { Expression, Statement } from "../python/tree.ts";

/** What stands there means more than its text says. Caught for the statement that it is in. */
export class Untranslated extends Error {}

export interface Scope {
  /** What variables were given. */
  readonly names: ReadonlyMap<string, Expression>;
  /** What was imported from elsewhere than SQLAlchemy: it may mean anything. */
  readonly foreign: ReadonlySet<string>;
  /** The tables of the history's indexes, by the names of the indexes. */
  readonly indexes: ReadonlyMap<string, string>;
  /** SQLite's types have the names that Alembic gives them, as the tables around have. */
  readonly asAlembic?: boolean;
  /** Inside a statement: its table, in double quotes. */
  readonly table?: string;
}

/** `it`, or what the variable was given that it names. */
export function resolve(it: Expression, { names }: Scope): Expression {
  let found = it;
  for (let steps = 0; found.kind === "name" && steps < 16; steps++) {
    const value = names.get(found.name);
    if (value === undefined) break;
    found = value;
  }
  return found;
}

/** The last part of what is called, `String` of `sa.String(50)`; null for a method of a variable. */
export function calleeOf(it: Expression, scope: Scope): string | null {
  if (it.kind === "name") return scope.foreign.has(it.name) ? null : it.name;
  if (it.kind !== "attribute") return null;
  let root = it.of;
  while (root.kind === "attribute") root = root.of;
  if (root.kind !== "name" || scope.names.has(root.name)) return null;
  return scope.foreign.has(root.name) ? null : it.name;
}

const known = /^(?:sqlalchemy|alembic|sqlmodel|fastapi_users_db_sqlalchemy)(?:\.|$)/;

/** The names that `statements` import from modules that only the project knows. */
export function foreignNames(statements: readonly Statement[]): readonly string[] {
  return statements.flatMap((it) =>
    it.kind === "import"
      ? it.names.flatMap(([name, module]) => (known.test(module) ? [] : [name]))
      : [],
  );
}

/** The name of a type or a function with or without a call: `sa.Integer`, `sa.Integer()`. */
export function nameOf(it: Expression, scope: Scope): string | null {
  return calleeOf(it.kind === "call" ? it.of : it, scope);
}

/** A string, be it a variable, the sum of several, or wrapped in `op.f(…)`. */
export function stringOf(it: Expression, scope: Scope): string {
  const found = resolve(it, scope);
  if (found.kind === "string") return found.value;
  if (found.kind === "binary" && found.operator === "+")
    return stringOf(found.left, scope) + stringOf(found.right, scope);
  const wrapped = isWrapped(found) ? found.args[0] : undefined;
  if (wrapped === undefined) throw new Untranslated("no plain string");
  return shortened(stringOf(wrapped.value, scope));
}

/** A final name that PostgreSQL would cut off is cut by SQLAlchemy: `_truncated_label` in its sql/compiler.py. */
export function shortened(name: string): string {
  const most = 63;
  return name.length <= most ? name : `${name.slice(0, most - 8)}_${hash("md5", name).slice(-4)}`;
}

/** `op.f("name")`: a name that is final. */
function isWrapped(it: Expression): it is Extract<Expression, { kind: "call" }> {
  return (
    it.kind === "call" &&
    ((it.of.kind === "attribute" && it.of.name === "f") || nameIs(it.of, "quoted_name"))
  );
}

function nameIs(it: Expression, name: string): boolean {
  return (it.kind === "name" || it.kind === "attribute") && it.name === name;
}

/** Null for None. */
export function stringOrNull(it: Expression, scope: Scope): string | null {
  return isNone(it, scope) ? null : stringOf(it, scope);
}

export function stringsOf(it: Expression, scope: Scope): readonly string[] {
  const found = resolve(it, scope);
  if (found.kind !== "list") throw new Untranslated("no plain list");
  return found.items.map((item) => stringOf(item, scope));
}

export function flagOf(it: Expression, scope: Scope): boolean {
  const found = resolve(it, scope);
  if (found.kind !== "constant" || found.value === null)
    throw new Untranslated("neither True nor False");
  return found.value;
}

export function isNone(it: Expression, scope: Scope): boolean {
  const found = resolve(it, scope);
  return found.kind === "constant" && found.value === null;
}

/** A whole number. */
export function numberOf(it: Expression, scope: Scope): number {
  const found = resolve(it, scope);
  if (found.kind !== "number" || !/^\d+$/.test(found.text))
    throw new Untranslated("no plain number");
  return Number(found.text);
}
