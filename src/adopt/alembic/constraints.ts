/** SQLAlchemy's constraints. Those without a name get the one that PostgreSQL gives them, as every constraint of mig has one. */
import { type Call, string } from "../../autogenerate/render/code.ts";
import { name, strings, text, withOptions } from "../../autogenerate/render/values.ts";
import type { Expression } from "../python/tree.ts";
import { Arguments } from "./arguments.ts";
import { objectName } from "./line.ts";
import { resolve, type Scope, Untranslated } from "./scope.ts";
import { plainSql, sqlOf } from "./sql.ts";

/** A constraint, once its table is known. */
export interface Constraint {
  readonly kind: "primaryKey" | "unique" | "foreignKey" | "check";
  readonly columns: readonly string[];
  write(table: string, columns: readonly string[]): Call;
}

const constraints = {
  PrimaryKeyConstraint: primaryKeyOf,
  UniqueConstraint: uniqueOf,
  ForeignKeyConstraint: tableForeignKeyOf,
  CheckConstraint: checkOf,
} as const;

export function isConstraint(callee: string | null): callee is keyof typeof constraints {
  return callee !== null && Object.hasOwn(constraints, callee);
}

/** Throws Untranslated. */
export function constraintOf(
  callee: keyof typeof constraints,
  it: Expression,
  scope: Scope,
): Constraint {
  return constraints[callee](it, scope);
}

function argumentsOf(it: Expression, scope: Scope): Arguments {
  return new Arguments(it.kind === "call" ? it.args : [], scope);
}

function columnsOf(args: Arguments, scope: Scope): readonly string[] {
  return args.rest().map((each) => {
    const found = resolve(each, scope);
    if (found.kind !== "string") throw new Untranslated("a column that is no string");
    return found.value;
  });
}

function primaryKeyOf(it: Expression, scope: Scope): Constraint {
  const args = argumentsOf(it, scope);
  const columns = columnsOf(args, scope);
  const own = args.optionalString("name");
  args.end();
  return primaryKey(columns, own);
}

export function primaryKey(columns: readonly string[], own: string | undefined): Constraint {
  return {
    kind: "primaryKey",
    columns,
    write: (table) => ({
      call: "primaryKey",
      args: [string(own ?? `${table}_pkey`), strings(columns)],
    }),
  };
}

function uniqueOf(it: Expression, scope: Scope): Constraint {
  const args = argumentsOf(it, scope);
  const columns = columnsOf(args, scope);
  const own = args.optionalString("name");
  const waits = deferrable(args);
  args.end();
  return unique(columns, own, waits);
}

export function unique(
  columns: readonly string[],
  own: string | undefined,
  waits?: string,
): Constraint {
  return {
    kind: "unique",
    columns,
    write: (table) => ({
      call: "unique",
      args: withOptions([string(own ?? nameFor(table, columns, "key")), strings(columns)], {
        deferrable: text(waits),
      }),
    }),
  };
}

function tableForeignKeyOf(it: Expression, scope: Scope): Constraint {
  const args = argumentsOf(it, scope);
  const columns = args.strings("columns");
  const targets = args.strings("refcolumns").map(targetOf);
  return foreignKey({ columns, targets, own: args.optionalString("name"), args });
}

/** `sa.ForeignKey("users.id")` of one column. */
export function foreignKeyOf(it: Expression, column: string, scope: Scope): Constraint {
  const args = argumentsOf(it, scope);
  const targets = [targetOf(args.string("column"))];
  return foreignKey({ columns: [column], targets, own: args.optionalString("name"), args });
}

export interface Target {
  readonly table: string;
  readonly schema?: string;
  readonly column: string;
}

/** `users.id`, `auth.users.id`. */
function targetOf(written: string): Target {
  const parts = written.split(".");
  const [column, table, schema, ...others] = parts.toReversed();
  if (column === undefined || table === undefined || others.length > 0)
    throw new Untranslated(`${written} names no column`);
  return schema === undefined ? { table, column } : { table, schema, column };
}

/** Reads the rest of `args`, and ends them. */
export function foreignKey(it: {
  readonly columns: readonly string[];
  readonly targets: readonly Target[];
  readonly own: string | undefined;
  readonly args: Arguments;
}): Constraint {
  const { columns, targets, own, args } = it;
  const [first] = targets;
  if (!first) throw new Untranslated("a foreign key to nothing");
  const onDelete = actionOf(args.optionalString("ondelete"));
  const onUpdate = actionOf(args.optionalString("onupdate"));
  const waits = deferrable(args);
  args.ignore("use_alter", "info", "link_to_name");
  args.end();
  return {
    kind: "foreignKey",
    columns,
    write: (table) => ({
      call: "foreignKey",
      args: withOptions(
        [
          string(own ?? nameFor(table, columns, "fkey")),
          strings(columns),
          name(objectName(first.table, first.schema)),
          strings(targets.map(({ column }) => column)),
        ],
        { onDelete, onUpdate, deferrable: text(waits) },
      ),
    }),
  };
}

/** NO ACTION is what is so anyway. */
function actionOf(action: string | undefined): string | undefined {
  const lower = action?.toLowerCase();
  return lower === undefined || lower === "no action" ? undefined : string(lower);
}

function deferrable(args: Arguments): string | undefined {
  const isDeferrable = args.optionalFlag("deferrable") ?? false;
  const initially = args.optionalString("initially")?.toLowerCase();
  if (!isDeferrable && initially === undefined) return undefined;
  return initially === "deferred" ? "deferred" : "immediate";
}

export function checkOf(it: Expression, scope: Scope): Constraint {
  const args = argumentsOf(it, scope);
  const condition = args.need("sqltext");
  const own = args.optionalString("name");
  args.end();
  return check(condition, own, scope);
}

export function check(condition: Expression, own: string | undefined, scope: Scope): Constraint {
  const sql = plainSql(condition, scope) ?? sqlOf(condition, scope);
  return {
    kind: "check",
    columns: [],
    write: (table, columns) => ({
      call: "check",
      args: [string(own ?? nameFor(table, mentioned(sql, columns), "check")), { sql }],
    }),
  };
}

/** The one column that a check is about; it gives the check its name. */
function mentioned(sql: string, columns: readonly string[]): readonly string[] {
  const words = new Set(sql.match(/\w+/g));
  const found = columns.filter((column) => words.has(column));
  return found.length === 1 ? found : [];
}

/** As PostgreSQL makes it: what is too long is cut off the longer of table and columns. See makeObjectName() in its indexcmds.c. */
function nameFor(table: string, columns: readonly string[], kind: string): string {
  let [own, of] = [table, columns.join("_").slice(0, 63)];
  const room = 63 - kind.length - (of === "" ? 1 : 2);
  while (own.length + of.length > room) {
    if (own.length > of.length) own = own.slice(0, -1);
    else of = of.slice(0, -1);
  }
  return [own, ...(of === "" ? [] : [of]), kind].join("_");
}
