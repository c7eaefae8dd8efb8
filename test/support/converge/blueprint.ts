/**
 * Wanted schemas at random, as plain choices. What they say of a column (a check, a predicate, a default) is said by what is
 * wanted of it, not by its text: a column can change its type, and whatever reads it is spelled for the new one.
 */
import type { ColumnType } from "../../../src/model/column-type.ts";
import type { DialectName, ObjectName } from "../../../src/model/schema.ts";
import type { Chance } from "../arbitrary-chance.ts";
import { makeReferences, makeView } from "./blueprint-links.ts";
import { typesOf } from "./types.ts";

/** What may be said of a column; the text depends on its type. */
export const conditions = ["present", "sensible", "first"] as const;
export type Condition = (typeof conditions)[number];

export interface ColumnPlan {
  readonly name: string;
  readonly type: ColumnType;
  readonly notNull: boolean;
  /** Which of the defaults of its type. */
  readonly initial: number | null;
  readonly numbers: "always" | "byDefault" | null;
  /** The sequence that numbers it has a name of its own. */
  readonly counter?: boolean;
  /** Computed from this other column. */
  readonly from: string | null;
}

export interface KeyPlan {
  readonly columns: readonly string[];
  /** Given by the schema; else derived. */
  readonly name: string | null;
}

export interface ReferencePlan extends KeyPlan {
  readonly table: ObjectName;
  readonly onDelete: "cascade" | "set null" | null;
}

export interface CheckPlan {
  readonly name: string;
  readonly column: string;
  readonly condition: Condition;
}

export interface IndexPlan extends KeyPlan {
  readonly unique: boolean;
  readonly descends: boolean;
  readonly expression: boolean;
  readonly where: CheckPlan | null;
}

export interface TablePlan {
  readonly name: ObjectName;
  readonly columns: readonly ColumnPlan[];
  readonly key: KeyPlan | null;
  readonly uniques: readonly KeyPlan[];
  readonly references: readonly ReferencePlan[];
  readonly checks: readonly CheckPlan[];
  readonly indexes: readonly IndexPlan[];
  readonly policies: readonly CheckPlan[];
  readonly rowSecurity: boolean;
}

export interface ViewPlan {
  readonly name: string;
  readonly table: ObjectName;
  readonly columns: readonly string[];
  readonly where: CheckPlan | null;
  readonly materialized: boolean;
  /** Another view reads it. */
  readonly isRead: boolean;
}

export interface EnumPlan {
  readonly name: ObjectName;
  readonly values: readonly string[];
}

export interface Blueprint {
  readonly dialect: DialectName;
  readonly enums: readonly EnumPlan[];
  readonly sequences: readonly { readonly name: string; readonly increment: string }[];
  readonly tables: readonly TablePlan[];
  readonly views: readonly ViewPlan[];
}

const tableNames = ["users", "posts", "tags", "Odd name"] as const;
export const columnNames = ["id", "title", "parent_id", "Mixed", "amount", "state", "at"] as const;
const enumValues = ["new", "open", "it's done", "gone"] as const;

export function makeBlueprint(chance: Chance, dialect: DialectName): Blueprint {
  const isPostgres = dialect === "postgresql";
  const start: Blueprint = {
    dialect,
    enums: isPostgres ? [makeEnum(chance, "mood")] : [],
    sequences: isPostgres && chance.upTo(3) === 0 ? [{ name: "counter", increment: "2" }] : [],
    tables: [],
    views: [],
  };
  const names = chance.some(tableNames, 1, 3);
  const bare = names.map((name) => makeTable(chance, start, placed(chance, start, name)));
  const all = { ...start, tables: bare };
  const tables = bare.map((table) => ({
    ...table,
    references: makeReferences(chance, all, table),
  }));
  const made = { ...all, tables };
  return chance.maybe() ? { ...made, views: [makeView(chance, made, "overview")] } : made;
}

function placed({ upTo }: Chance, { dialect }: Blueprint, name: string): ObjectName {
  return dialect === "postgresql" && upTo(4) === 0 ? { schema: "app", name } : name;
}

