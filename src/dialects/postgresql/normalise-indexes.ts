/** Wanted indexes in the words of the current ones. */
import {
  displayName,
  type Expression,
  type Index,
  type IndexColumn,
  type SchemaTable,
} from "../../model/schema.ts";
import type { Verdict } from "./normalise-slots.ts";

export function alignIndexes(
  now: SchemaTable,
  wanted: SchemaTable,
  verdict: Verdict,
): readonly Index[] {
  const names = new Set(wanted.indexes.map(({ name }) => name));
  const free = now.indexes.filter(({ name }) => !names.has(name));
  return wanted.indexes.map((it) => {
    const namesake = now.indexes.filter(({ name }) => name === it.name);
    // One that has no namesake may have got another name.
    const others = namesake.length > 0 ? namesake : free;
    return alignIndex(
      now,
      others.filter((other) => hasShape(other, it)),
      it,
      verdict,
    );
  });
}

/** Columns and expressions in the same places, of the same method, and both with a predicate or both without. */
function hasShape(a: Index, b: Index): boolean {
  return (
    a.columns.length === b.columns.length &&
    (a.method ?? "btree") === (b.method ?? "btree") &&
    (a.where === undefined) === (b.where === undefined) &&
    a.columns.every(({ of }, at) => {
      const other = b.columns[at]?.of;
      return typeof of === "string" ? of === other : typeof other === "object";
    })
  );
}

function alignIndex(
  now: SchemaTable,
  candidates: readonly Index[],
  wanted: Index,
  verdict: Verdict,
): Index {
  const parts = textsOf(wanted);
  if (parts.every((text) => text === "")) return withUsualClasses(wanted, candidates);
  const same = verdict({
    key: `index ${JSON.stringify(now.name)} ${wanted.name}`,
    object: `${displayName(now.name)}.${wanted.name}`,
    asks: { kind: "index", table: now, columns: wanted.columns, method: wanted.method ?? "btree" },
    parts,
    candidates: candidates.map(textsOf),
  });
  return withUsualClasses(same ? withTexts(wanted, same) : wanted, candidates);
}

/** Its expressions, "" in the place of a column, and its predicate. */
function textsOf({ columns, where }: Index): readonly string[] {
  const of = columns.map((column) => (typeof column.of === "string" ? "" : column.of.sql));
  return [...of, where?.sql ?? ""];
}

function withTexts(index: Index, texts: readonly string[]): Index {
  const where: Expression = { sql: texts.at(-1) ?? "" };
  const columns = index.columns.map((column, at): IndexColumn => {
    return typeof column.of === "string" ? column : { ...column, of: { sql: texts[at] ?? "" } };
  });
  return { ...index, columns, ...(index.where && { where }) };
}

/** `text_ops` on a text is what it is anyway, and the catalogue does not say it. */
function withUsualClasses(wanted: Index, candidates: readonly Index[]): Index {
  const [now] = candidates;
  if (now === undefined || candidates.length > 1) return wanted;
  const columns = wanted.columns.map((column, at): IndexColumn => {
    const { operatorClass, ...rest } = column;
    const unsaid = now.columns[at]?.operatorClass === undefined;
    return operatorClass && unsaid && usualClasses.has(operatorClass.toLowerCase()) ? rest : column;
  });
  return { ...wanted, columns };
}

/**
 * Operator classes that are the usual one of their type, under the names that people write.
 * https://www.postgresql.org/docs/current/indexes-opclass.html
 */
const usualClasses = new Set(
  `array_ops bit_ops bool_ops bpchar_ops bytea_ops char_ops cidr_ops date_ops enum_ops float4_ops float8_ops inet_ops
  int2_ops int4_ops int8_ops interval_ops jsonb_ops macaddr_ops name_ops numeric_ops oid_ops range_ops record_ops text_ops
  time_ops timestamp_ops timestamptz_ops timetz_ops tsvector_ops uuid_ops varbit_ops varchar_ops`.split(
    /\s+/,
  ),
);
