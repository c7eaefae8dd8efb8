/** The sequence of an identity column, as far as its name goes. */
import type { Column, ObjectName } from "../model/schema.ts";
import type { Identity } from "../model/sequence.ts";
import { localName } from "./apply/names.ts";

/** Of a name in PostgreSQL, in bytes; and of the two `_` and the `seq` in this one. */
const limit = 63 - "__seq".length;

/**
 * What PostgreSQL calls the sequence that an identity or a serial column of `table` gets when it is told no name and nothing
 * bears that one: `users_id_seq`, of which the longer part is cut. https://github.com/postgres/postgres, makeObjectName
 */
export function sequenceName(table: ObjectName, column: string): string {
  const local = localName(table);
  if (Buffer.byteLength(local + column) <= limit) return `${local}_${column}_seq`;
  let [first, second] = [Buffer.from(local), Buffer.from(column)];
  while (first.length + second.length > limit) {
    if (first.length > second.length) first = first.subarray(0, -1);
    else second = second.subarray(0, -1);
  }
  return `${whole(first)}_${whole(second)}_seq`;
}

/** Without the half of a character at its end. */
function whole(bytes: Buffer): string {
  return new TextDecoder().decode(bytes, { stream: true });
}

/** `column`, which was `before` in a table that was called so: its sequence keeps its name. */
export function withSequence(
  column: Column,
  of: ObjectName,
  before: { readonly of: ObjectName; readonly name: string },
): Column {
  if (column.identity === undefined) return column;
  const { name = sequenceName(before.of, before.name), ...identity } = column.identity;
  const isUsual = name === sequenceName(of, column.name);
  return { ...column, identity: { ...identity, ...(!isUsual && { name }) } };
}

/** An altered column of `of`: its sequence keeps the name that `before` had, unless it is given another one. */
export function withNameOf(column: Column, before: Column, of: ObjectName): Column {
  if (column.identity === undefined) return column;
  const { name = before.identity?.name, ...identity } = column.identity;
  const isUsual = name === undefined || name === sequenceName(of, column.name);
  return { ...column, identity: { ...identity, ...(!isUsual && { name }) } };
}

/** `identity` with the name that goes without saying, where that has to be said because it was another one meanwhile. */
export function saying(identity: Identity, meanwhile: Column, of: ObjectName): Identity {
  const isOther = meanwhile.identity?.name !== undefined && identity.name === undefined;
  return isOther ? { ...identity, name: sequenceName(of, meanwhile.name) } : identity;
}
