/** Calls of `op` at random, with the values and the SQL that a revision may write. */
import { type ColumnInput, t } from "../../src/operations/columns.ts";
import {
  type ConstraintInput,
  check,
  foreignKey,
  primaryKey,
  unique,
} from "../../src/operations/constraints.ts";
import type { Op } from "../../src/operations/op.ts";
import { sql } from "../../src/operations/sql.ts";
import type { Chance } from "./arbitrary-chance.ts";

type Call = (op: Op, chance: Chance) => void;

const names = ["posts", "Users", "with space", 'q"uote'];
const values = [null, true, -1.5, 7n, "it's", new Date(0), new Uint8Array([0, 255])];

/** A script of some calls. */
export function makeScript(chance: Chance): (op: Op) => void {
  const chosen = Array.from({ length: 1 + chance.upTo(5) }, () => chance.one(calls));
  return (op) => {
    for (const call of chosen) op.on(op.dialect, (it) => call(it, chance));
  };
}

function column({ one, maybe }: Chance): ColumnInput {
  const options = {
    notNull: maybe(),
    default: one(values),
    ...(maybe() && { collation: { postgresql: "C", sqlite: "NOCASE" } }),
    ...(maybe() && { comment: "what it's for" }),
    ...(maybe() && { array: 2 }),
  };
  return one([
    t.text(one(names), options),
    t.numeric(one(names), { precision: 8, scale: 2, default: sql`1 + ${one([1, 2])}` }),
    t.integer(one(names), { identity: { generated: "always", startWith: 5n, cycle: false } }),
    t.text(one(names), { generated: sql`lower(${sql.identifier(one(names))})` }),
    t.enum(
      one(names),
      { schema: "app", name: "mood" },
      { default: { postgresql: "ok", sqlite: null } },
    ),
    t.raw(one(names), { postgresql: "citext", sqlite: "text" }),
    t.jsonb(one(names), { default: { a: [1, null] } }),
  ]);
}

function constraint({ one }: Chance): ConstraintInput {
  return one([
    primaryKey(one(names), [one(names)], { include: ["more"] }),
    unique(one(names), [one(names)], { nullsNotDistinct: true, deferrable: "deferred" }),
    foreignKey(one(names), ["a"], { schema: "app", name: one(names) }, ["b"], {
      onDelete: "cascade",
      notValid: true,
    }),
    check(one(names), { postgresql: sql`a > ${one([1, 2])}`, sqlite: null }),
  ]);
}

const calls: readonly Call[] = [
  (op, it) =>
    op.createTable(it.one(names), [column(it)], [constraint(it)], {
      comment: "x",
      strict: it.maybe(),
    }),
  (op, it) => op.dropTable(it.one(names), { ifExists: it.maybe() }),
  (op, it) => op.renameTable(it.one(names), it.one(names)),
  (op, it) => {
    const made = column(it);
    // What is computed is not filled.
    const fill = made.generated ? {} : { backfill: sql`${it.one(values)}` };
    op.addColumn(it.one(names), made, { after: "id", ...fill });
  },
  (op, it) =>
    op.alterColumn(it.one(names), it.one(names), {
      type: t.varchar("x").type,
      default: it.one(values),
      using: "lower(a)",
    }),
  (op, it) =>
    op.alterColumn(it.one(names), it.one(names), {
      identity: null,
      generated: null,
      comment: null,
    }),
  (op, it) => op.addConstraint(it.one(names), constraint(it)),
  (op, it) =>
    op.batchAlterTable(it.one(names), (batch) => {
      batch.dropColumn(it.one(names));
      batch.renameConstraint(it.one(names), it.one(names));
      batch.validateConstraint(it.one(names));
    }),
  (op, it) =>
    op.createIndex(
      it.one(names),
      it.one(names),
      [it.one(names), sql`lower(a)`, { on: "b", order: "desc", nulls: "last" }],
      {
        where: sql`a = ${it.one(values)}`,
        unique: it.maybe(),
        with: { fillfactor: 70 },
      },
    ),
  (op, it) => op.renameIndex(it.one(names), it.one(names), it.one(names)),
  (op, it) => op.insert(it.one(names), [{ a: it.one(values), b: sql`now()` }]),
  (op, it) => op.execute(sql`UPDATE posts SET a = ${it.one(values)}`),
  (op, it) => op.run(it.one(names), async () => {}),
  (op, it) => op.createEnum(it.one(names), ["a", "b"], { comment: "x" }),
  (op, it) =>
    op.addEnumValue(
      it.one(names),
      "c",
      it.one([{}, { before: "a" }, { after: "b", ifNotExists: true }]),
    ),
  (op, it) =>
    op.alterEnum(it.one(names), ["b"], {
      columns: [{ table: "t", column: "c", default: "b" }],
      map: { a: "b" },
    }),
  (op, it) => op.createSchema(it.one(names), { ifNotExists: it.maybe() }),
  (op, it) => op.createExtension(it.one(names), { schema: "app", version: "1.0" }),
  (op, it) =>
    op.createSequence(it.one(names), { increment: -2n, type: "integer", cycle: it.maybe() }),
  (op, it) =>
    op.createView(it.one(names), sql`SELECT ${it.one(values)}`, {
      with: { security_invoker: true },
    }),
  (op, it) => op.comment({ table: it.one(names), column: it.one(names) }, it.one([null, "it's"])),
  (op, it) => op.createRole(it.one(names), { login: it.maybe(), inherit: it.maybe() }),
  (op, it) =>
    op.grant(["select", "update"], { table: it.one(names), columns: ["a"] }, ["public"], {
      grantOption: it.maybe(),
    }),
  (op, it) => op.createPolicy(it.one(names), it.one(names), { using: sql`a = ${it.one(values)}` }),
  (op, it) => op.rowSecurity(it.one(names), { enabled: it.maybe() }),
];
