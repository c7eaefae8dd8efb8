import type { Family } from "./family.ts";

const shop = (name: string) => ({ schema: "Shop 2", name });

export const objects: Family = {
  name: "objects",
  before: "",
  up: {
    schemas: (op) => {
      op.createSchema("shop", { comment: "what is sold" });
      op.createSchema("shop", { ifNotExists: true });
      op.renameSchema("shop", "Shop 2");
    },
    extensions: (op) => {
      op.dropExtension("plpgsql");
      op.createExtension("plpgsql", { schema: "pg_catalog", version: "1.0", ifNotExists: true });
      op.dropExtension("none", { ifExists: true });
    },
    sequences: (op) => {
      op.createSequence("plain");
      op.createSequence(shop("Numbers"), {
        type: "smallint",
        increment: -1,
        minValue: -5,
        maxValue: "10",
        startWith: 3n,
        cache: 2,
        cycle: true,
        comment: "down",
        ifNotExists: true,
      });
      op.alterSequence(shop("Numbers"), { increment: 2, maxValue: 99, cycle: false });
      op.renameSequence(shop("Numbers"), "numbers");
    },
  },
  down: (op) => {
    op.dropSequence(shop("numbers"), { ifExists: true });
    op.dropSequence("plain");
    op.dropSchema("Shop 2");
    op.dropSchema("shop", { ifExists: true });
  },
};
