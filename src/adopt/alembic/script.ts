/** upgrade() and downgrade() as calls of mig's `op`. What is not known stays Python, above a statement that no database takes. */
import { print, string } from "../../autogenerate/render/code.ts";
import { renderLines } from "../../autogenerate/render/render.ts";
import { name } from "../../autogenerate/render/values.ts";
import type { Expression, Statement } from "../python/tree.ts";
import { Arguments } from "./arguments.ts";
import { batch } from "./batch.ts";
import { ownComments } from "./comments.ts";
import { calledOn, directive, execute } from "./directives.ts";
import { type Line, line, plainName, remark } from "./line.ts";
import { foreignNames, nameOf, resolve, type Scope, Untranslated } from "./scope.ts";
import { statementOf } from "./statements.ts";
import { typeOf } from "./types.ts";

export interface Translated {
  /** The body of the function, indented; empty for nothing. */
  readonly text: string;
  readonly imports: readonly string[];
  /** False if PostgreSQL refuses something of it inside a transaction. */
  readonly transaction: boolean;
  /** How many statements stayed Python. */
  readonly unwritten: number;
  /** The enums that it makes. */
  readonly enums: readonly string[];
}

export const unwrittenSql = "SELECT imported_from_alembic_and_not_written_yet";

/** `source` is the text of the file, for what stays as it is. */
export function translate(body: readonly Statement[], scope: Scope, source: string): Translated {
  const names = new Map(scope.names);
  const foreign = new Set([...scope.foreign, ...foreignNames(body)]);
  const inside = { ...scope, names, foreign };
  let unwritten = 0;
  const lines = body.flatMap((statement, at): readonly Line[] => {
    try {
      if (statement.kind === "return" && at === body.length - 1) return [];
      return commented(statement, translated(statement, inside, names));
    } catch (failure) {
      if (!(failure instanceof Untranslated)) throw failure;
      unwritten++;
      return [untranslated(statement, failure.message, source)];
    }
  });
  const kept = withoutTwins(lines);
  return {
    text: kept.map(textOf).join("\n"),
    imports: renderLines(kept.flatMap(({ code }) => code ?? [])).imports,
    transaction: !kept.some(({ alone }) => alone),
    unwritten,
    enums: kept.flatMap(({ creates }) => (creates ? [plainName(creates.name)] : [])),
  };
}

function translated(
  statement: Statement,
  scope: Scope,
  names: Map<string, Expression>,
): readonly Line[] {
  switch (statement.kind) {
    case "pass":
    case "import":
    case "function":
      return [];
    case "assign": {
      const lines = assigned(statement.value, scope);
      names.set(statement.name, statement.value);
      return lines;
    }
    case "expression":
      return called(statement.value, scope);
    case "with":
      return inContext(statement, scope, names);
    case "if":
      return conditional(statement, scope, names);
    case "return":
      throw new Untranslated("it ends here under some condition");
    case "unknown":
      throw new Untranslated("only Python knows what it does");
  }
}

/** What a variable is given has no effect by itself, but for the calls of `op`. */
function assigned(value: Expression, scope: Scope): readonly Line[] {
  const onOp = calledOn(value, "op");
  if (onOp && onOp.name !== "get_context") return directive(onOp.name, onOp.args, scope);
  if (value.kind !== "call" || onOp) return [];
  const harmless = ["table", "Table", "column", "text", "MetaData", "inspect"];
  if (harmless.includes(nameOf(value, scope) ?? "")) return [];
  if (statementOf(value, scope) === null && !isType(value, scope))
    throw new Untranslated("only Python knows what it gives");
  return [];
}

function isType(value: Expression, scope: Scope): boolean {
  try {
    return typeOf(value, scope).type !== null;
  } catch (failure) {
    if (failure instanceof Untranslated) return false;
    throw failure;
  }
}

function called(value: Expression, scope: Scope): readonly Line[] {
  if (value.kind === "string") return [];
  const onOp = calledOn(value, "op");
  if (onOp) return directive(onOp.name, onOp.args, scope);
  if (value.kind !== "call" || value.of.kind !== "attribute")
    throw new Untranslated("only Python knows what it does");
  const { name: method, of } = value.of;
  const target = resolve(of, scope);
  if (method === "execute" && calledOn(target, "op")?.name === "get_bind")
    return execute(new Arguments(value.args, scope), scope);
  if (method === "create" || method === "drop") return enumCall(method, target, scope);
  throw new Untranslated(`${method}(…) is not known`);
}

