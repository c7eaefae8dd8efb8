/** A blueprint after a few changes, as somebody edits a schema between two revisions. */
import type { Chance } from "../arbitrary-chance.ts";
import {
  anotherTable,
  type Blueprint,
  type ColumnPlan,
  columnNames,
  conditions,
  localOf,
  makeCheck,
  makeColumn,
  makeEnum,
  makeIndex,
  makeKey,
  makeUnique,
  type TablePlan,
} from "./blueprint.ts";
import { makeReferences, makeView } from "./blueprint-links.ts";
import { typesOf } from "./types.ts";

export function edited(chance: Chance, blueprint: Blueprint): Blueprint {
  let result = blueprint;
  for (let left = 1 + chance.upTo(4); left > 0; left -= 1) result = editOnce(chance, result);
  return result;
}

type Edit = (chance: Chance, blueprint: Blueprint) => Blueprint;

function editOnce(chance: Chance, blueprint: Blueprint): Blueprint {
  return chance.one(edits)(chance, blueprint);
}

type TableEdit = (chance: Chance, table: TablePlan, blueprint: Blueprint) => TablePlan;

/** The edit of one of the tables. */
function inTable(edit: TableEdit): Edit {
  return (chance, blueprint) => {
    if (blueprint.tables.length === 0) return blueprint;
    const chosen = chance.one(blueprint.tables);
    const made = edit(chance, chosen, blueprint);
    return { ...blueprint, tables: blueprint.tables.map((it) => (it === chosen ? made : it)) };
  };
}

/** The edit of one of its columns. */
function inColumn(
  edit: (chance: Chance, column: ColumnPlan, blueprint: Blueprint) => ColumnPlan,
): Edit {
  return inTable((chance, table, blueprint) => {
    const chosen = chance.one(table.columns);
    const made = edit(chance, chosen, blueprint);
    return { ...table, columns: table.columns.map((it) => (it === chosen ? made : it)) };
  });
}

const retype = inColumn((chance, column, { dialect, enums }) => ({
  ...column,
  type: chance.one(typesOf(dialect, enums)).type,
  numbers: null,
}));

const addColumn = inTable((chance, table, blueprint) => {
  const free = columnNames.filter((name) => !table.columns.some((it) => it.name === name));
  if (free.length === 0) return table;
  const column = makeColumn(chance, blueprint, chance.one(free), table.columns);
  return { ...table, columns: [...table.columns, column] };
});

const edits: readonly Edit[] = [
  retype,
  retype,
  addColumn,
  addColumn,
  inTable((chance, table) => {
    const gone = chance.one(table.columns);
    return table.columns.length < 2
      ? table
      : { ...table, columns: table.columns.filter((it) => it !== gone) };
  }),
  inColumn((_, column) => ({ ...column, notNull: !column.notNull })),
  inColumn((chance, column) => ({ ...column, initial: chance.one([null, 0, 1, 2]) })),
  inColumn((chance, column) => ({
    ...column,
    numbers: column.type.kind === "integer" ? chance.one([null, "always", "byDefault"]) : null,
    counter: chance.maybe(),
  })),
  // What is computed becomes plain, and the other way round.
  inTable((chance, table) => {
    const chosen = chance.one(table.columns);
    const others = table.columns.filter((it) => it !== chosen && it.from === null);
    const from = chosen.from === null && others.length > 0 ? chance.one(others).name : null;
    const made: ColumnPlan = { ...chosen, from, type: { kind: "text" } };
    return { ...table, columns: table.columns.map((it) => (it === chosen ? made : it)) };
  }),
  inTable((chance, table) => ({ ...table, key: chance.maybe() ? makeKey(chance, table) : null })),
  inTable((chance, table) => ({
    ...table,
    uniques: chance.maybe() ? [...table.uniques, makeUnique(chance, table)] : [],
  })),
  inTable((chance, table) => ({
    ...table,
    checks: table.checks.map((it) => ({ ...it, condition: chance.one(conditions) })),
  })),
  inTable((chance, table) => ({
    ...table,
    checks: chance.maybe() ? [] : [makeCheck(chance, table, `${localOf(table.name)}_rule`)],
  })),
  inTable((chance, table) => ({
    ...table,
    indexes: chance.maybe() ? [makeIndex(chance, table)] : [],
  })),
  inTable((chance, table) => ({
    ...table,
    indexes: table.indexes.map((it) => ({ ...it, ...makeIndex(chance, table), name: it.name })),
  })),
  inTable((chance, table, blueprint) => ({
    ...table,
    references: makeReferences(chance, blueprint, table),
  })),
  inTable((chance, table, { dialect }) => ({
    ...table,
    policies:
      dialect === "postgresql" && chance.maybe() ? [makeCheck(chance, table, "readers")] : [],
    rowSecurity: chance.maybe(),
  })),
  (chance, blueprint) => {
    const table = anotherTable(chance, blueprint);
    if (table === null) return blueprint;
    const all = { ...blueprint, tables: [...blueprint.tables, table] };
    const references = makeReferences(chance, all, table);
    return { ...blueprint, tables: [...blueprint.tables, { ...table, references }] };
  },
  (chance, blueprint) => {
    const [first] = blueprint.tables;
    const gone = first && chance.one(blueprint.tables);
    return { ...blueprint, tables: blueprint.tables.filter((it) => it !== gone) };
  },
  (chance, blueprint) => ({
    ...blueprint,
    enums: blueprint.enums.map((it) => makeEnum(chance, it.name)),
  }),
  (chance, blueprint) => ({
    ...blueprint,
    sequences:
      blueprint.dialect === "postgresql" && chance.maybe()
        ? [{ name: "counter", increment: chance.one(["1", "5"]) }]
        : [],
  }),
  (chance, blueprint) => ({
    ...blueprint,
    views:
      chance.maybe() && blueprint.tables.length > 0
        ? [makeView(chance, blueprint, "overview")]
        : [],
  }),
];
