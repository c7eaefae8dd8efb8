/** `users.update().where(…).values(…)` and its like, as the statement that SQLAlchemy makes of it. */
import type { Argument, Expression } from "../python/tree.ts";
import { calleeOf, resolve, type Scope, Untranslated } from "./scope.ts";
import { pairsOf, quoted, sqlOf, tableNamed } from "./sql.ts";

/** What a chain of calls says, from the first one on. */
interface Chain {
  readonly table: string;
  readonly verb: string;
  readonly calls: readonly { readonly name: string; readonly args: readonly Argument[] }[];
}

/** Null for what is no such chain. Throws Untranslated for one that says more than is known. */
export function statementOf(it: Expression, around: Scope): string | null {
  const chain = chainOf(resolve(it, around), around);
  if (chain === null) return null;
  const scope = { ...around, table: chain.table };
  const known = ["where", "values"];
  const odd = chain.calls.find(({ name }) => !known.includes(name));
  if (odd) throw new Untranslated(`.${odd.name}(…) of a statement`);
  // The words stand apart: this is text for the user's own file, which says what the Python said.
  switch (chain.verb) {
    case "update":
      return ["UPDATE", chain.table, "SET", assignments(chain, scope), ...where(chain, scope)].join(
        " ",
      );
    case "delete":
      return ["DELETE FROM", chain.table, ...where(chain, scope)].join(" ");
    case "insert":
      return insert(chain, scope);
    default:
      return null;
  }
}

function chainOf(it: Expression, scope: Scope): Chain | null {
  const calls: { name: string; args: readonly Argument[] }[] = [];
  let at = it;
  while (at.kind === "call") {
    const callee = calleeOf(at.of, scope);
    const [first, ...others] = at.args;
    // sa.update(users)
    if (callee !== null && first && others.length === 0) {
      const table = tableNamed(first.value, scope);
      return table === null ? null : { table, verb: callee, calls: calls.toReversed() };
    }
    if (at.of.kind !== "attribute") return null;
    const { name, of } = at.of;
    const table = tableNamed(of, scope);
    // users.update()
    if (table !== null) return { table, verb: name, calls: calls.toReversed() };
    calls.push({ name, args: at.args });
    at = resolve(of, scope);
  }
  return null;
}

function valuesOf({ calls }: Chain, scope: Scope) {
  const pairs = calls
    .filter(({ name }) => name === "values")
    .flatMap(({ args }) => pairsOf(args, scope));
  if (pairs.length === 0) throw new Untranslated("a statement without values");
  return pairs;
}

function assignments(chain: Chain, scope: Scope): string {
  return valuesOf(chain, scope)
    .map(([name, value]) => `${quoted(name)} = ${sqlOf(value, scope)}`)
    .join(", ");
}

function insert(chain: Chain, scope: Scope): string {
  const pairs = valuesOf(chain, scope);
  const names = pairs.map(([name]) => quoted(name)).join(", ");
  const values = pairs.map(([, value]) => sqlOf(value, scope)).join(", ");
  return ["INSERT INTO", chain.table, `(${names})`, "VALUES", `(${values})`].join(" ");
}

function where({ calls }: Chain, scope: Scope): readonly string[] {
  const conditions = calls
    .filter(({ name }) => name === "where")
    .flatMap(({ args }) => args.map(({ value }) => sqlOf(value, scope)));
  const [only, ...others] = conditions;
  if (only === undefined) return [];
  if (others.length === 0) return ["WHERE", only];
  return ["WHERE", conditions.map((each) => `(${each})`).join(" AND ")];
}
