import { expect, test } from "vitest";
import { t } from "../../../src/operations/columns.ts";
import type { Op } from "../../../src/operations/op.ts";
import { sql } from "../../../src/operations/sql.ts";
import { connectTo, statementsOf } from "../../support/postgres/connection.ts";
import { createDatabase, forEachServer, query } from "../../support/postgres/database.ts";

forEachServer((server) => {
  test("what cannot be told is not guessed", async () => {
    const url = await createDatabase(server);
    await query(
      url,
      "CREATE TABLE t (a int, b int); CREATE TYPE m AS ENUM ('a', 'b'); CREATE VIEW v AS SELECT 1",
    );
    const connection = await connectTo(url);
    const scripts: readonly ((op: Op) => void)[] = [
      (op) => op.alterColumn("t", "a", { using: "a * 2" }),
      (op) => op.alterColumn("t", "a", { type: t.bigint("a").type, using: sql`a * 2` }),
      (op) => op.renameColumn("t", "a", "b"),
      (op) => op.renameEnumValue("m", "a", "b"),
      (op) => op.renameEnum("none", "neither"),
      (op) => op.renameView("v", "t"),
      (op) => op.renameRole("nobody", "no one"),
    ];
    for (const script of scripts) {
      const [statement] = await statementsOf(script);
      expect([statement?.sql, statement && (await connection.probe(statement))]).toEqual([
        statement?.sql,
        "unclear",
      ]);
    }
  });
});
