/** A wanted schema in the words of the current one, wherever they say the same. */
import type { ColumnType } from "../../model/column-type.ts";
import {
  type Check,
  type Constraint,
  displayName,
  type ObjectName,
  type Schema,
  type SchemaTable,
} from "../../model/schema.ts";
import type { Policy } from "../../model/security.ts";
import type { View } from "../../model/view.ts";
import { alignColumn, isOfKind } from "./normalise-columns.ts";
import { alignIndexes } from "./normalise-indexes.ts";
import { mentions } from "./normalise-mentions.ts";
import { plainName, type Verdict } from "./normalise-slots.ts";

/** `desired` with the texts of `current` wherever `verdict` says that they are the same. */
export function align(current: Schema, desired: Schema, verdict: Verdict): Schema {
  const tables = byNames(current.tables);
  const views = byNames(current.views);
  const retyped: Retyped[] = [];
  const aligned = desired.tables.map((it) => {
    const now = tables.get(keyOf(it.name));
    return now ? alignTable(now, it, verdict, retyped) : it;
  });
  return {
    ...desired,
    tables: aligned,
    views: desired.views.map((it) => {
      const now = views.get(keyOf(it.name));
      return now && !readsRetyped(it, retyped) ? alignView(now, it, verdict) : it;
    }),
  };
}

function byNames<It extends { readonly name: ObjectName }>(all: readonly It[]) {
  return new Map(all.map((it) => [keyOf(it.name), it]));
}

/** A key that no other name has. */
export function keyOf(name: ObjectName): string {
  return typeof name === "string" ? name : JSON.stringify([name.schema, name.name]);
}

function alignTable(
  now: SchemaTable,
  wanted: SchemaTable,
  verdict: Verdict,
  retyped: Retyped[],
): SchemaTable {
  const columns = new Map(now.columns.map((it) => [it.name, it]));
  const types = wanted.columns.flatMap((it) => {
    const column = columns.get(it.name);
    return column ? [alignColumn(now, column, it, verdict)] : [];
  });
  const names = types.filter(({ name, type }) => isOther(columns.get(name)?.type, type));
  const own = { table: plainName(now.name), columns: names.map(({ name }) => name) };
  if (own.columns.length > 0) retyped.push(own);
  const decide: Verdict = (slot) => {
    const isOf = own.columns.length > 0 && mentions(slot.parts.join(" "), own.columns);
    return isOf && slot.asks.kind !== "type" ? null : verdict(slot);
  };
  return {
    ...wanted,
    columns: wanted.columns.map((it) => {
      const column = columns.get(it.name);
      return column ? alignColumn(now, column, it, decide) : it;
    }),
    constraints: alignConstraints(now, wanted, decide),
    indexes: alignIndexes(now, wanted, decide),
    policies: wanted.policies.map((it) => alignPolicy(now, it, decide)),
  };
}

/**
 * Columns that become of another kind. What reads one is made anew, and in the words of the project: the server's are for the
 * old type, `(name)::text` and `(1)::numeric`, and it would keep to them.
 */
interface Retyped {
  readonly table: string;
  readonly columns: readonly string[];
}

function isOther(now: ColumnType | undefined, wanted: ColumnType): boolean {
  return now !== undefined && !isOfKind(now, wanted);
}

function readsRetyped({ definition: { sql } }: View, retyped: readonly Retyped[]): boolean {
  return retyped.some(({ table, columns }) => mentions(sql, [table]) && mentions(sql, columns));
}

function alignConstraints(
  now: SchemaTable,
  wanted: SchemaTable,
  verdict: Verdict,
): readonly Constraint[] {
  const checks = now.constraints.filter((it): it is Check => it.kind === "check");
  const names = new Set(wanted.constraints.map(({ name }) => name));
  // One that has no namesake may have got another name.
  const free = checks.filter(({ name }) => !names.has(name));
  return wanted.constraints.map((it) => {
    if (it.kind !== "check") return it;
    const namesake = checks.filter(({ name }) => name === it.name);
    const same = verdict({
      key: `check ${keyOf(now.name)} ${it.name}`,
      object: `${displayName(now.name)}.${it.name}`,
      asks: { kind: "check", table: now },
      parts: [it.expression.sql],
      candidates: (namesake.length > 0 ? namesake : free).map(({ expression }) => [expression.sql]),
    });
    return same ? { ...it, expression: { sql: same[0] ?? "" } } : it;
  });
}

function alignPolicy(now: SchemaTable, wanted: Policy, verdict: Verdict): Policy {
  const policy = now.policies.find(({ name }) => name === wanted.name);
  if (!policy) return wanted;
  const same = verdict({
    key: `policy ${keyOf(now.name)} ${wanted.name}`,
    object: `${displayName(now.name)}.${wanted.name}`,
    asks: { kind: "policy", table: now },
    parts: textsOf(wanted),
    candidates: [textsOf(policy)],
  });
  if (!same) return wanted;
  const { using: _using, withCheck: _withCheck, ...rest } = wanted;
  const { using, withCheck } = policy;
  return { ...rest, ...(using && { using }), ...(withCheck && { withCheck }) };
}

function textsOf({ using, withCheck }: Policy): readonly string[] {
  return [using?.sql ?? "", withCheck?.sql ?? ""];
}

function alignView(now: View, wanted: View, verdict: Verdict): View {
  const same = verdict({
    key: `view ${keyOf(now.name)}`,
    object: displayName(now.name),
    asks: { kind: "view", columns: wanted.columns ?? [] },
    parts: [wanted.definition.sql],
    candidates: [[now.definition.sql]],
  });
  if (!same) return wanted;
  const { columns: _columns, ...rest } = wanted;
  return { ...rest, definition: now.definition };
}
