import { t } from "../../../../src/operations/columns.ts";
import { foreignKey, primaryKey } from "../../../../src/operations/constraints.ts";
import type { Op } from "../../../../src/operations/op.ts";
import type { Family } from "./family.ts";

const odd = ['say "no"; --', "a.b", "😀 é", "select", "Aa", "$$", "'q'", "x".repeat(63)];

/** The same objects under every odd name, each in a schema of that name. */
export const names: Family = {
  name: "names",
  before: "",
  up: Object.fromEntries(odd.map((name) => [JSON.stringify(name), (op: Op) => make(op, name)])),
  down: (op) => {
    for (const name of odd) {
      op.dropView({ schema: name, name: "v" }, { materialized: true });
      op.dropTable({ schema: name, name });
      op.dropSequence({ schema: name, name: "s" });
      op.dropEnum({ schema: name, name: "e" });
      op.dropSchema(name);
    }
  },
};

function make(op: Op, name: string): void {
  const here = (it: string) => ({ schema: name, name: it });
  op.createSchema(name, { comment: name });
  op.createEnum(here("e"), ["a", name]);
  op.createSequence(here("s"));
  op.createTable(
    here(name),
    [
      t.integer(name, { notNull: true, comment: name }),
      t.enum("enum", here("e"), { default: name }),
      t.integer("other"),
    ],
    [primaryKey(`${name.slice(0, 60)}pk`, [name], { comment: name })],
  );
  op.addConstraint(here(name), foreignKey(name, ["other"], here(name), [name]));
  op.renameConstraint(here(name), name, "fk");
  op.renameConstraint(here(name), "fk", name);
  op.createIndex("i", here(name), [{ on: name, order: "desc" }], {
    include: [name],
    comment: name,
  });
  op.renameIndex(here(name), "i", `${name.slice(0, 60)}ix`);
  op.alterColumn(here(name), name, { identity: "always" });
  op.alterEnum(here("e"), [name, "b"], {
    columns: [{ table: here(name), column: "enum", default: name }],
    map: { a: name },
  });
  op.createPolicy(name, here(name), { using: "true", comment: name });
  op.createView(here("v"), "SELECT 1 AS a", { materialized: true, columns: [name], comment: name });
  op.grant(["SELECT"], { table: here(name), columns: [name] }, ["current_user"]);
}
