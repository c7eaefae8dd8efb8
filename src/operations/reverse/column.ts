/** A column, altered back. */
import { isDeepStrictEqual } from "node:util";
import type { ColumnType } from "../../model/column-type.ts";
import type { Column } from "../../model/schema.ts";
import type { ColumnAlteration } from "../operation.ts";

/** What makes `was` of `is`: two columns of one name. Undefined where they are the same. */
export function alterationBack(is: Column, was: Column): ColumnAlteration | undefined {
  const changed = (member: keyof Column) => !isDeepStrictEqual(is[member], was[member]);
  const type = changed("type");
  const collation = changed("collation");
  const to: ColumnAlteration = {
    // PostgreSQL changes a collation along with the type only, and forgets it where the type comes without.
    ...((type || collation) && { type: plainType(was.type) }),
    ...((collation || (type && was.collation !== undefined)) && {
      collation: was.collation ?? null,
    }),
    // Neither default need convert to the other type.
    ...((changed("default") || (type && was.default !== undefined)) && {
      default: was.default ?? null,
    }),
    ...(changed("notNull") && { notNull: was.notNull ?? false }),
    ...(changed("identity") && { identity: was.identity ?? null }),
    ...(changed("autoIncrement") && { autoIncrement: was.autoIncrement ?? false }),
    ...(changed("generated") && { generated: was.generated ?? null }),
    ...(changed("comment") && { comment: was.comment ?? null }),
  };
  return Object.keys(to).length === 0 ? undefined : to;
}

const integers: Readonly<Record<string, ColumnType>> = {
  smallserial: { kind: "smallint" },
  serial: { kind: "integer" },
  bigserial: { kind: "bigint" },
};

/** A serial column stays one with its sequence, whatever its type is meanwhile; its type proper is an integer. */
function plainType(type: ColumnType): ColumnType {
  return integers[type.kind] ?? type;
}
