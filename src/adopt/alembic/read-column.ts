/** `sa.Column(…)`, read. */
import type { Code } from "../../autogenerate/render/code.ts";
import type { ColumnType } from "../../model/column-type.ts";
import type { Argument, Expression } from "../python/tree.ts";
import { Arguments } from "./arguments.ts";
import { type Constraint, checkOf, foreignKeyOf } from "./constraints.ts";
import { defaultOf } from "./defaults.ts";
import { calleeOf, nameOf, resolve, type Scope, Untranslated } from "./scope.ts";
import { spelled } from "./spelled.ts";
import { type NewEnum, typeOf } from "./types.ts";

export interface ReadColumn {
  readonly name: string;
  readonly type: ColumnType;
  /** The type as it is written, unless the column is numbered. */
  readonly written: ColumnType;
  readonly creates: NewEnum | null;
  /** Null where the column does not say. */
  readonly nullable: boolean | null;
  readonly isKey: boolean;
  /** Null where SQLAlchemy decides. */
  readonly autoincrement: boolean | null;
  readonly isUnique: boolean;
  readonly isIndexed: boolean;
  readonly comment: string | undefined;
  /** Default, identity and generated, as options of the column. */
  readonly details: Readonly<Record<string, Code>>;
  readonly constraints: readonly Constraint[];
  readonly remarks: readonly string[];
}

/** Throws Untranslated for anything that is no plain column. */
export function readColumn(it: Expression, scope: Scope): ReadColumn {
  const found = resolve(it, scope);
  if (found.kind !== "call" || calleeOf(found.of, scope) !== "Column")
    throw new Untranslated("no sa.Column(…)");
  const args = new Arguments(found.args, scope);
  const name = args.string("name");
  const parts = partsOf(name, args, scope);
  const column = {
    name,
    ...parts,
    nullable: args.optionalFlag("nullable") ?? null,
    isKey: args.optionalFlag("primary_key") ?? false,
    autoincrement: autoincrementOf(args),
    isUnique: args.optionalFlag("unique") ?? false,
    isIndexed: args.optionalFlag("index") ?? false,
    comment: args.optionalString("comment"),
    details: { ...parts.details, ...serverDefault(args, parts.type, scope) },
    remarks: remarksOn(name, found.args),
  };
  args.ignore("default", "onupdate", "info", "doc", "quote", "system", "server_onupdate");
  args.end();
  return column;
}

type Parts = Pick<ReadColumn, "type" | "written" | "creates" | "constraints" | "details">;

/** The type, and what stands beside it. */
function partsOf(column: string, args: Arguments, scope: Scope): Parts {
  const constraints: Constraint[] = [];
  const details: Record<string, Code> = {};
  let type: ReturnType<typeof typeOf> | null = null;
  const typeArgument = args.option("type_");
  for (const part of [...(typeArgument ? [typeArgument] : []), ...args.rest()]) {
    const found = resolve(part, scope);
    switch (nameOf(found, scope)) {
      case "ForeignKey":
        constraints.push(foreignKeyOf(found, column, scope));
        break;
      case "CheckConstraint":
        constraints.push(checkOf(found, scope));
        break;
      case "Identity":
        details.identity = identityOf(found, scope);
        break;
      case "Computed":
        details.generated = computedOf(found, scope);
        break;
      default:
        if (type !== null) throw new Untranslated(`more of ${column} than is known`);
        type = typeOf(found, scope);
    }
  }
  if (type === null) throw new Untranslated(`${column} has no type`);
  const written = spelled(type.type, scope);
  return { type: type.type, written, creates: type.creates ?? null, constraints, details };
}

function argumentsOf(it: Expression): readonly Argument[] {
  return it.kind === "call" ? it.args : [];
}

function identityOf(it: Expression, scope: Scope): Code {
  const args = new Arguments(argumentsOf(it), scope);
  const generated = args.optionalFlag("always") ? '"always"' : '"byDefault"';
  const numbers = [
    ["start", args.optionalNumber("start")],
    ["increment", args.optionalNumber("increment")],
  ] as const;
  args.end();
  const given = numbers.flatMap(([name, value]) =>
    value === undefined ? [] : [[name, String(value)] as const],
  );
  return given.length === 0 ? generated : { members: [["generated", generated], ...given] };
}

function computedOf(it: Expression, scope: Scope): Code {
  const args = new Arguments(argumentsOf(it), scope);
  const sql = args.string("sqltext");
  const isStored = args.optionalFlag("persisted") ?? true;
  args.end();
  return isStored
    ? { sql }
    : {
        members: [
          ["as", { sql }],
          ["stored", "false"],
        ],
      };
}

/** `autoincrement="auto"` is what is so anyway. */
function autoincrementOf(args: Arguments): boolean | null {
  const found = args.option("autoincrement");
  return found?.kind === "constant" ? found.value : null;
}

function serverDefault(
  args: Arguments,
  type: ColumnType,
  scope: Scope,
): Readonly<Record<string, Code>> {
  const found = args.option("server_default");
  const value = found === null ? null : defaultOf(found, type, scope);
  return value === null ? {} : { default: value };
}

/** What only SQLAlchemy does is not the database's: https://docs.sqlalchemy.org/en/20/core/defaults.html */
function remarksOn(column: string, args: readonly Argument[]): readonly string[] {
  const own = args.flatMap(({ name }) => (name === "default" || name === "onupdate" ? [name] : []));
  return own.map(
    (name) => `${column}: ${name}=… was carried out by SQLAlchemy, never by the database`,
  );
}
