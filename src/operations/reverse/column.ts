/** A column, altered back. */
import { isDeepStrictEqual } from "node:util";
import type { Column, ObjectName } from "../../model/schema.ts";
import { saying } from "../identity-sequence.ts";
import type { ColumnAlteration } from "../operation.ts";

/** What makes `was` of `is`: two columns of one name, of the table `of`. Undefined where they are the same. */
export function alterationBack(
  is: Column,
  was: Column,
  of: ObjectName,
): ColumnAlteration | undefined {
  const changed = (member: keyof Column) => !isDeepStrictEqual(is[member], was[member]);
  const type = changed("type");
  const collation = changed("collation");
  // Whatever numbers the column from now on: its own sequence goes.
  const leavesSerial = is.type.kind.endsWith("serial") && !was.type.kind.endsWith("serial");
  const to: ColumnAlteration = {
    // PostgreSQL changes a collation along with the type only, and forgets it where the type comes without.
    ...((type || collation) && { type: was.type }),
    ...((collation || (type && was.collation !== undefined)) && {
      collation: was.collation ?? null,
    }),
    // Neither default need convert to the other type.
    ...((changed("default") || leavesSerial || (type && was.default !== undefined)) && {
      default: was.default ?? null,
    }),
    ...(changed("notNull") && { notNull: was.notNull ?? false }),
    ...((changed("identity") || leavesSerial) && {
      identity: was.identity ? saying(was.identity, is, of) : null,
    }),
    ...(changed("autoIncrement") && { autoIncrement: was.autoIncrement ?? false }),
    ...(changed("generated") && { generated: was.generated ?? null }),
    ...(changed("comment") && { comment: was.comment ?? null }),
  };
  return Object.keys(to).length === 0 ? undefined : to;
}
