/** Columns, as far as both databases have them. */
import type { ColumnType } from "../model/column-type.ts";
import type { Column, Expression, Generated, Literal } from "../model/schema.ts";
import { isSqlLike } from "../operations/sql.ts";
import type { DrizzleColumn } from "./orm.ts";
import type { Reading } from "./reading.ts";
import type { Speller } from "./spell.ts";
import { isLiteral } from "./values.ts";

/** A column by itself. `$defaultFn` and `$onUpdate` are the ORM's own: the database does not have them. */
export function readColumn(column: DrizzleColumn, reading: Reading): Column {
  const { type, computed } = readType(reading.typeOf(column));
  const { generated } = column;
  const initial = generated ? undefined : readDefault(column, reading);
  // A schema has many columns, and spreading what each may say takes as long as reading it.
  const read: Writable<Column> = { name: reading.speller.columnName(column), type };
  if (computed) read.generated = computed;
  if (column.notNull) read.notNull = true;
  if (initial !== undefined) read.default = initial;
  if (generated) {
    const as = readGenerated(generated.as, reading.speller);
    read.generated = { as, stored: generated.mode !== "virtual" };
  }
  return read;
}

type Writable<Thing> = { -readonly [Name in keyof Thing]: Thing[Name] };

/** The text of a custom type may go on to say what the column is computed from. */
function readType(type: ColumnType): { readonly type: ColumnType; readonly computed?: Generated } {
  const text = type.kind === "raw" ? type.postgresql : "";
  const [, of, as, mode] =
    /^(.+?)\s+generated\s+always\s+as\s*\((.+)\)\s*(stored|virtual)?$/is.exec(text) ?? [];
  if (of === undefined || as === undefined) return { type };
  return {
    type: { kind: "raw", postgresql: of, sqlite: of },
    computed: { as: { sql: as }, stored: mode?.toLowerCase() === "stored" },
  };
}

/** A default of null says the same as none. */
function readDefault(column: DrizzleColumn, reading: Reading): Literal | Expression | undefined {
  const given = column.default;
  if (given === undefined || given === null) return undefined;
  const value = isSqlLike(given) ? given : reading.storedValue(column, given);
  if (isSqlLike(value)) {
    const spelled = reading.speller.spell(value, "bare");
    return isNull(spelled) ? undefined : spelled;
  }
  if (isLiteral(value)) return value ?? undefined;
  throw new TypeError("its default is neither a value of the database nor SQL");
}

function isNull({ sql }: Expression): boolean {
  return /^\(*\s*null\s*(?:::[\w\s"[\].]*)?\)*$/i.test(sql.trim());
}

/** SQL, a function that gives SQL, or text that is SQL. */
function readGenerated(as: unknown, speller: Speller): Expression {
  return speller.spell(typeof as === "function" ? as() : as, "bare");
}
