/** The names that drizzle-kit gives on PostgreSQL. */
import { foreignKeyName, join, type Naming, type Reference, uniqueName } from "../names.ts";

/** Of drizzle-kit 0.31. A key in a column is named by the server. */
export const namingBeforeV1: Naming = {
  primaryKey: (table, columns, inColumn) =>
    inColumn ? serverName([table], "pkey") : join(table, columns, "pk"),
  columnUnique: (table, column) => uniqueName(table, [column]),
  foreignKey: foreignKeyName,
};

/** Of 1.0, which leaves a unique column to the server too. */
export const naming: Naming = {
  primaryKey: (table) => serverName([table], "pkey"),
  columnUnique: (table, column) => serverName([table, column], "key"),
  foreignKey: shortForeignKeyName,
};

const longest = 63;

/**
 * As the server names what has no name: where it would be too long, the longest of its parts gets shorter, and never the
 * label. https://github.com/postgres/postgres/blob/REL_18_STABLE/src/backend/commands/indexcmds.c (makeObjectName)
 */
function serverName(parts: readonly string[], label: string): string {
  const lengths = parts.map((it) => Buffer.byteLength(it));
  const room = longest - label.length - parts.length;
  while (sum(lengths) > room) {
    // Of two that are as long, the second.
    const longestPart = lengths.lastIndexOf(Math.max(...lengths));
    lengths[longestPart] = (lengths[longestPart] ?? 0) - 1;
  }
  return join(
    parts.map((it, at) => clipped(it, lengths[at] ?? 0)),
    label,
  );
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, it) => all + it, 0);
}

/** The characters of `text` that fit into `bytes`. */
function clipped(text: string, bytes: number): string {
  let room = bytes;
  let clip = "";
  for (const character of text) {
    room -= Buffer.byteLength(character);
    if (room < 0) break;
    clip += character;
  }
  return clip;
}

/** Of `_`, twelve characters and `_fkey`. */
const suffix = 18;

function shortForeignKeyName({ table, columns, to, references }: Reference): string {
  const name = join(table, columns, to, references, "fkey");
  if (name.length <= longest) return name;
  const short = join(digest(name), "fkey");
  return table.length < longest - suffix ? join(table, short) : short;
}

const digits = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

/** drizzle-kit's polynomial hash of base 53, in twelve digits of base 62. */
function digest(text: string): string {
  const base = BigInt(digits.length);
  const range = base ** 12n;
  let rest = 0n;
  let power = 1n;
  for (const character of text) {
    rest = (rest + BigInt(character.codePointAt(0) ?? 0) * power) % range;
    power = (power * 53n) % range;
  }
  let written = "";
  for (let place = 0; place < 12; place += 1) {
    written = `${digits[Number(rest % base)]}${written}`;
    rest /= base;
  }
  return written;
}
