/** Per-dialect values chosen, and SQL written out. */
import { fail } from "../../errors.ts";
import type { DialectName, Expression, Literal } from "../../model/schema.ts";
import {
  type DefaultInput,
  isPerDialect,
  type Listed,
  type PerDialect,
  type SqlInput,
} from "../columns.ts";
import { isSqlLike, type SqlLike } from "../sql.ts";
import { describeValue } from "./names.ts";

/** What a recording needs to know: the dialect, how it writes SQL, and what `-x` said. */
export interface RecordContext {
  readonly dialect: DialectName;
  /** The text of a piece of SQL, its values as literals. */
  readonly text: (sql: SqlLike) => string;
  readonly args: Readonly<Record<string, string>>;
}

/** The conversions that depend on the dialect. `where` is for messages. */
export interface Values {
  readonly dialect: DialectName;
  /** The part for this dialect of a value that may differ; null where it has nothing to say. */
  choose<Value>(value: Value | PerDialect<Value>, where: string): Value | null;
  /** What stands in a list, or nothing where this dialect does not have it. */
  listed<Input>(input: Listed<Input>, where: string): readonly Input[];
  /** The text for this dialect; null where it has nothing to say. */
  sql(input: SqlInput, where: string): string | null;
  /** The same where every dialect has to say something. */
  expression(input: SqlInput, where: string): Expression;
  value(input: DefaultInput, where: string): Literal | Expression;
}

export function valuesFor(context: RecordContext): Values {
  const { dialect } = context;
  const choose = <Value>(value: Value | PerDialect<Value>, where: string): Value | null => {
    if (!isPerDialect(value)) return value as Value;
    const chosen = value[dialect];
    if (chosen === undefined) fail("DIALECT_MISSING", { what: where, dialect });
    return chosen as Value | null;
  };
  const sql = (input: SqlInput, where: string): string | null => {
    const chosen = choose<SqlLike | string>(input, where);
    if (chosen === null || typeof chosen === "string") return chosen;
    if (isSqlLike(chosen)) return context.text(chosen);
    return fail("DIALECT_MISSING", { what: `${where} (${describeValue(chosen)})`, dialect });
  };
  return {
    dialect,
    choose,
    listed<Input>(input: Listed<Input>, where: string) {
      const own = choose<Input>(input, where);
      // A null that stands by itself is refused by whoever reads it.
      return own === null && isPerDialect(input) ? [] : [own as Input];
    },
    sql,
    expression: (input, where) => {
      const text = sql(input, where);
      return text === null ? fail("DIALECT_MISSING", { what: where, dialect }) : { sql: text };
    },
    value: (input, where) => {
      const chosen = choose<Literal | SqlLike>(input, where);
      return isSqlLike(chosen) ? { sql: context.text(chosen) } : literal(chosen, where);
    },
  };
}

function literal(input: unknown, where: string): Literal {
  if (input === null || input instanceof Date || input instanceof Uint8Array) return input;
  if (["string", "number", "bigint", "boolean"].includes(typeof input)) return input as Literal;
  return fail("VALUE_UNSUPPORTED", { value: describeValue(input), why: `it is ${where}` });
}