export function makeEnum(chance: Chance, name: ObjectName): EnumPlan {
  const values = chance.some(enumValues, 1, 4);
  return { name, values: chance.upTo(3) === 0 ? values.toReversed() : values };
}

/** A table of a name that is free, or null. */
export function anotherTable(chance: Chance, blueprint: Blueprint): TablePlan | null {
  const free = tableNames.filter(
    (name) => !blueprint.tables.some((it) => localOf(it.name) === name),
  );
  if (free.length === 0) return null;
  return makeTable(chance, blueprint, placed(chance, blueprint, chance.one(free)));
}

export function localOf(name: ObjectName): string {
  return typeof name === "string" ? name : name.name;
}

function makeTable(chance: Chance, blueprint: Blueprint, name: ObjectName): TablePlan {
  const columns: ColumnPlan[] = [];
  for (const column of chance.some(columnNames, 2, 5))
    columns.push(makeColumn(chance, blueprint, column, columns));
  const empty: TablePlan = {
    name,
    columns,
    key: null,
    uniques: [],
    references: [],
    checks: [],
    indexes: [],
    policies: [],
    rowSecurity: false,
  };
  const local = localOf(name);
  return {
    ...empty,
    key: chance.upTo(3) > 0 ? makeKey(chance, empty) : null,
    uniques: chance.maybe() ? [makeUnique(chance, empty)] : [],
    checks: chance.maybe() ? [makeCheck(chance, empty, `${local}_rule`)] : [],
    indexes: chance.maybe() ? [makeIndex(chance, empty)] : [],
    policies:
      blueprint.dialect === "postgresql" && chance.upTo(2) === 0
        ? [makeCheck(chance, empty, "readers")]
        : [],
  };
}

export function makeColumn(
  chance: Chance,
  blueprint: Blueprint,
  name: string,
  others: readonly ColumnPlan[],
): ColumnPlan {
  const { maybe, one, upTo } = chance;
  const type = one(typesOf(blueprint.dialect, blueprint.enums)).type;
  const sources = others.filter((it) => it.from === null);
  const computed = sources.length > 0 && upTo(5) === 0;
  const numbered = type.kind === "integer" || type.kind === "bigint";
  return {
    name,
    type: computed ? { kind: "text" } : type,
    notNull: !computed && maybe(),
    initial: !computed && maybe() ? upTo(2) : null,
    numbers: numbered && !computed && upTo(3) === 0 ? one(["always", "byDefault"] as const) : null,
    counter: upTo(2) === 0,
    from: computed ? one(sources).name : null,
  };
}

/** Columns that a key may hold. */
function keyable({ columns }: TablePlan): readonly string[] {
  const kinds = ["json", "bytea"];
  const fit = columns.filter((it) => it.from === null && !kinds.includes(it.type.kind));
  return (fit.length > 0 ? fit : columns).map(({ name }) => name);
}

export function makeKey(chance: Chance, table: TablePlan): KeyPlan {
  const columns = chance.some(keyable(table), 1, 2);
  return { columns, name: chance.upTo(3) === 0 ? `${localOf(table.name)}_key_of_its_own` : null };
}

export function makeUnique(chance: Chance, table: TablePlan): KeyPlan {
  const columns = chance.some(keyable(table), 1, 2);
  const name = `${localOf(table.name)}_no_two_${columns.join("_")}`;
  return { columns, name: chance.maybe() ? name : null };
}

export function makeCheck(chance: Chance, { columns }: TablePlan, name: string): CheckPlan {
  return { name, column: chance.one(columns).name, condition: chance.one(conditions) };
}

export function makeIndex(chance: Chance, table: TablePlan): IndexPlan {
  const columns = chance.some(keyable(table), 1, 2);
  const name = `${localOf(table.name)}_by_${columns.join("_")}`;
  const expression = chance.upTo(3) === 0;
  return {
    columns,
    name: expression || chance.maybe() ? name : null,
    unique: chance.upTo(3) === 0,
    descends: chance.upTo(3) === 0,
    expression,
    where: chance.upTo(2) === 0 ? makeCheck(chance, table, "") : null,
  };
}