/** `status.create(op.get_bind(), checkfirst=True)`. */
function enumCall(method: "create" | "drop", it: Expression, scope: Scope): readonly Line[] {
  const { type, creates } = typeOf(it, scope);
  if (type.kind !== "enum") throw new Untranslated(`${method}() of something else than an enum`);
  if (method === "drop") {
    const ifExists = { members: [["ifExists", "true"]] } as const;
    return [line({ call: "op.dropEnum", args: [name(type.name), ifExists] })];
  }
  const made = creates ?? enumOf(it, type.name, scope);
  const values = { list: made.values.map(string) };
  return [{ ...line({ call: "op.createEnum", args: [name(made.name), values] }), creates: made }];
}

/** The values of an enum that tables do not bring along. */
function enumOf(it: Expression, made: Parameters<typeof name>[0], scope: Scope) {
  const found = resolve(it, scope);
  const args = found.kind === "call" ? found.args : [];
  const values = args.flatMap(({ name: named, value }) =>
    named === null && value.kind === "string" ? [value.value] : [],
  );
  if (values.length === 0) throw new Untranslated("an enum without values");
  return { name: made, values };
}

function inContext(
  statement: Extract<Statement, { kind: "with" }>,
  scope: Scope,
  names: Map<string, Expression>,
): readonly Line[] {
  const { context } = statement;
  const onOp = calledOn(context, "op");
  if (onOp?.name === "batch_alter_table") return batch(statement, onOp.args, scope);
  const isAutocommit =
    context.kind === "call" &&
    context.of.kind === "attribute" &&
    context.of.name === "autocommit_block";
  if (!isAutocommit) throw new Untranslated("with … is not known");
  return statement.body
    .flatMap((each) => commented(each, translated(each, scope, names)))
    .map((each) => ({ ...each, alone: true }));
}

/** A question of which database it is: `if op.get_bind().dialect.name == …:` */
function conditional(
  { test, body, otherwise }: Extract<Statement, { kind: "if" }>,
  scope: Scope,
  names: Map<string, Expression>,
): readonly Line[] {
  const asked = dialectAsked(test, scope);
  if (asked === null) throw new Untranslated("only Python knows the condition");
  const within = (statements: readonly Statement[]) =>
    statements.flatMap((each) => commented(each, translated(each, scope, names)));
  const [yes, no] = asked.isEqual ? [body, otherwise] : [otherwise, body];
  const others = ["postgresql", "sqlite"].filter((dialect) => dialect !== asked.dialect);
  return [
    ...(others.length === 2 ? [] : on(asked.dialect, within(yes))),
    ...(others.length === 2 ? within(no) : others.flatMap((each) => on(each, within(no)))),
  ];
}

function on(dialect: string, lines: readonly Line[]): readonly Line[] {
  if (lines.length === 0) return [];
  const body = lines.flatMap(({ code, remarks }) => [
    ...remarks.map(remark),
    ...(code ? [code] : []),
  ]);
  const call = { call: "op.on", args: [string(dialect), { parameter: "op", body }] };
  return [{ ...line(call), alone: lines.some((each) => each.alone) }];
}

function dialectAsked(
  test: Expression,
  scope: Scope,
): { readonly dialect: string; readonly isEqual: boolean } | null {
  if (test.kind !== "binary" || !["==", "!="].includes(test.operator)) return null;
  const [asked, dialect] = [resolve(test.left, scope), resolve(test.right, scope)];
  const isName = asked.kind === "attribute" && asked.name === "name";
  const of = isName ? resolve(asked.of, scope) : null;
  const isDialect = of?.kind === "attribute" && of.name === "dialect";
  if (!isDialect || dialect.kind !== "string") return null;
  return { dialect: dialect.value, isEqual: test.operator === "==" };
}

function commented(statement: Statement, lines: readonly Line[]): readonly Line[] {
  const [first, ...others] = lines;
  const above = ownComments(statement);
  if (above.length === 0) return lines;
  if (first === undefined) return [{ code: null, remarks: above }];
  return [{ ...first, remarks: [...above, ...first.remarks] }, ...others];
}

function untranslated(statement: Statement, why: string, source: string): Line {
  const python = source.slice(statement.from, statement.to).trimEnd().split("\n");
  const remarks = [
    `TODO: write with op what the Python below did, in place of the statement, which no database accepts (${why})`,
    ...ownComments(statement).map((it) => `# ${it}`),
    ...python,
  ];
  return line({ call: "op.execute", args: [{ sql: unwrittenSql }] }, remarks);
}

/** An enum is made once. */
function withoutTwins(lines: readonly Line[]): readonly Line[] {
  const made = new Set<string>();
  return lines.filter(({ creates }) => {
    if (creates === undefined) return true;
    const own = plainName(creates.name);
    const isNew = !made.has(own);
    made.add(own);
    return isNew;
  });
}

function textOf({ code, remarks }: Line): string {
  const above = remarks.map((it) => `  // ${it}`.trimEnd());
  return [...above, ...(code === null ? [] : [`  ${print(code, "  ")};`])].join("\n");
}
