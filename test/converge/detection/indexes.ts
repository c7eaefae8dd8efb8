/** Indexes. */
import { column, index } from "../../support/converge/tables.ts";
import { a, type Case, n, only, t } from "./case.ts";

const again = ["dropIndex", "createIndex"];

const indexed = (from: ReturnType<typeof index>, to: ReturnType<typeof index>) => ({
  from: t([a, n], [from]),
  to: t([a, n], [to]),
});

export const ofIndexes: readonly Case[] = [
  { what: "an index comes", from: t([a]), to: t([a], [index("i", ["a"])]), kinds: ["createIndex"] },
  { what: "an index goes", from: t([a], [index("i", ["a"])]), to: t([a]), kinds: ["dropIndex"] },
  {
    what: "an index is called otherwise",
    ...indexed(index("i", ["a"]), index("j", ["a"])),
    kinds: ["renameIndex"],
  },
  {
    what: "an index becomes unique",
    ...indexed(index("i", ["a"]), index("i", ["a"], { unique: true })),
    kinds: again,
  },
  {
    what: "an index has its columns in another order",
    ...indexed(index("i", ["a", "n"]), index("i", ["n", "a"])),
    kinds: again,
  },
  {
    what: "an index descends",
    ...indexed(index("i", ["a"]), { name: "i", columns: [{ of: "a", order: "desc" }] }),
    kinds: again,
  },
  {
    what: "an index has another expression",
    ...indexed(index("i", [{ sql: `lower("a")` }]), index("i", [{ sql: `upper("a")` }])),
    kinds: again,
  },
  {
    what: "an index says its expression in other words",
    ...indexed(index("i", [{ sql: `lower("a")` }]), index("i", [{ sql: `LOWER( a )` }])),
    kinds: [],
  },
  {
    what: "an index has a predicate",
    ...indexed(index("i", ["a"]), index("i", ["a"], { where: { sql: `"n" > 0` } })),
    kinds: again,
  },
  {
    what: "an index has another predicate",
    ...indexed(
      index("i", ["a"], { where: { sql: `"n" > 0` } }),
      index("i", ["a"], { where: { sql: `"n" > 1` } }),
    ),
    kinds: again,
  },
  {
    what: "an index has another method",
    ...indexed(index("i", ["a"]), index("i", ["a"], { method: "hash" })),
    kinds: again,
    only,
  },
  {
    what: "an index has an operator class",
    ...indexed(index("i", ["a"]), {
      name: "i",
      columns: [{ of: "a", operatorClass: "text_pattern_ops" }],
    }),
    kinds: again,
    only,
  },
  {
    what: "an index has parameters",
    ...indexed(index("i", ["a"]), index("i", ["a"], { with: { fillfactor: 70 } })),
    kinds: again,
    only,
  },
  {
    what: "an index includes a column by hand",
    ...indexed(index("i", ["a"]), index("i", ["a"])),
    kinds: [],
    only,
    byHand: "DROP INDEX i; CREATE INDEX i ON t (a) INCLUDE (n)",
  },
  {
    what: "an index reads what becomes of another type",
    from: t([a], [index("i", ["id"], { where: { sql: `"a" <> '0'` } })]),
    to: t([column("a", "integer")], [index("i", ["id"], { where: { sql: `"a" <> 0` } })]),
    kinds: ["dropIndex", "alterColumn", "createIndex"],
  },
];
