/** Keys, uniques and checks. */
import {
  check,
  column,
  id,
  index,
  key,
  reference,
  schema,
  table,
  unique,
} from "../../support/converge/tables.ts";
import { a, type Case, n, only, t } from "./case.ts";

export const ofConstraints: readonly Case[] = [
  {
    what: "a primary key comes",
    from: schema([table("t", [id])]),
    to: schema([table("t", [id], [key()])]),
    kinds: ["addConstraint"],
  },
  {
    what: "a primary key goes",
    from: schema([table("t", [id], [key()])]),
    to: schema([table("t", [id])]),
    kinds: ["dropConstraint"],
  },
  {
    what: "a primary key is of other columns",
    from: schema([table("t", [id, { ...n, notNull: true }], [key()])]),
    to: schema([table("t", [id, { ...n, notNull: true }], [key(["id", "n"])])]),
    kinds: ["dropConstraint", "addConstraint"],
  },
  {
    what: "a primary key moves while a foreign key refers to its columns",
    from: schema([table("t", [id, n], [key()]), table("u", [n], [reference("u_t", "n", "t")])]),
    to: schema([
      table("t", [id, { ...n, notNull: true }], [key(["n"]), unique("t_id", ["id"])]),
      table("u", [n], [reference("u_t", "n", "t")]),
    ]),
    kinds: [
      "dropConstraint",
      "dropConstraint",
      "alterColumn",
      "addConstraint",
      "addConstraint",
      "addConstraint",
    ],
    only,
  },
  {
    what: "a check comes",
    from: t([n]),
    to: t([n], [check("c", `"n" > 0`)]),
    kinds: ["addConstraint"],
  },
  {
    what: "a check goes",
    from: t([n], [check("c", `"n" > 0`)]),
    to: t([n]),
    kinds: ["dropConstraint"],
  },
  {
    what: "a check says something else",
    from: t([n], [check("c", `"n" > 0`)]),
    to: t([n], [check("c", `"n" > 1`)]),
    kinds: ["dropConstraint", "addConstraint"],
  },
  {
    what: "a check says the same in other words",
    from: t([n], [check("c", `"n" > 0`)]),
    to: t([n], [check("c", `( t.N  >  0 )`)]),
    kinds: [],
  },
  {
    what: "a check reads what becomes of another type",
    from: t([a], [check("c", `"a" in ('1', '2')`)]),
    to: t([n, column("a", "integer")], [check("c", `"a" in (1, 2)`)]),
    kinds: ["dropConstraint", "addColumn", "alterColumn", "addConstraint"],
  },
  {
    what: "a unique comes",
    from: t([a]),
    to: t([a], [unique("u", ["a"])]),
    kinds: ["addConstraint"],
  },
  {
    what: "a unique goes",
    from: t([a], [unique("u", ["a"])]),
    to: t([a]),
    kinds: ["dropConstraint"],
  },
  {
    what: "a unique is called otherwise",
    from: t([a], [unique("u", ["a"])]),
    to: t([a], [unique("v", ["a"])]),
    kinds: ["renameConstraint"],
  },
  {
    what: "a derived name of a unique is another",
    from: t([a], [unique("u", ["a"])]),
    to: t([a], [{ ...unique("t_a_key", ["a"]), derivedName: true }]),
    kinds: [],
  },
  {
    what: "a unique has its columns in another order",
    from: t([a, n], [unique("u", ["a", "n"])]),
    to: t([a, n], [unique("u", ["n", "a"])]),
    kinds: ["dropConstraint", "addConstraint"],
  },
  {
    what: "NULLs are not distinct",
    from: t([a], [unique("u", ["a"])]),
    to: t([a], [{ ...unique("u", ["a"]), nullsNotDistinct: true } as never]),
    kinds: ["dropConstraint", "addConstraint"],
    only,
  },
  {
    what: "a unique index is a unique constraint",
    from: t([a], [index("u", ["a"], { unique: true })]),
    to: t([a], [unique("t_a_unique", ["a"])]),
    kinds: [],
    only: "sqlite",
  },
  {
    what: "a unique is deferrable, and another excludes",
    from: t([a]),
    to: t([a]),
    kinds: ["dropConstraint"],
    only,
    byHand:
      "ALTER TABLE t ADD CONSTRAINT late UNIQUE (a) DEFERRABLE; ALTER TABLE t ADD EXCLUDE USING gist (int4range(id, id) WITH &&)",
  },
  {
    what: "a foreign key comes",
    from: t([n]),
    to: t([n], [reference("f", "n", "t")]),
    kinds: ["addConstraint"],
  },
  {
    what: "a foreign key goes",
    from: t([n], [reference("f", "n", "t")]),
    to: t([n]),
    kinds: ["dropConstraint"],
  },
  {
    what: "a foreign key has other actions",
    from: t([n], [reference("f", "n", "t")]),
    to: t([n], [reference("f", "n", "t", { onDelete: "cascade" })]),
    kinds: ["dropConstraint", "addConstraint"],
  },
  {
    what: "a foreign key is called otherwise",
    from: t([n], [reference("f", "n", "t")]),
    to: t([n], [reference("g", "n", "t")]),
    kinds: ["renameConstraint"],
  },
  {
    what: "a foreign key is deferrable",
    from: t([n], [reference("f", "n", "t")]),
    to: t([n], [reference("f", "n", "t")]),
    kinds: [],
    only,
    byHand: "ALTER TABLE t ALTER CONSTRAINT f DEFERRABLE INITIALLY DEFERRED",
  },
  {
    what: "a foreign key has another target",
    from: schema([
      table("t", [id, n], [key(), reference("f", "n", "t")]),
      table("u", [id], [key(["id"], "u_pkey")]),
    ]),
    to: schema([
      table("t", [id, n], [key(), reference("f", "n", "u")]),
      table("u", [id], [key(["id"], "u_pkey")]),
    ]),
    kinds: ["dropConstraint", "addConstraint"],
  },
];
