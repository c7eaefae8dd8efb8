import { t } from "../../../../src/operations/columns.ts";
import { sql } from "../../../../src/operations/sql.ts";
import type { Family } from "./family.ts";

const blog = (name: string) => ({ schema: "My Blog", name });

export const enums: Family = {
  name: "enums",
  before: `CREATE SCHEMA "My Blog"`,
  up: {
    made: (op) => {
      op.createEnum("mood", ["sad", "it's", "a\\b"], { comment: "how they are" });
      op.createEnum(blog("Empty one"), []);
      op.createTable("people", [
        t.enum("now", "mood", { notNull: true, default: "sad" }),
        t.enum("all", "mood", { array: true, default: sql`'{sad}'` }),
        t.enum("ever", "mood"),
      ]);
      op.insert("people", [{ now: "it's", all: sql`'{it''s,NULL,sad}'`, ever: "a\\b" }]);
    },
    values: (op) => {
      op.addEnumValue("mood", "happy");
      op.addEnumValue("mood", "first", { before: "sad" });
      op.addEnumValue("mood", "so so", { after: "it's", ifNotExists: true });
      op.addEnumValue(blog("Empty one"), "full", { ifNotExists: true });
      op.renameEnumValue("mood", "it's", "it was");
      op.renameEnum(blog("Empty one"), "Full one");
    },
    "other values": (op) => {
      op.alterEnum("mood", ["happy", "sad"], {
        columns: [
          { table: "people", column: "now", default: "happy" },
          { table: "people", column: "all", array: true, default: sql`'{}'` },
          { table: "people", column: "ever" },
        ],
        map: { "it was": "happy", "a\\b": "sad" },
      });
      op.alterEnum(blog("Full one"), ["empty", "full"], { columns: [] });
    },
    "values that change places": (op) =>
      op.alterEnum("mood", ["happy", "sad", "new"], {
        columns: [
          { table: "people", column: "now", default: "new" },
          { table: "people", column: "all", array: true },
          { table: "people", column: "ever" },
        ],
        map: { happy: "sad", sad: "happy" },
      }),
  },
  down: (op) => {
    op.dropTable("people");
    op.dropEnum("mood");
    op.dropEnum(blog("Full one"), { ifExists: true });
  },
};
