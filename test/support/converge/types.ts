/** The types of generated columns, with defaults that fit them, and with the value that row `n` has. */
import type { ColumnType } from "../../../src/model/column-type.ts";
import type { DialectName, Expression, Literal } from "../../../src/model/schema.ts";
import { sameName } from "../../../src/operations/apply/names.ts";
import type { Condition, EnumPlan } from "./blueprint.ts";

export interface Typed {
  readonly type: ColumnType;
  readonly defaults: readonly (Literal | Expression)[];
  /** SQL of the value that row `n`, from 1, has: different for each where the type has so many. */
  readonly value: (n: number) => string;
  /** SQL that `value` satisfies. */
  readonly sensible: (column: string) => string;
  readonly first: (column: string) => string;
}

const numeric = (type: ColumnType): Typed => ({
  type,
  defaults: [0, 7, { sql: "1 + 1" }],
  value: (n) => `${n}`,
  sensible: (column) => `${column} > 0 AND ${column} < 1000`,
  first: (column) => `${column} IN (1, 2, 3)`,
});

const textual = (type: ColumnType): Typed => ({
  type,
  defaults: ["0", "it's", { sql: "'1' || '2'" }],
  value: (n) => `'${n}'`,
  sensible: (column) => `length(${column}) > 0 AND ${column} <> 'x'`,
  first: (column) => `${column} IN ('1', '2', '3')`,
});

const quoted = (
  type: ColumnType,
  values: (n: number) => string,
  defaults: Typed["defaults"],
): Typed => ({
  type,
  defaults,
  value: (n) => `'${values(n)}'`,
  sensible: (column) => `${column} IS NOT NULL OR 1 = 1`,
  first: (column) => `${column} IS NULL OR ${column} IS NOT NULL`,
});

const enumerated = ({ name, values }: EnumPlan): Typed => {
  const literal = (at: number) => `'${(values[at % values.length] ?? "").replaceAll("'", "''")}'`;
  return {
    type: { kind: "enum", name },
    defaults: [values[0] ?? "", values.at(-1) ?? ""],
    value: (n) => literal(n),
    sensible: (column) => `${column} IN (${values.map((_, at) => literal(at)).join(", ")})`,
    first: (column) => `${column} = ${literal(0)} OR ${column} <> ${literal(0)}`,
  };
};

/** Of what is computed only little is known. */
export const computedType: Typed = quoted({ kind: "text" }, String, []);

const day = (n: number) => `2026-01-0${n}`;

const ofPostgres: readonly Typed[] = [
  textual({ kind: "text" }),
  textual({ kind: "varchar", length: 20 }),
  textual({ kind: "varchar", length: 50 }),
  textual({ kind: "varchar" }),
  numeric({ kind: "smallint" }),
  numeric({ kind: "integer" }),
  numeric({ kind: "integer" }),
  numeric({ kind: "bigint" }),
  numeric({ kind: "serial" }),
  numeric({ kind: "doublePrecision" }),
  numeric({ kind: "numeric", precision: 8, scale: 2 }),
  numeric({ kind: "numeric" }),
  quoted({ kind: "boolean" }, (n) => (n % 2 === 0 ? "t" : "f"), [true, false]),
  quoted({ kind: "date" }, day, ["2024-02-29", { sql: "CURRENT_DATE" }]),
  quoted({ kind: "timestamp", precision: 3 }, day, ["2024-02-29 12:00:00", { sql: "now()" }]),
  quoted({ kind: "timestamp", timezone: true }, day, [
    { sql: "now()" },
    { sql: "CURRENT_TIMESTAMP" },
  ]),
  quoted({ kind: "jsonb" }, (n) => `{"n": ${n}}`, ['{"a":1}', "[]"]),
  quoted({ kind: "json" }, (n) => `{"n": ${n}}`, ['{"a":1}']),
  quoted({ kind: "uuid" }, (n) => `00000000-0000-4000-8000-00000000000${n}`, [
    { sql: "gen_random_uuid()" },
  ]),
  quoted({ kind: "array", of: { kind: "text" }, dimensions: 1 }, (n) => `{${n}}`, ["{}", "{a,b}"]),
  quoted({ kind: "array", of: { kind: "integer" }, dimensions: 1 }, (n) => `{${n}}`, ["{}"]),
];

const ofSqlite: readonly Typed[] = [
  textual({ kind: "text" }),
  textual({ kind: "varchar", length: 20 }),
  numeric({ kind: "integer" }),
  numeric({ kind: "integer" }),
  numeric({ kind: "real" }),
  numeric({ kind: "numeric" }),
  quoted({ kind: "boolean" }, (n) => `${n % 2}`, [true, false]),
  quoted({ kind: "bytea" }, String, [{ sql: "x'00ff'" }]),
  quoted({ kind: "json" }, (n) => `{"n": ${n}}`, ['{"a":1}']),
];

export function typesOf(dialect: DialectName, enums: readonly EnumPlan[]): readonly Typed[] {
  if (dialect === "sqlite") return ofSqlite;
  const lists = enums.map(
    ({ name }): ColumnType => ({
      kind: "array",
      of: { kind: "enum", name },
      dimensions: 1,
    }),
  );
  return [
    ...ofPostgres,
    ...enums.map(enumerated),
    ...enums.map(enumerated),
    ...lists.map((type) => quoted(type, () => "{}", ["{}"])),
  ];
}

/** How columns of `type` are; undefined where it is of an enum that is not there. */
export function typed(
  type: ColumnType,
  dialect: DialectName,
  enums: readonly EnumPlan[],
): Typed | undefined {
  return typesOf(dialect, enums).find((it) => isSame(it.type, type));
}

function isSame(one: ColumnType, other: ColumnType): boolean {
  if (one.kind === "enum" && other.kind === "enum") return sameName(one.name, other.name);
  return JSON.stringify(one) === JSON.stringify(other);
}

export function conditionSql(condition: Condition, column: string, of: Typed): string {
  const quoted = `"${column}"`;
  switch (condition) {
    case "present":
      return `${quoted} IS NOT NULL OR 1 = 1`;
    case "sensible":
      return of.sensible(quoted);
    case "first":
      return of.first(quoted);
  }
}
