/** A column of each database, said in the same words as far as they mean the same: PostgreSQL's, which has more of them. */
import type { ColumnType } from "../../model/column-type.ts";
import type { Rules } from "../../model/rules.ts";
import type { Column, Expression, Index, Literal } from "../../model/schema.ts";
import { same } from "../compare/pair.ts";
import type { Both } from "./both.ts";

type BothRules = Both<Rules>;

/** `isKey`: on SQLite the column is all of the primary key. */
export function portableColumns(
  { postgresql, sqlite }: Both<Column>,
  isKey: boolean,
  rules: BothRules,
): Both<Column> {
  const type = portableType({ postgresql: postgresql.type, sqlite: sqlite.type }, rules);
  const initial = portableDefault(
    { postgresql: postgresql.default, sqlite: sqlite.default },
    rules,
  );
  const numbers = postgresql.identity && isKey && rules.sqlite.numbersRows(sqlite.type);
  const common = { ...(type && { type }), ...(initial !== undefined && { default: initial }) };
  return {
    postgresql: { ...postgresql, ...common },
    sqlite: { ...sqlite, ...common, ...(numbers && { identity: postgresql.identity }) },
  };
}

/** The type that is both; null where there is none. */
export function portableType(
  { postgresql, sqlite }: Both<ColumnType>,
  rules: BothRules,
): ColumnType | null {
  const spelled = rules.sqlite.spell(sqlite);
  if (rules.sqlite.spell(postgresql) === spelled) return postgresql;
  // A serial is no type that a column has: it makes a sequence, too.
  if (postgresql.kind.endsWith("serial")) return null;
  return { kind: "raw", postgresql: rules.postgresql.spell(postgresql), sqlite: spelled };
}

type Default = Literal | Expression | undefined;

/** The default that is both: `false` where SQLite has 0. */
function portableDefault({ postgresql, sqlite }: Both<Default>, rules: BothRules): Default {
  if (postgresql === undefined || sqlite === undefined || same(postgresql, sqlite))
    return undefined;
  return [postgresql, sqlite].find(
    (it) => isWritten(it, postgresql, rules.postgresql) && isWritten(it, sqlite, rules.sqlite),
  );
}

/** An index of both, with what only PostgreSQL says of its columns: SQLite reads over it. */
export function portableIndex({ postgresql, sqlite }: Both<Index>): Index {
  const columns = sqlite.columns.map((it, at) => {
    const { nulls, operatorClass } = postgresql.columns[at] ?? {};
    return { ...it, ...(nulls && { nulls }), ...(operatorClass && { operatorClass }) };
  });
  return { ...sqlite, columns };
}

function isWritten(it: Literal | Expression, as: Literal | Expression, { write }: Rules): boolean {
  try {
    return write(it) === write(as);
  } catch {
    // Not every value is one of both databases.
    return false;
  }
}
