/** What a big table has to bear: work in proportion to its rows, while others wait. */
import type { ColumnType } from "../../model/column-type.ts";
import { displayName, type Schema, type SchemaTable, type TableName } from "../../model/schema.ts";
import { itemNamed } from "../../operations/apply/lists.ts";
import type { TableChange } from "../../operations/kinds/tables.ts";
import type { Operation } from "../../operations/operation.ts";
import type { Concern } from "../concerns.ts";
import type { Reader } from "../dialect.ts";
import { stored } from "./normalise-table.ts";
import { string, table } from "./write.ts";

/** Below this many rows nobody has to wait for long. */
const many = 100_000;

interface Burden {
  readonly kind: Concern["kind"];
  readonly table: TableName;
  readonly what: string;
}

/** By operation. Only tables that are there have rows; one that a draft has renamed by then is not found. */
export async function burdens(
  operations: readonly Operation[],
  current: Schema,
  reader: Reader,
): Promise<readonly (readonly Concern[])[]> {
  const borne = operations.map((operation) => burdensOf(operation, current));
  const tables = borne.flat().map((it) => it.table);
  const sizes = tables.length === 0 ? new Map() : await sizesOf(tables, reader);
  return borne.map((list) =>
    list.flatMap(({ kind, what, table: on }) => {
      const count = Number(sizes.get(table(on)) ?? 0);
      return count > many ? [{ kind, what, table: displayName(on), count }] : [];
    }),
  );
}

/** As the statistics have it: to count would take as long as what is warned of. */
async function sizesOf(
  tables: readonly TableName[],
  reader: Reader,
): Promise<ReadonlyMap<string, number>> {
  const names = [...new Set(tables.map(table))];
  const rows = await reader.all(
    `SELECT name, reltuples::int8 AS size FROM unnest(ARRAY[${names.map(string).join(", ")}]) AS name
JOIN pg_class ON pg_class.oid = to_regclass(name)`,
  );
  return new Map(rows.map(({ name, size }) => [String(name), Number(size)]));
}

function burdensOf(operation: Operation, current: Schema): readonly Burden[] {
  switch (operation.kind) {
    case "createIndex": {
      const { table: on, index, concurrently } = operation;
      return concurrently ? [] : [{ kind: "blocks writes", table: on, what: index.name }];
    }
    case "alterTable": {
      const { table: on, changes } = operation;
      const known = itemNamed(current.tables, on);
      if (known === undefined) return [];
      return changes.flatMap((change) =>
        ofChange(change, known).map((it) => ({ ...it, table: on })),
      );
    }
    default:
      return [];
  }
}

function ofChange(change: TableChange, table: SchemaTable): readonly Omit<Burden, "table">[] {
  switch (change.kind) {
    case "alterColumn": {
      const { name, to } = change;
      const from = table.columns.find((it) => it.name === name);
      if (to.type && from && (to.using || rewrites(from.type, to.type)))
        return [{ kind: "rewrites", what: name }];
      return to.notNull ? [{ kind: "reads all", what: `${name} NOT NULL` }] : [];
    }
    case "addColumn":
      return change.column.generated?.stored || change.column.identity
        ? [{ kind: "rewrites", what: change.column.name }]
        : [];
    case "addConstraint": {
      const { constraint: it } = change;
      if (it.kind === "primaryKey" || it.kind === "unique")
        return [{ kind: "blocks writes", what: it.name }];
      return it.notValid ? [] : [{ kind: "reads all", what: it.name }];
    }
    default:
      return [];
  }
}

/**
 * Whether a new type costs a new table: not where a text or a number with decimals is only to be longer.
 * https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-NOTES
 */
function rewrites(from: ColumnType, to: ColumnType): boolean {
  const [old, next] = [stored(from), stored(to)];
  if (old.kind === "varchar" && next.kind === "varchar")
    return next.length !== undefined && (old.length === undefined || next.length < old.length);
  if (old.kind === "numeric" && next.kind === "numeric") {
    if (next.precision === undefined) return false;
    return old.scale !== next.scale || (old.precision ?? Infinity) > next.precision;
  }
  const isText = (type: ColumnType) => type.kind === "text" || type.kind === "varchar";
  if (isText(old) && isText(next)) return next.kind === "varchar" && next.length !== undefined;
  return old.kind !== next.kind || JSON.stringify(old) !== JSON.stringify(next);
}
